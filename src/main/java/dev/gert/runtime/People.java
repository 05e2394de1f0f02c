package dev.gert.runtime;

import dev.gert.engine.EngineEffect;
import dev.gert.engine.RunState;
import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Operator;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.expr.NameUse;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Step;
import dev.gert.plan.NodeNames;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Asks people, one question at a time, and says what their answers come to in records. */
final class People {
    private final Approver approver;
    private final Operator operator;

    People(Approver approver, Operator operator) {
        this.approver = approver;
        this.operator = operator;
    }

    /** Puts the question where people can find it; gives the record that says that it is open. */
    RunEvent.AwaitingApproval request(Ahead ahead, EngineEffect.Approve approve) {
        Approver.Question question = question(ahead, approve);
        return new RunEvent.AwaitingApproval(
                approve.place().address(),
                approve.attempt(),
                approve.rule(),
                question.needs(),
                approver.request(question));
    }

    private static Approver.Question question(Ahead ahead, EngineEffect.Approve approve) {
        EngineEffect.Place place = approve.place();
        String address = place.address();
        RunState state = ahead.state();
        List<Approver.Value> values = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (NameUse use : NodeNames.of(place.node())) {
            names.add(use.name());
        }
        for (String name : names) {
            Captured value = state.values().get(name);
            if (value != null) {
                values.add(new Approver.Value(name, value, state.origin(name)));
            }
        }
        Step.Work work = place.node().step().work();
        Step.Retry retry = work == null ? null : work.retry();
        Gateway.Asked asked = ahead.parts().gateway().asked(address, approve.attempt());
        return new Approver.Question(
                ahead.run(),
                address,
                place.node().step().id(),
                approve.attempt(),
                retry == null ? 1 : retry.attempts(),
                Objects.requireNonNull(state.title(address)),
                asked.command(),
                asked.needs(),
                place.node().step().common().blastRadius(),
                values,
                state.plan(),
                ahead.parts().redactor().get(),
                state.request(address));
    }

    synchronized Work approve(Ahead ahead, EngineEffect.Approve approve, RunEvent.AwaitingApproval awaiting) {
        String address = approve.place().address();
        int attempt = approve.attempt();
        String id = approve.place().node().step().id();
        Approver.Answer answer = approver.ask(question(ahead, approve), awaiting.request());
        if (answer instanceof Approver.Answer.Granted granted) {
            List<RunEvent> events = new ArrayList<>();
            for (int i = 0; i < granted.given().size(); i++) {
                Approver.Decided given = granted.given().get(i);
                boolean more = i < granted.given().size() - 1;
                events.add(new RunEvent.ApprovalGranted(
                        address, attempt, given.person(), given.method(), more, given.unverified(), given.ballot()));
            }
            return new Work(ahead.run(), address, events, null, null);
        }
        if (answer instanceof Approver.Answer.Denied denied) {
            return work(
                    ahead,
                    address,
                    new RunEvent.ApprovalDenied(
                            address,
                            attempt,
                            denied.by().person(),
                            safe(ahead, denied.reason()),
                            denied.by().ballot()));
        }
        if (answer instanceof Approver.Answer.Blocked blocked) {
            return work(
                    ahead,
                    address,
                    new RunEvent.StepBlocked(address, attempt, safe(ahead, blocked.reason()), approve.rule()));
        }
        return new Work(
                ahead.run(),
                address,
                List.of(),
                answer instanceof Approver.Answer.Pending pending
                        ? new RunEnd.Pending(address, id, pending.reason())
                        : null,
                null);
    }

    synchronized Work operate(Ahead ahead, EngineEffect.Operate operate) {
        EngineEffect.Place place = operate.place();
        String address = place.address();
        String id = place.node().step().id();
        Operator.Answer answer = operator.perform(new Operator.Task(
                address,
                id,
                operate.title(),
                operate.instructions(),
                operate.prompt(),
                operate.step(),
                ahead.parts().redactor().get()));
        int attempt = operate.attempt();
        if (answer instanceof Operator.Answer.Done done) {
            return new Work(ahead.run(), address, done(ahead, address, operate, done), null, null);
        }
        if (answer instanceof Operator.Answer.Failed failed) {
            return work(ahead, address, ended(address, attempt, StepStatus.FAILED, safe(ahead, failed.reason())));
        }
        if (answer instanceof Operator.Answer.TimedOut) {
            SafeText reason = safe(ahead, "nobody did it in time");
            return work(ahead, address, ended(address, attempt, StepStatus.TIMED_OUT, reason));
        }
        return new Work(
                ahead.run(),
                address,
                List.of(),
                answer instanceof Operator.Answer.Pending pending
                        ? new RunEnd.Pending(address, id, pending.reason())
                        : null,
                null);
    }

    private static List<RunEvent> done(
            Ahead ahead, String address, EngineEffect.Operate operate, Operator.Answer.Done done) {
        Redactor redactor = ahead.parts().redactor().get();
        List<RunEvent> events = new ArrayList<>();
        for (Operator.Given given : done.evidence()) {
            List<SafeText> ticked = new ArrayList<>();
            for (String item : given.ticked()) {
                ticked.add(redactor.safe(item));
            }
            boolean text = given.kind() == EvidenceKind.TEXT;
            events.add(new RunEvent.EvidenceCollected(
                    address,
                    operate.attempt(),
                    given.name(),
                    given.kind().word(),
                    text ? redactor.safe(given.value()) : null,
                    ticked,
                    given.file(),
                    given.method()));
        }
        Map<String, Captured> values = new LinkedHashMap<>();
        String choice = done.choice();
        Step.Choices choices = operate.step().choices();
        if (choice != null && choices != null) {
            values.put(choices.variable(), redactor.capture(choice));
        }
        events.add(new RunEvent.StepCompleted(address, operate.attempt(), StepStatus.PASSED, null, values, null, 0));
        return events;
    }

    private static RunEvent ended(String address, int attempt, StepStatus status, @Nullable SafeText reason) {
        return new RunEvent.StepCompleted(address, attempt, status, null, Map.of(), reason, 0);
    }

    private static Work work(Ahead ahead, String address, RunEvent event) {
        return new Work(ahead.run(), address, List.of(event), null, null);
    }

    private static SafeText safe(Ahead ahead, String text) {
        return ahead.parts().redactor().get().safe(text);
    }
}

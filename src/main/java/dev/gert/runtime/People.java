package dev.gert.runtime;

import dev.gert.engine.EngineEffect;
import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Operator;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Step;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks people, one question at a time, and says what their answers come to in records. */
final class People {
    private final Approver approver;
    private final Operator operator;

    People(Approver approver, Operator operator) {
        this.approver = approver;
        this.operator = operator;
    }

    synchronized Work approve(Ahead ahead, EngineEffect.Approve approve) {
        EngineEffect.Place place = approve.place();
        String address = place.address();
        String id = place.node().step().id();
        SafeText title = Objects.requireNonNull(ahead.state().title(address));
        Approver.Answer answer = approver.ask(new Approver.Question(
                address,
                id,
                approve.attempt(),
                title,
                ahead.parts().gateway().frozen(address, approve.attempt()),
                approve.rule(),
                ahead.state().plan().policy(),
                ahead.parts().redactor().get()));
        if (answer instanceof Approver.Answer.Granted granted) {
            return work(
                    ahead,
                    address,
                    new RunEvent.ApprovalGranted(address, approve.attempt(), granted.person(), granted.method()));
        }
        if (answer instanceof Approver.Answer.Denied denied) {
            return work(
                    ahead,
                    address,
                    new RunEvent.ApprovalDenied(
                            address, approve.attempt(), denied.person(), safe(ahead, denied.reason())));
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

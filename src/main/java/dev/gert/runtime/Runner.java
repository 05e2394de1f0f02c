package dev.gert.runtime;

import dev.gert.engine.Decider;
import dev.gert.engine.EngineEffect;
import dev.gert.engine.RunState;
import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Ids;
import dev.gert.engine.port.JournalWriter;
import dev.gert.engine.port.Operator;
import dev.gert.engine.port.RunListener;
import dev.gert.engine.port.UnrecordedException;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.plan.PlanNode;
import dev.gert.policy.Redactor;
import dev.gert.policy.SafeText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The loop (design.md): decide, append the intent, perform, append the result, evolve, notify. Real
 * runs, replays and unit tests differ only in the parts that they hand in.
 */
public final class Runner {
    private final Decider decider;
    private final RunState state;
    private final Gateway gateway;
    private final Approver approver;
    private final Operator operator;
    private final JournalWriter journal;
    private final Redactor redactor;
    private final Ids ids;
    private final String run;
    private final StopSignal stop;
    private final List<RunListener> listeners;

    public Runner(
            Decider decider,
            RunState state,
            Gateway gateway,
            Approver approver,
            Operator operator,
            JournalWriter journal,
            Redactor redactor,
            Ids ids,
            String run,
            StopSignal stop,
            List<RunListener> listeners) {
        this.decider = decider;
        this.state = state;
        this.gateway = gateway;
        this.approver = approver;
        this.operator = operator;
        this.journal = journal;
        this.redactor = redactor;
        this.ids = ids;
        this.run = run;
        this.stop = stop;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Begins with {@code opening} (the first records of a new run, or the one that says that a run is
     * resumed) and goes on until the run or the session is over.
     */
    public RunEnd run(List<RunEvent> opening) {
        try {
            for (RunEvent event : opening) {
                append(event);
            }
            return loop();
        } catch (UnrecordedException e) {
            return new RunEnd.Unrecorded(e.getMessage() == null ? "the journal can't be written" : e.getMessage());
        }
    }

    private RunEnd loop() {
        while (true) {
            RunEvent.RunCompleted completed = state.completed();
            if (completed != null) {
                return new RunEnd.Completed(completed.outcome(), completed.exitCode(), completed.reason());
            }
            String signal = stop.raised();
            if (signal != null) {
                return interrupted(signal);
            }
            for (EngineEffect effect : decider.decide(state)) {
                RunEnd end = perform(effect);
                if (end != null) {
                    return end;
                }
            }
        }
    }

    /** What a signal left: a step that changes things and was ended in the middle is in doubt, and that weighs more. */
    private RunEnd interrupted(String signal) {
        PlanNode doubtful = state.inDoubt();
        if (doubtful != null) {
            append(new RunEvent.StepInDoubt(doubtful.address(), state.attempt(doubtful), state.pid(doubtful)));
        }
        append(new RunEvent.RunInterrupted(signal));
        return doubtful == null
                ? new RunEnd.Interrupted(signal)
                : new RunEnd.InDoubt(doubtful.address(), doubtful.step().id(), state.pid(doubtful));
    }

    private @Nullable RunEnd perform(EngineEffect effect) {
        if (effect instanceof EngineEffect.Append record) {
            for (RunEvent event : record.events()) {
                append(event);
            }
            return null;
        }
        if (effect instanceof EngineEffect.Admit admit) {
            for (RunEvent event : gateway.admit(admit)) {
                append(event);
            }
            return null;
        }
        if (effect instanceof EngineEffect.Dispatch dispatch) {
            gateway.dispatch(dispatch, this::append);
            return null;
        }
        if (effect instanceof EngineEffect.Approve approve) {
            return approve(approve);
        }
        if (effect instanceof EngineEffect.Operate operate) {
            return operate(operate);
        }
        if (effect instanceof EngineEffect.Lost lost) {
            return pause(
                    lost.node(),
                    "reads `" + lost.name() + "`, which was redacted in the journal, so its value is gone;"
                            + " start the run again");
        }
        PlanNode node = ((EngineEffect.Doubt) effect).node();
        append(new RunEvent.RunPaused(node.address(), "in doubt"));
        return new RunEnd.InDoubt(node.address(), node.step().id(), state.pid(node));
    }

    private @Nullable RunEnd approve(EngineEffect.Approve approve) {
        PlanNode node = approve.node();
        append(new RunEvent.AwaitingApproval(node.address(), approve.attempt(), approve.rule()));
        SafeText title = Objects.requireNonNull(state.title(node));
        Approver.Answer answer = approver.ask(new Approver.Question(
                node.address(),
                node.step().id(),
                approve.attempt(),
                title,
                gateway.frozen(node, approve.attempt()),
                approve.rule()));
        if (answer instanceof Approver.Answer.Granted granted) {
            append(new RunEvent.ApprovalGranted(node.address(), approve.attempt(), granted.person(), granted.method()));
            return null;
        }
        if (answer instanceof Approver.Answer.Denied denied) {
            append(new RunEvent.ApprovalDenied(
                    node.address(), approve.attempt(), denied.person(), redactor.safe(denied.reason())));
            return null;
        }
        return answer instanceof Approver.Answer.Pending pending ? pause(node, pending.reason()) : null;
    }

    private @Nullable RunEnd operate(EngineEffect.Operate operate) {
        PlanNode node = operate.node();
        append(new RunEvent.AwaitingInput(node.address(), operate.attempt(), operate.instructions()));
        Operator.Answer answer = operator.perform(
                new Operator.Task(node.address(), node.step().id(), operate.title(), operate.instructions()));
        if (answer instanceof Operator.Answer.Done) {
            append(new RunEvent.StepCompleted(
                    node.address(), operate.attempt(), StepStatus.PASSED, null, Map.of(), null, 0));
            return null;
        }
        return answer instanceof Operator.Answer.Pending pending ? pause(node, pending.reason()) : null;
    }

    private RunEnd pause(PlanNode node, String reason) {
        append(new RunEvent.RunPaused(node.address(), reason));
        return new RunEnd.Pending(node.address(), node.step().id(), reason);
    }

    private void append(RunEvent event) {
        String step = event.step();
        String span = step == null ? null : ids.span(run, step, event.attempt());
        Envelope envelope = journal.append(run, span, event);
        state.evolve(envelope);
        for (RunListener listener : listeners) {
            listener.recorded(envelope);
        }
    }
}

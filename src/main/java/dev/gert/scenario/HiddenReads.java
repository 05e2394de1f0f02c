package dev.gert.scenario;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.expr.Condition;
import dev.gert.expr.NameUse;
import dev.gert.model.Node;
import dev.gert.model.Outcome;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.projection.RunTrace;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first condition of a run that read a value which no file may hold: a replay, which has what is left of
 * it, may take another way (formats.md, "Redaction").
 */
final class HiddenReads {
    /** Which name, and where it was read. */
    record Read(String name, String what, Span span) {}

    private final Map<String, RunState> runs = new HashMap<>();
    private @Nullable Read first;

    private HiddenReads() {}

    /** What is known of one run on the way. */
    private static final class RunState {
        private final Plan plan;
        private final Map<String, Captured> values = new HashMap<>();
        /** By step: the hidden names that its outcomes read, one an outcome, null for none. */
        private final Map<String, List<@Nullable Read>> outcomes = new HashMap<>();

        RunState(Plan plan) {
            this.plan = plan;
        }
    }

    /** {@code trace}: of the first run. Null when no condition read such a value. */
    static @Nullable Read first(RunTrace trace, List<Envelope> records) {
        HiddenReads reads = new HiddenReads();
        for (RunTrace each : trace.runs()) {
            reads.runs.put(each.run(), new RunState(each.plan()));
        }
        for (Envelope record : records) {
            RunState run = reads.runs.get(record.run());
            if (run != null) {
                reads.take(run, record.event());
            }
        }
        for (RunState run : reads.runs.values()) {
            for (List<@Nullable Read> asked : run.outcomes.values()) {
                asked.forEach(reads::found);
            }
        }
        return reads.first;
    }

    private void found(@Nullable Read read) {
        if (first == null) {
            first = read;
        }
    }

    private void take(RunState run, RunEvent event) {
        if (event instanceof RunEvent.InputsResolved inputs) {
            run.values.putAll(inputs.values());
        } else if (event instanceof RunEvent.StepStarted started) {
            PlanStep node = run.plan.step(started.step());
            if (node != null && !node.isProbe()) {
                found(read(run, node.step().common().when(), "the `when` of `" + started.id() + "`"));
            }
        } else if (event instanceof RunEvent.StepCompleted completed) {
            run.values.putAll(completed.captures());
            if (completed.status() == StepStatus.PASSED) {
                passed(run, completed.step());
            }
        } else if (event instanceof RunEvent.StepDecided decided
                && decided.verdict().equals("did_run")) {
            passed(run, decided.step());
        } else if (event instanceof RunEvent.OutcomeReached reached) {
            reached(run, reached);
        } else if (event instanceof RunEvent.BranchTaken taken) {
            arm(run, taken.arm(), taken.step(), taken.operands());
        } else if (event instanceof RunEvent.BranchSkipped skipped) {
            arm(run, skipped.arm(), skipped.step(), skipped.operands());
        } else if (event instanceof RunEvent.IterationStarted turn) {
            loop(run, turn.step(), turn.operands(), turn.value());
        } else if (event instanceof RunEvent.IterationEnded ended) {
            loop(run, ended.step(), ended.operands(), null);
        }
    }

    /** The outcomes of a step that passed are asked one after another, up to the one that is reached. */
    private static void passed(RunState run, String address) {
        PlanStep node = run.plan.step(address);
        if (node == null || node.isProbe()) {
            return;
        }
        List<@Nullable Read> asked = new ArrayList<>();
        for (Outcome outcome : node.step().common().outcomes()) {
            asked.add(read(run, outcome.when(), "an outcome of `" + node.step().id() + "`"));
        }
        run.outcomes.put(address, asked);
    }

    private void reached(RunState run, RunEvent.OutcomeReached reached) {
        List<@Nullable Read> asked = run.outcomes.remove(reached.step());
        for (int i = 0; asked != null && i <= reached.index() && i < asked.size(); i++) {
            found(asked.get(i));
        }
    }

    private static @Nullable Read read(RunState run, @Nullable Condition condition, String what) {
        for (NameUse use : condition == null ? List.<NameUse>of() : condition.names()) {
            Captured value = run.values.get(use.name());
            if (value != null && value.shown().redacted()) {
                return new Read(use.name(), what, use.span());
            }
        }
        return null;
    }

    private void arm(RunState run, String arm, String step, Map<String, Captured> operands) {
        PlanStep node = run.plan.step(step);
        for (PlanArm each : node == null ? List.<PlanArm>of() : node.arms()) {
            if (each.address(step).equals(arm)) {
                String what = "the condition of the branch \"" + each.branch().label() + "\"";
                found(read(run, each.branch().condition(), what));
                operands(each.branch().condition(), operands, what);
            }
        }
    }

    private void loop(RunState run, String address, Map<String, Captured> operands, @Nullable Captured value) {
        if (!(run.plan.node(address) instanceof PlanLoop loop)) {
            return;
        }
        Node.UntilNode until = loop.until();
        Node.EachNode each = loop.each();
        if (until != null) {
            operands(until.until(), operands, "the `until` of a loop");
        } else if (each != null && value != null) {
            run.values.put(each.as(), value);
        }
    }

    private void operands(Condition condition, Map<String, Captured> operands, String what) {
        for (NameUse use : condition.names()) {
            Captured value = operands.get(use.name());
            if (value != null && value.shown().redacted()) {
                found(new Read(use.name(), what, use.span()));
            }
        }
    }
}

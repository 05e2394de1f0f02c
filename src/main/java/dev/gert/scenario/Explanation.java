package dev.gert.scenario;

import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.model.Outcome;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import dev.gert.projection.RunTrace;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a run went the way it did, in the words that stand beside the runbook's line. */
final class Explanation {
    private final RunTrace trace;

    Explanation(RunTrace trace) {
        this.trace = trace;
    }

    /** Of an arm: entered or not, and by what values. */
    String of(PlanArm arm) {
        if (trace.entered(arm)) {
            return "entered";
        }
        RunEvent.BranchSkipped refused = trace.refused(arm);
        if (refused != null) {
            String how = refused.unknown() ? "unknown" : "false";
            return "its condition was " + how + operands(refused.operands());
        }
        PlanStep owner = arm.step();
        PlanArm other = trace.entered(owner);
        if (other != null) {
            return "`" + other.branch().label() + "` comes before it and was entered";
        }
        RunEvent.OutcomeReached outcome = trace.outcome();
        if (outcome != null && outcome.step().equals(owner.address())) {
            return "the run ended at `" + owner.step().id() + "` before it";
        }
        return trace.status(owner) == StepStatus.PASSED
                ? "not asked"
                : "`" + owner.step().id() + "` " + of(owner);
    }

    /** Of a step: how it ended, or that it did not begin. */
    String of(PlanStep node) {
        StepStatus status = trace.status(node);
        SafeText reason = trace.reason(node);
        return switch (status) {
            case NOT_REACHED -> "was not reached";
            case SKIPPED -> "was skipped: its `when` did not hold";
            default -> status.word().replace('_', ' ') + (reason == null ? "" : ": " + reason.text());
        };
    }

    /** How the run ended. */
    String end() {
        String word = trace.outcomeWord();
        if (!word.equals("error")) {
            return word;
        }
        String reason = reason();
        return reason.isEmpty() ? word : word + ": " + reason;
    }

    /** The sentence that says how the run ended; why, too, where no line of the runbook says it. */
    String sentence() {
        if (trace.end() == null) {
            return "the run did not come to its end";
        }
        String why = endPlace() == null ? reason() : "";
        return "the run ended `" + trace.outcomeWord() + "`" + (why.isEmpty() ? "" : ": " + why);
    }

    /** Why the run ended with an error; empty when nothing says. */
    String reason() {
        RunEvent.RunCompleted end = trace.end();
        if (end != null && end.reason() != null) {
            return end.reason().text();
        }
        PlanStep stopped = trace.stopped();
        SafeText reason = stopped == null ? null : trace.reason(stopped);
        return stopped == null
                ? ""
                : "`" + stopped.step().id() + "` "
                        + trace.status(stopped).word().replace('_', ' ') + (reason == null ? "" : ": " + reason.text());
    }

    /** The line of the runbook at which the run ended, null when it went off the end. */
    @Nullable
    Span endPlace() {
        Outcome outcome = outcome();
        if (outcome != null) {
            return outcome.span();
        }
        PlanStep stopped = trace.stopped();
        return stopped == null ? null : stopped.step().common().idSpan();
    }

    /** The words beside {@link #endPlace}. */
    String endLabel() {
        RunEvent.OutcomeReached reached = trace.outcome();
        if (reached != null) {
            String operands = operands(reached.operands());
            return "the run ended here" + operands;
        }
        PlanStep stopped = trace.stopped();
        return stopped == null ? "" : of(stopped);
    }

    private @Nullable Outcome outcome() {
        RunEvent.OutcomeReached reached = trace.outcome();
        PlanStep node = reached == null ? null : trace.plan().step(reached.step());
        List<Outcome> outcomes = node == null ? List.of() : node.step().common().outcomes();
        return reached != null && reached.index() >= 0 && reached.index() < outcomes.size()
                ? outcomes.get(reached.index())
                : null;
    }

    /** The labels of the arms that were entered, for "what came instead". */
    String entered() {
        List<String> labels = new ArrayList<>();
        for (PlanStep node : trace.plan().steps()) {
            PlanArm arm = trace.entered(node);
            if (arm != null) {
                labels.add(arm.labelPath());
            }
        }
        return labels.isEmpty() ? "no branch" : String.join(", ", labels);
    }

    private static String operands(Map<String, Captured> operands) {
        StringBuilder text = new StringBuilder();
        operands.forEach((name, value) -> text.append(text.length() == 0 ? ": " : ", ")
                .append(name)
                .append(" = \"")
                .append(value.shown().text())
                .append('"'));
        return text.toString();
    }
}

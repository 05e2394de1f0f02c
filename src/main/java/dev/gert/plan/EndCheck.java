package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.expr.Verdict;
import dev.gert.model.Outcome;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where runs end: what stands behind an end that none passes, and ends that no outcome speaks of. */
final class EndCheck {
    private final Runbook runbook;
    private final Verdicts verdicts;
    private final Diagnostics diagnostics;

    EndCheck(Runbook runbook, Verdicts verdicts, Diagnostics diagnostics) {
        this.runbook = runbook;
        this.verdicts = verdicts;
        this.diagnostics = diagnostics;
    }

    /** {@code whole}: nothing of the runbook is missing because it was broken. */
    void check(PlanBlock root, boolean whole) {
        ends(root);
        List<PlanStep> steps = StepsWithin.of(root);
        if (!whole || runbook.kind() == Runbook.Kind.COMPOSABLE || !hasOutcomes(steps)) {
            return;
        }
        for (PlanStep step : steps) {
            if (mayMissAll(step)) {
                diagnostics.warning(
                        Code.R217,
                        step.step().common().idSpan(),
                        "where no branch of `" + step.step().id() + "` matches, the run ends without an outcome",
                        "add a last branch with `condition: 'true'`, or a step behind it");
            }
        }
    }

    private static boolean hasOutcomes(List<PlanStep> steps) {
        for (PlanStep step : steps) {
            if (!step.step().common().outcomes().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private boolean mayMissAll(PlanStep node) {
        if (node.arms().isEmpty() || verdicts.endsAlways(node) || verdicts.isExhaustive(node)) {
            return false;
        }
        PlanNode at = node;
        while (at != null) {
            PlanBlock block = at.block();
            if (at.index() + 1 < block.nodes().size()) {
                return false;
            }
            if (block.kind() != PlanBlock.Kind.ROOT && block.kind() != PlanBlock.Kind.ARM) {
                return false;
            }
            at = block.owner();
        }
        return true;
    }

    /** Why a run that enters the block never leaves it at its end; null when it may. */
    private @Nullable Label ends(PlanBlock block) {
        Label end = null;
        List<PlanNode> nodes = block.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            PlanNode node = nodes.get(i);
            Label why = ends(node);
            if (why != null && end == null && block.kind() != PlanBlock.Kind.FINALLY) {
                end = why;
                if (i + 1 < nodes.size()) {
                    unreached(place(nodes.get(i + 1)), "no run comes here: the run has ended before", end);
                }
            }
        }
        return end;
    }

    private @Nullable Label ends(PlanNode node) {
        if (node instanceof PlanStep step) {
            return ends(step);
        }
        if (node instanceof PlanLoop loop) {
            Label body = ends(loop.body());
            return loop.until() == null ? null : body;
        }
        Label end = null;
        for (PlanBlock side : ((PlanParallel) node).sides()) {
            Label why = ends(side);
            end = end == null ? why : end;
        }
        return end;
    }

    private @Nullable Label ends(PlanStep node) {
        Label byOutcome = byOutcome(node);
        if (byOutcome != null && !node.arms().isEmpty()) {
            unreached(
                    node.arms().get(0).branch().labelSpan(),
                    "no run enters the branches of `" + node.step().id() + "`: its outcomes always end the run",
                    byOutcome);
        }
        boolean allEnd = true;
        for (int i = 0; i < node.arms().size(); i++) {
            Label arm = ends(node.arms().get(i));
            allEnd &= arm != null || isNeverEntered(verdicts.arms(node).get(i));
        }
        PlanBlock last = node.finallyBlock();
        if (last != null) {
            ends(last);
        }
        if (mayBeLeftOut(node.step())) {
            return null;
        }
        if (byOutcome == null && allEnd && verdicts.isExhaustive(node)) {
            return new Label(node.step().common().idSpan(), "every branch of this step ends the run");
        }
        return byOutcome;
    }

    private static boolean isNeverEntered(Verdict verdict) {
        return verdict instanceof Verdict.AlwaysFalse || verdict instanceof Verdict.Unreachable;
    }

    private @Nullable Label byOutcome(PlanStep node) {
        if (!verdicts.endsAlways(node)) {
            return null;
        }
        List<Outcome> outcomes = node.step().common().outcomes();
        List<Verdict> all = verdicts.outcomes(node);
        int ending = 0;
        while (ending < all.size() - 1 && !(all.get(ending) instanceof Verdict.AlwaysTrue)) {
            ending++;
        }
        return new Label(outcomes.get(ending).span(), "the run ends here");
    }

    /** Whether a run may go on behind the step without its outcomes and branches. */
    private static boolean mayBeLeftOut(Step step) {
        Step.Work work = step.work();
        Step.Precondition check = work == null ? null : work.precondition();
        boolean skips = step instanceof Step.InvokeStep invoke && invoke.gate().skipsErrors();
        return step.common().when() != null || check != null && check.skipIfSucceeds() || skips;
    }

    private static Span place(PlanNode node) {
        if (node instanceof PlanStep step) {
            return step.step().common().idSpan();
        }
        return node instanceof PlanLoop loop
                ? loop.node().span()
                : ((PlanParallel) node).node().span();
    }

    private void unreached(Span place, String message, Label end) {
        diagnostics.add(new Diagnostic(Code.R216, Severity.WARNING, message, new Label(place, ""), List.of(end), null));
    }
}

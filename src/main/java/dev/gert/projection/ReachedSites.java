package dev.gert.projection;

import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanBlock;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanParallel;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sites that one run came to, by {@link CoverageSite#key()}: a fold over the run's events. Of what a
 * loop repeats every time counts, not the last alone.
 */
final class ReachedSites {
    /** Of a step that ran: not a site, but worth a colour. */
    static final String RAN = "ran";

    private static final String WHEN_BROKE = "`when`: ";

    private final Plan plan;
    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<String> unsure = new HashSet<>();

    private ReachedSites(Plan plan) {
        this.plan = plan;
    }

    static Set<String> of(RunTrace trace) {
        ReachedSites reached = new ReachedSites(trace.plan());
        for (RunEvent event : trace.events()) {
            reached.take(event);
        }
        return reached.keys;
    }

    private void take(RunEvent event) {
        if (event instanceof RunEvent.StepCompleted completed) {
            completed(completed);
        } else if (event instanceof RunEvent.BranchTaken taken) {
            keys.add(Plan.withoutIterations(taken.arm()));
        } else if (event instanceof RunEvent.BranchSkipped skipped) {
            skipped(skipped);
        } else if (event instanceof RunEvent.OutcomeReached outcome) {
            outcome(outcome);
        } else if (event instanceof RunEvent.IterationStarted started) {
            around(plan.node(started.step()));
        } else if (event instanceof RunEvent.IterationEnded ended) {
            PlanNode loop = plan.node(ended.step());
            around(loop);
            if (loop != null && ended.iterations() == 0) {
                keys.add(CoverageSite.key(loop.address(), CoverageSite.ZERO_ITERATIONS));
            }
        }
    }

    private void completed(RunEvent.StepCompleted completed) {
        PlanStep node = plan.step(completed.step());
        if (node == null) {
            return;
        }
        if (node.isProbe()) {
            boolean passed = completed.status() == StepStatus.PASSED;
            boolean failed = completed.status() == StepStatus.FAILED || completed.status() == StepStatus.TIMED_OUT;
            if (passed || failed) {
                String type = passed ? CoverageSite.PRECONDITION_SUCCEEDED : CoverageSite.PRECONDITION_FAILED;
                keys.add(CoverageSite.key(node.address(), type));
            }
            return;
        }
        around(node);
        SafeText reason = completed.reason();
        if (completed.status() == StepStatus.SKIPPED) {
            // A step that `when` skips says no more; one that its precondition skips says why.
            if (reason == null) {
                keys.add(CoverageSite.key(node.address(), CoverageSite.WHEN_FALSE));
            } else if (node.probe() != null) {
                keys.add(CoverageSite.key(node.address(), CoverageSite.WHEN_TRUE));
            }
            return;
        }
        if (reason == null || !reason.text().startsWith(WHEN_BROKE)) {
            keys.add(CoverageSite.key(node.address(), CoverageSite.WHEN_TRUE));
        }
        keys.add(CoverageSite.key(node.address(), RAN));
        chosen(node, completed);
        boolean failed = completed.status() == StepStatus.FAILED || completed.status() == StepStatus.TIMED_OUT;
        if (failed
                && node.step() instanceof Step.InvokeStep invoke
                && invoke.gate().skipsErrors()) {
            keys.add(CoverageSite.key(node.address(), CoverageSite.GATE_ERROR_SKIPPED));
        }
    }

    private void chosen(PlanStep node, RunEvent.StepCompleted completed) {
        if (!(node.step() instanceof Step.ManualStep manual) || manual.choices() == null) {
            return;
        }
        Captured value = completed.captures().get(manual.choices().variable());
        if (value == null) {
            return;
        }
        List<Step.Option> options = manual.choices().options();
        for (int i = 0; i < options.size(); i++) {
            String shown = plan.policy().redactor().safe(options.get(i).value()).text();
            if (shown.equals(value.shown().text())) {
                keys.add(CoverageSite.key(CoverageSite.choicePath(node.address(), i), CoverageSite.CHOICE));
            }
        }
    }

    /** Arms are asked in order, so the last one's no is that of all. */
    private void skipped(RunEvent.BranchSkipped skipped) {
        if (skipped.unknown()) {
            unsure.add(skipped.step());
        }
        PlanStep node = plan.step(skipped.step());
        if (node == null || unsure.contains(skipped.step())) {
            return;
        }
        List<PlanArm> arms = node.arms();
        if (arms.get(arms.size() - 1).address().equals(Plan.withoutIterations(skipped.arm()))) {
            keys.add(CoverageSite.key(node.address(), CoverageSite.NO_ARM_MATCHED));
        }
    }

    private void outcome(RunEvent.OutcomeReached outcome) {
        PlanStep node = plan.step(outcome.step());
        if (node == null) {
            return;
        }
        if (outcome.index() >= 0) {
            keys.add(CoverageSite.outcomePath(node.address(), outcome.index()));
        } else if (node.step() instanceof Step.InvokeStep invoke) {
            List<Outcome.State> stops = invoke.gate().stopIf();
            for (int i = 0; i < stops.size(); i++) {
                if (stops.get(i).word().equals(outcome.state())) {
                    keys.add(CoverageSite.key(CoverageSite.stopPath(node.address(), i), CoverageSite.GATE_STOPPED));
                }
            }
        }
    }

    /** The sides of every {@code parallel} that the node stands in. */
    private void around(@Nullable PlanNode node) {
        PlanNode at = node;
        while (at != null) {
            PlanBlock block = at.block();
            PlanNode owner = block.owner();
            if (owner instanceof PlanParallel parallel) {
                String side = CoverageSite.sidePath(
                        parallel.address(), parallel.sides().indexOf(block));
                keys.add(CoverageSite.key(side, CoverageSite.PARALLEL_ARM));
            }
            at = owner;
        }
    }
}

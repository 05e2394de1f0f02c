package dev.gert.projection;

import dev.gert.expr.Condition;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanBlock;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanParallel;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Redactor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Every site of a plan, each list in document order. */
final class CoverageSites {
    /** Arms with no arm nested in them. */
    final List<CoverageSite> arms = new ArrayList<>();
    /** Outcomes with a condition, as branches. */
    final List<CoverageSite> conditional = new ArrayList<>();
    /** Every outcome. */
    final List<CoverageSite> outcomes = new ArrayList<>();
    /** What is told and not counted. */
    final List<CoverageSite> reported = new ArrayList<>();

    private final Redactor redactor;
    private final Map<Outcome.State, Integer> seen = new EnumMap<>(Outcome.State.class);

    private CoverageSites(Redactor redactor) {
        this.redactor = redactor;
    }

    static CoverageSites of(Plan plan) {
        CoverageSites sites = new CoverageSites(plan.policy().redactor());
        sites.block(plan.root());
        return sites;
    }

    /** Whether there is an arm in it. */
    private boolean block(PlanBlock block) {
        boolean nested = false;
        for (PlanNode node : block.nodes()) {
            if (node instanceof PlanStep step) {
                nested |= step(step);
            } else if (node instanceof PlanLoop loop) {
                nested |= loop(loop);
            } else {
                nested |= parallel((PlanParallel) node);
            }
        }
        return nested;
    }

    private boolean step(PlanStep node) {
        checks(node);
        outcomes(node);
        for (PlanArm arm : node.arms()) {
            if (!block(arm)) {
                arms.add(new CoverageSite(CoverageSite.BRANCH, shown(arm.labelPath()), arm.address()));
            }
        }
        if (!node.arms().isEmpty()) {
            report(CoverageSite.NO_ARM_MATCHED, node.step().id(), node.address());
        }
        PlanBlock last = node.finallyBlock();
        boolean below = last != null && block(last);
        return below || !node.arms().isEmpty();
    }

    private boolean loop(PlanLoop node) {
        if (node.each() != null) {
            report(
                    CoverageSite.ZERO_ITERATIONS,
                    "iterate over " + node.each().over().source(),
                    node.address());
        }
        return block(node.body());
    }

    private boolean parallel(PlanParallel node) {
        boolean nested = false;
        for (int i = 0; i < node.sides().size(); i++) {
            String label = node.node().arms().get(i).label();
            report(CoverageSite.PARALLEL_ARM, label, CoverageSite.sidePath(node.address(), i));
            nested |= block(node.sides().get(i));
        }
        return nested;
    }

    /** What a step asks before its outcomes, and what of it is chosen. */
    private void checks(PlanStep node) {
        Step step = node.step();
        String address = node.address();
        if (step.common().when() != null) {
            report(CoverageSite.WHEN_TRUE, step.id(), address);
            report(CoverageSite.WHEN_FALSE, step.id(), address);
        }
        PlanStep probe = node.probe();
        if (probe != null) {
            report(CoverageSite.PRECONDITION_SUCCEEDED, step.id(), probe.address());
            report(CoverageSite.PRECONDITION_FAILED, step.id(), probe.address());
        }
        if (step instanceof Step.ManualStep manual && manual.choices() != null) {
            Step.Choices choices = manual.choices();
            for (int i = 0; i < choices.options().size(); i++) {
                String label = step.id() + ": " + choices.variable() + " = "
                        + choices.options().get(i).value();
                report(CoverageSite.CHOICE, label, CoverageSite.choicePath(address, i));
            }
        }
        if (step instanceof Step.InvokeStep invoke) {
            List<Outcome.State> stops = invoke.gate().stopIf();
            for (int i = 0; i < stops.size(); i++) {
                String label = step.id() + ": stop_if " + stops.get(i).word();
                report(CoverageSite.GATE_STOPPED, label, CoverageSite.stopPath(address, i));
            }
            if (invoke.gate().skipsErrors()) {
                report(CoverageSite.GATE_ERROR_SKIPPED, step.id() + ": on_error skip", address);
            }
        }
    }

    private void outcomes(PlanStep node) {
        List<Outcome> declared = node.step().common().outcomes();
        for (int i = 0; i < declared.size(); i++) {
            Outcome outcome = declared.get(i);
            Condition when = outcome.when();
            String path = CoverageSite.outcomePath(node.address(), i);
            String state = outcome.state().word();
            if (when != null) {
                String label = "outcome: " + state + " (" + oneLine(when.source()) + ")";
                conditional.add(new CoverageSite(CoverageSite.BRANCH, shown(label), path));
            }
            String label = state;
            if (seen.merge(outcome.state(), 1, Integer::sum) > 1) {
                PlanArm arm = node.arm();
                String where = arm == null ? node.step().id() : arm.branch().label();
                label = state + " (" + where + " path)";
            }
            outcomes.add(new CoverageSite(CoverageSite.OUTCOME, shown(label), path));
        }
    }

    private void report(String type, String label, String path) {
        reported.add(new CoverageSite(type, shown(oneLine(label)), path));
    }

    private String shown(String text) {
        return redactor.safe(text).text();
    }

    static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                space = line.length() > 0;
            } else {
                line.append(space ? " " : "").append(c);
                space = false;
            }
        }
        return line.toString();
    }
}

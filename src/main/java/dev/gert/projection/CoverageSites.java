package dev.gert.projection;

import dev.gert.expr.Condition;
import dev.gert.model.Outcome;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanStep;
import dev.gert.plan.StepsWithin;
import dev.gert.policy.Redactor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Every site of a plan, each list in document order. */
final class CoverageSites {
    static final String BRANCH = "branch";
    static final String OUTCOME = "outcome";

    /** Arms with no arm nested in them. */
    final List<CoverageSite> arms = new ArrayList<>();
    /** Outcomes with a condition, as branches. */
    final List<CoverageSite> conditional = new ArrayList<>();
    /** Every outcome. */
    final List<CoverageSite> outcomes = new ArrayList<>();

    private final Redactor redactor;
    private final Map<Outcome.State, Integer> seen = new EnumMap<>(Outcome.State.class);

    private CoverageSites(Redactor redactor) {
        this.redactor = redactor;
    }

    static CoverageSites of(Plan plan) {
        CoverageSites sites = new CoverageSites(plan.policy().redactor());
        for (PlanStep node : plan.steps()) {
            sites.outcomes(node);
            PlanArm arm = node.arm();
            if (arm != null && StepsWithin.of(arm).get(0) == node && isLeaf(arm)) {
                sites.arms.add(new CoverageSite(BRANCH, sites.shown(arm.labelPath()), arm.address()));
            }
        }
        return sites;
    }

    static String outcomePath(PlanStep node, int index) {
        return node.address() + ".outcomes[" + index + "]";
    }

    private static boolean isLeaf(PlanArm arm) {
        for (PlanStep node : StepsWithin.of(arm)) {
            if (!node.arms().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void outcomes(PlanStep node) {
        List<Outcome> declared = node.step().common().outcomes();
        for (int i = 0; i < declared.size(); i++) {
            Outcome outcome = declared.get(i);
            Condition when = outcome.when();
            String path = outcomePath(node, i);
            String state = outcome.state().word();
            if (when != null) {
                String label = "outcome: " + state + " (" + oneLine(when.source()) + ")";
                conditional.add(new CoverageSite(BRANCH, shown(label), path));
            }
            String label = state;
            if (seen.merge(outcome.state(), 1, Integer::sum) > 1) {
                PlanArm arm = node.arm();
                String where = arm == null ? node.step().id() : arm.branch().label();
                label = state + " (" + where + " path)";
            }
            outcomes.add(new CoverageSite(OUTCOME, shown(label), path));
        }
    }

    private String shown(String text) {
        return redactor.safe(text).text();
    }

    private static String oneLine(String text) {
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

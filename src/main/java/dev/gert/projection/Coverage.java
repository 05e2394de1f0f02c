package dev.gert.projection;

import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which sites of a plan runs reached (formats.md, "Coverage, definition 1"): a fold over the traces
 * of runs, which knows nothing of tests.
 */
public final class Coverage {
    private final Plan plan;
    private final CoverageSites sites;
    private final Map<String, List<String>> reached = new LinkedHashMap<>();

    public Coverage(Plan plan) {
        this.plan = plan;
        this.sites = CoverageSites.of(plan);
    }

    /** Takes in a run under the name that reports give it. */
    public void add(String name, RunTrace trace) {
        for (PlanStep node : plan.steps()) {
            StepStatus status = trace.status(node);
            if (node.step().common().when() != null && status != StepStatus.NOT_REACHED) {
                reach(node.address() + (status == StepStatus.SKIPPED ? "#when_false" : "#when_true"), name);
            }
            int refused = 0;
            for (PlanArm arm : node.arms()) {
                if (trace.entered(arm)) {
                    reach(arm.address(), name);
                }
                refused += trace.refused(arm) == null ? 0 : 1;
            }
            if (refused > 0 && refused == node.arms().size()) {
                reach(node.address() + "#no_arm_matched", name);
            }
        }
        RunEvent.OutcomeReached outcome = trace.outcome();
        PlanStep node = outcome == null ? null : plan.step(outcome.step());
        if (outcome != null && node != null && outcome.index() >= 0) {
            reach(CoverageSites.outcomePath(node, outcome.index()), name);
        }
    }

    private void reach(String path, String name) {
        reached.computeIfAbsent(path, p -> new ArrayList<>()).add(name);
    }

    /** Arms and conditional outcomes: covered before uncovered, arms before outcomes, then document order. */
    public List<SiteCoverage> branches() {
        List<CoverageSite> all = new ArrayList<>(sites.arms);
        all.addAll(sites.conditional);
        return listed(all);
    }

    /** Every outcome: covered before uncovered, then document order. */
    public List<SiteCoverage> outcomes() {
        return listed(sites.outcomes);
    }

    /** What is told and not counted. */
    public List<SiteCoverage> reported() {
        List<SiteCoverage> reported = new ArrayList<>();
        for (PlanStep node : plan.steps()) {
            if (node.step().common().when() != null) {
                reported.add(told(node, "when_true"));
                reported.add(told(node, "when_false"));
            }
            if (!node.arms().isEmpty()) {
                reported.add(told(node, "no_arm_matched"));
            }
        }
        return reported;
    }

    private SiteCoverage told(PlanStep node, String type) {
        CoverageSite site = new CoverageSite(type, node.step().id(), node.address());
        return new SiteCoverage(site, reached.getOrDefault(node.address() + "#" + type, List.of()));
    }

    private List<SiteCoverage> listed(List<CoverageSite> all) {
        List<SiteCoverage> covered = new ArrayList<>();
        List<SiteCoverage> uncovered = new ArrayList<>();
        for (CoverageSite site : all) {
            SiteCoverage coverage = new SiteCoverage(site, reached.getOrDefault(site.path(), List.of()));
            (coverage.covered() ? covered : uncovered).add(coverage);
        }
        covered.addAll(uncovered);
        return covered;
    }
}

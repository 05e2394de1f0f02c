package dev.gert.projection;

import dev.gert.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which sites of a plan runs reached (formats.md, "Coverage, definition 1"): a fold over the events
 * of runs, which knows nothing of tests.
 */
public final class Coverage {
    private final Plan plan;
    private final CoverageSites sites;
    private final Map<String, List<String>> covered = new HashMap<>();
    private final Map<String, List<String>> passed = new HashMap<>();

    public Coverage(Plan plan) {
        this.plan = plan;
        this.sites = CoverageSites.of(plan);
    }

    /** Takes in a run of a scenario of this runbook, under the name that reports give it. */
    public void add(String name, RunTrace trace) {
        take(name, trace, covered);
    }

    /** Takes in a run that a scenario of another runbook led to: it is told, and covers nothing. */
    public void addFromElsewhere(String name, RunTrace trace) {
        take(name, trace, passed);
    }

    private static void take(String name, RunTrace trace, Map<String, List<String>> into) {
        for (String key : ReachedSites.of(trace)) {
            List<String> names = into.computeIfAbsent(key, k -> new ArrayList<>());
            // A scenario may lead to one runbook twice.
            if (names.isEmpty() || !names.get(names.size() - 1).equals(name)) {
                names.add(name);
            }
        }
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

    /** What is told and not counted, in document order. */
    public List<SiteCoverage> reported() {
        List<SiteCoverage> reported = new ArrayList<>();
        for (CoverageSite site : sites.reported) {
            reported.add(of(site));
        }
        return reported;
    }

    /** The runbook's tree with what was reached of it. */
    public List<CoverageNode> tree() {
        return CoverageTree.of(plan, sites, covered, passed);
    }

    private SiteCoverage of(CoverageSite site) {
        String key = site.key();
        return new SiteCoverage(site, covered.getOrDefault(key, List.of()), passed.getOrDefault(key, List.of()));
    }

    private List<SiteCoverage> listed(List<CoverageSite> all) {
        List<SiteCoverage> reached = new ArrayList<>();
        List<SiteCoverage> unreached = new ArrayList<>();
        for (CoverageSite site : all) {
            SiteCoverage coverage = of(site);
            (coverage.covered() ? reached : unreached).add(coverage);
        }
        reached.addAll(unreached);
        return reached;
    }
}

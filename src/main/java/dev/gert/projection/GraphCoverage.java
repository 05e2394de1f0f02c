package dev.gert.projection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a runbook's scenarios reach, by the sites of its {@link RunbookGraph}. */
public final class GraphCoverage {
    private final RunbookCoverage runbook;
    private final Map<String, CoverageNode> nodes = new HashMap<>();

    private GraphCoverage(RunbookCoverage runbook) {
        this.runbook = runbook;
    }

    public static GraphCoverage of(RunbookCoverage runbook) {
        GraphCoverage coverage = new GraphCoverage(runbook);
        coverage.collect(runbook.tree());
        return coverage;
    }

    private void collect(List<CoverageNode> tree) {
        for (CoverageNode node : tree) {
            switch (node.kind()) {
                case "step", CoverageSite.BRANCH, CoverageSite.OUTCOME -> nodes.put(node.path(), node);
                default -> {}
            }
            collect(node.children());
        }
    }

    /** Null where nothing is known of the site, as of an empty one. */
    public @Nullable CoverageNode at(String site) {
        return nodes.get(site);
    }

    public RunbookCoverage runbook() {
        return runbook;
    }
}

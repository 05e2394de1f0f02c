package dev.gert.projection;

import java.util.List;

/**
 * A site and who reached it, by name, in the order they ran.
 *
 * @param coveredBy the runbook's own scenarios and, where they are included, tests
 * @param reachedFrom scenarios of other runbooks that came by, as {@code runbook/scenario}; they cover nothing
 */
public record SiteCoverage(CoverageSite site, List<String> coveredBy, List<String> reachedFrom) {
    public SiteCoverage {
        coveredBy = List.copyOf(coveredBy);
        reachedFrom = List.copyOf(reachedFrom);
    }

    public boolean covered() {
        return !coveredBy.isEmpty();
    }
}

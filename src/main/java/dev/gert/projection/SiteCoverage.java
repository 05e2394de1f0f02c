package dev.gert.projection;

import java.util.List;

/** A site and the scenarios that reached it, by name, in the order they ran. */
public record SiteCoverage(CoverageSite site, List<String> coveredBy) {
    public SiteCoverage {
        coveredBy = List.copyOf(coveredBy);
    }

    public boolean covered() {
        return !coveredBy.isEmpty();
    }
}

package dev.gert.projection;

import java.util.List;

/**
 * What a coverage report of before said.
 *
 * @param file the report's file as the user named it
 */
public record CoverageBaseline(String file, List<Runbook> runbooks) {
    public CoverageBaseline {
        runbooks = List.copyOf(runbooks);
    }

    /** A runbook of it; the tallies are those of the sites. */
    public record Runbook(String runbook, String file, List<Site> branches, List<Site> outcomes) {
        public Runbook {
            branches = List.copyOf(branches);
            outcomes = List.copyOf(outcomes);
        }
    }

    /** A site of it. */
    public record Site(CoverageSite site, boolean covered) {}

    static Tally tally(List<Site> sites) {
        int covered = 0;
        for (Site site : sites) {
            covered += site.covered() ? 1 : 0;
        }
        return new Tally(sites.size(), covered);
    }
}

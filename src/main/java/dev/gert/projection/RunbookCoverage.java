package dev.gert.projection;

import java.util.List;

/**
 * What of a runbook its scenarios reach (formats.md, "Coverage, definition 1").
 *
 * @param runbook the runbook's name
 * @param file its file as the user named it
 * @param branches arms and conditional outcomes, in the order they are listed
 * @param outcomes every outcome, in the order they are listed
 * @param reported what is told and not counted, in document order: both ways of a {@code when} and of a
 *     precondition, choices, gates, where no arm matched, loops over nothing, arms of a {@code parallel}
 * @param tree the whole runbook with what was reached of it
 * @param scenarios those that count, by name
 * @param unasserted those without expectations, which do not count
 * @param failed those whose expectations did not hold, which do not count
 * @param testsIncluded whether unit tests count too
 */
public record RunbookCoverage(
        String runbook,
        String file,
        List<SiteCoverage> branches,
        List<SiteCoverage> outcomes,
        List<SiteCoverage> reported,
        List<CoverageNode> tree,
        List<String> scenarios,
        List<String> unasserted,
        List<String> failed,
        boolean testsIncluded) {
    /** The number of the definition that counts. */
    public static final int DEFINITION = 1;

    public RunbookCoverage {
        branches = List.copyOf(branches);
        outcomes = List.copyOf(outcomes);
        reported = List.copyOf(reported);
        tree = List.copyOf(tree);
        scenarios = List.copyOf(scenarios);
        unasserted = List.copyOf(unasserted);
        failed = List.copyOf(failed);
    }

    public Tally branchTally() {
        return Tally.of(branches);
    }

    public Tally outcomeTally() {
        return Tally.of(outcomes);
    }
}

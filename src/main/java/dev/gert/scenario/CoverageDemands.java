package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.projection.CoverageComparison;
import dev.gert.projection.CoverageReport;
import dev.gert.projection.RunbookCoverage;
import dev.gert.projection.Tally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds figures against what the user asked for. */
final class CoverageDemands {
    private static final String BRANCHES = "--min-branch";
    private static final String OUTCOMES = "--min-outcome";

    private final CoverageRun.Options options;

    CoverageDemands(CoverageRun.Options options) {
        this.options = options;
    }

    /** The report with what was asked for; what it does not come up to is an error. */
    CoverageReport held(
            List<RunbookCoverage> runbooks, int files, @Nullable CoverageComparison comparison, Diagnostics to) {
        CoverageReport counted = new CoverageReport(runbooks, List.of(), files, comparison);
        CoverageReport report = new CoverageReport(runbooks, thresholds(counted), files, comparison);
        for (CoverageReport.Threshold missed : report.missed()) {
            to.error(Code.C001, null, describe(missed));
        }
        if (comparison != null && options.failOnDecrease()) {
            if (options.total()) {
                fell("all runbooks", "branches", comparison.branches(), to);
                fell("all runbooks", "outcomes", comparison.outcomes(), to);
            } else {
                for (CoverageComparison.Runbook runbook : comparison.runbooks()) {
                    fell(runbook.file(), "branches", runbook.branches(), to);
                    fell(runbook.file(), "outcomes", runbook.outcomes(), to);
                }
            }
        }
        return report;
    }

    private static void fell(String whose, String sites, CoverageComparison.Change change, Diagnostics to) {
        Tally before = change.before();
        Tally after = change.after();
        if (before != null && after != null && change.fell()) {
            to.error(
                    Code.C003,
                    null,
                    whose + ": " + after.covered() + " of " + after.total() + " " + sites + " covered ("
                            + after.percentage() + "%), less than the " + before.covered() + " of " + before.total()
                            + " (" + before.percentage() + "%) of before");
        }
    }

    private List<CoverageReport.Threshold> thresholds(CoverageReport report) {
        List<CoverageReport.Threshold> thresholds = new ArrayList<>();
        if (options.total()) {
            add(thresholds, BRANCHES, "", report.branchTotal());
            add(thresholds, OUTCOMES, "", report.outcomeTotal());
            return thresholds;
        }
        for (RunbookCoverage runbook : report.runbooks()) {
            add(thresholds, BRANCHES, runbook.file(), runbook.branchTally());
            add(thresholds, OUTCOMES, runbook.file(), runbook.outcomeTally());
        }
        return thresholds;
    }

    private void add(List<CoverageReport.Threshold> thresholds, String option, String file, Tally tally) {
        var required = option.equals(BRANCHES) ? options.minBranch() : options.minOutcome();
        if (required != null) {
            thresholds.add(new CoverageReport.Threshold(option, file, required, tally));
        }
    }

    private static String describe(CoverageReport.Threshold missed) {
        Tally tally = missed.tally();
        String sites = missed.option().equals(BRANCHES) ? "branches" : "outcomes";
        return (missed.file().isEmpty() ? "all runbooks" : missed.file()) + ": " + tally.covered() + " of "
                + tally.total() + " " + sites + " covered (" + tally.percentage() + "%), `" + missed.option()
                + "` asks for " + missed.required().toPlainString() + "%";
    }
}

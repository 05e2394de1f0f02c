package dev.gert.projection;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code gert coverage} found.
 *
 * @param files how many files were looked at
 * @param comparison with what was before; null where that was not asked for
 */
public record CoverageReport(
        List<RunbookCoverage> runbooks,
        List<Threshold> thresholds,
        int files,
        @Nullable CoverageComparison comparison) {
    public CoverageReport {
        runbooks = List.copyOf(runbooks);
        thresholds = List.copyOf(thresholds);
    }

    /** One that is compared with nothing. */
    public CoverageReport(List<RunbookCoverage> runbooks, List<Threshold> thresholds, int files) {
        this(runbooks, thresholds, files, null);
    }

    /**
     * A percentage that was asked for.
     *
     * @param option the option's name, as {@code --min-branch}
     * @param file the runbook it is held against; empty for the sum of all
     */
    public record Threshold(String option, String file, BigDecimal required, Tally tally) {
        public boolean met() {
            return tally.meets(required);
        }
    }

    public Tally branchTotal() {
        Tally sum = new Tally(0, 0);
        for (RunbookCoverage runbook : runbooks) {
            sum = sum.plus(runbook.branchTally());
        }
        return sum;
    }

    public Tally outcomeTotal() {
        Tally sum = new Tally(0, 0);
        for (RunbookCoverage runbook : runbooks) {
            sum = sum.plus(runbook.outcomeTally());
        }
        return sum;
    }

    /** The thresholds that were not met. */
    public List<Threshold> missed() {
        List<Threshold> missed = new ArrayList<>();
        for (Threshold threshold : thresholds) {
            if (!threshold.met()) {
                missed.add(threshold);
            }
        }
        return missed;
    }
}

package dev.gert.projection;

import java.util.List;

/**
 * What {@code gert test} found and, where that was asked for, rewrote.
 *
 * @param files how many files were looked at
 * @param stoppedEarly whether tests were left out after a failure
 */
public record TestReport(List<TestResult> results, int files, boolean stoppedEarly, List<TestUpdate> updates) {
    public TestReport {
        results = List.copyOf(results);
        updates = List.copyOf(updates);
    }

    /** Without anything rewritten. */
    public TestReport(List<TestResult> results, int files, boolean stoppedEarly) {
        this(results, files, stoppedEarly, List.of());
    }

    public int count(TestResult.Status status) {
        int count = 0;
        for (TestResult result : results) {
            count += result.status() == status ? 1 : 0;
        }
        return count;
    }
}

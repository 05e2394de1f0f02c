package dev.gert.projection;

import java.util.List;

/**
 * What {@code gert test} found.
 *
 * @param files how many files were looked at
 * @param stoppedEarly whether tests were left out after a failure
 */
public record TestReport(List<TestResult> results, int files, boolean stoppedEarly) {
    public TestReport {
        results = List.copyOf(results);
    }

    public int count(TestResult.Status status) {
        int count = 0;
        for (TestResult result : results) {
            count += result.status() == status ? 1 : 0;
        }
        return count;
    }
}

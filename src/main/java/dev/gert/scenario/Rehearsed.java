package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.plan.Plan;
import dev.gert.projection.RunTrace;
import dev.gert.projection.TestFinding;
import dev.gert.projection.TestResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test's result with the way its run went; {@code trace} is null when it was not run.
 *
 * @param rewrites what would have to change for it to pass, where that was asked for
 */
record Rehearsed(
        TestResult result, @Nullable Plan plan, @Nullable RunTrace trace, List<Rewrite> rewrites) {
    Rehearsed(TestResult result, @Nullable Plan plan, @Nullable RunTrace trace) {
        this(result, plan, trace, List.of());
    }

    /** Whether all that is wrong is what the test expects. */
    static boolean isRewritable(List<TestFinding> failures) {
        for (TestFinding failure : failures) {
            if (!failure.code().equals(Code.S001.name())) {
                return false;
            }
        }
        return !failures.isEmpty();
    }
}

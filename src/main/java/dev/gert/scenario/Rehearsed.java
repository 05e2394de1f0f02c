package dev.gert.scenario;

import dev.gert.plan.Plan;
import dev.gert.projection.RunTrace;
import dev.gert.projection.TestResult;
import org.jspecify.annotations.Nullable;

/** A test's result with the way its run went; {@code trace} is null when it was not run. */
record Rehearsed(
        TestResult result, @Nullable Plan plan, @Nullable RunTrace trace) {}

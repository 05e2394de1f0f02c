package dev.gert.projection;

import dev.gert.policy.SafeText;
import dev.gert.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a test found wrong.
 *
 * @param code the diagnostic code's name
 * @param key the expectation's key, as {@code branch_taken}; empty where it is not one
 * @param expected what was to come, null where nothing in particular was
 * @param actual what came
 * @param place where the test says it
 * @param label the words beside that place
 * @param runbookPlace what the runbook says there
 * @param runbookLabel the words beside that place
 * @param help what can be done
 * @param path both paths, where they are what was compared
 */
public record TestFinding(
        String code,
        String key,
        SafeText message,
        @Nullable SafeText expected,
        @Nullable SafeText actual,
        @Nullable Span place,
        @Nullable SafeText label,
        @Nullable Span runbookPlace,
        @Nullable SafeText runbookLabel,
        @Nullable SafeText help,
        @Nullable PathComparison path) {}

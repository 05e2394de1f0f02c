package dev.gert.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a step ended (formats.md, "Step status"). */
public enum StepStatus {
    PASSED,
    FAILED,
    SKIPPED,
    BLOCKED,
    DENIED,
    TIMED_OUT,
    IN_DOUBT,
    INTERRUPTED,
    NOT_REACHED;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    public static @Nullable StepStatus of(String word) {
        for (StepStatus status : values()) {
            if (status.word.equals(word)) {
                return status;
            }
        }
        return null;
    }
}

package dev.gert.policy;

import org.jspecify.annotations.Nullable;

/**
 * A value as the run knows it and as sinks may see it. {@link #raw()} is for conditions, captures and
 * commands only (an architecture test names its callers); it is null when the value was read back
 * from a journal that holds it redacted.
 */
public final class Captured {
    private final @Nullable String raw;
    private final SafeText shown;

    private Captured(@Nullable String raw, SafeText shown) {
        this.raw = raw;
        this.shown = shown;
    }

    static Captured of(String raw, SafeText shown) {
        return new Captured(raw, shown);
    }

    /** A value from a journal: its raw form is known only if nothing was redacted. */
    public static Captured recorded(String shown, boolean redacted) {
        return new Captured(redacted ? null : shown, new SafeText(shown, redacted));
    }

    public @Nullable String raw() {
        return raw;
    }

    public SafeText shown() {
        return shown;
    }
}

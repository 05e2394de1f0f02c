package dev.gert.runtime;

import org.jspecify.annotations.Nullable;

/** Whether a signal asked the run to stop; set by one thread, read by others. */
public final class StopSignal {
    private volatile @Nullable String name;

    /** {@code INT}, {@code TERM} or {@code HUP}; the first one counts. */
    public void raise(String signal) {
        if (name == null) {
            name = signal;
        }
    }

    /** The signal that came, or null. */
    public @Nullable String raised() {
        return name;
    }
}

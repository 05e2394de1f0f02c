package dev.gert.dispatch.manual;

import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Dialogue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The {@code timeout} of a manual step, which bounds the wait for the person in this session. */
final class Deadline {
    private final Clock clock;
    private final @Nullable Long millis;
    private final long since;

    /** {@code millis}: null where there is none. */
    Deadline(Clock clock, @Nullable Long millis) {
        this.clock = clock;
        this.millis = millis;
        this.since = clock.nanos();
    }

    /** How many milliseconds are left. */
    long left() {
        return millis == null
                ? Dialogue.FOR_EVER
                : Math.max(0, millis - TimeUnit.NANOSECONDS.toMillis(clock.nanos() - since));
    }
}

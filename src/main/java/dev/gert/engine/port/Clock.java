package dev.gert.engine.port;

import java.util.function.BooleanSupplier;

/** Time, as far as the engine's surroundings need it; the decider has none. */
public interface Clock {
    /** Microseconds since 1970-01-01T00:00Z. */
    long epochMicros();

    /** A clock that only goes forward, in nanoseconds, for durations. */
    long nanos();

    /** Returns when the time is over, or soon after {@code cut} says so. */
    void sleep(long millis, BooleanSupplier cut);
}

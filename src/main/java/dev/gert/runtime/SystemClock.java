package dev.gert.runtime;

import dev.gert.engine.port.Clock;
import java.time.Instant;

/** The machine's clock. */
public final class SystemClock implements Clock {
    @Override
    public long epochMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}

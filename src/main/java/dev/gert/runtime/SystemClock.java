package dev.gert.runtime;

import dev.gert.engine.port.Clock;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** The machine's clock. */
public final class SystemClock implements Clock {
    private static final long SLICE_MILLIS = 50;

    @Override
    public long epochMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void sleep(long millis, BooleanSupplier cut) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!cut.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            try {
                Thread.sleep(Math.min(left, SLICE_MILLIS));
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}

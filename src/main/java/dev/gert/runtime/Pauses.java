package dev.gert.runtime;

import dev.gert.engine.port.Clock;
import java.util.List;

/** Lets time pass, until it has or a signal comes. */
final class Pauses {
    private final Clock clock;
    private final StopSignal stop;

    Pauses(Clock clock, StopSignal stop) {
        this.clock = clock;
        this.stop = stop;
    }

    Work pass(String run, String address, long millis) {
        clock.sleep(millis, () -> stop.raised() != null);
        return new Work(run, address, List.of(), null, null);
    }
}

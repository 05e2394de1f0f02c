package dev.gert.cli;

import dev.gert.engine.port.Clock;

/** Says on a terminal how far a long reading is, once it takes more than a second; leaves nothing behind. */
final class Progress {
    private static final long QUIET_NANOS = 1_000_000_000L;
    private static final long BETWEEN_NANOS = 200_000_000L;

    private final Io io;
    private final Clock clock;
    private final boolean shown;
    private long next;
    private int columns;

    Progress(Io io, boolean quiet, Clock clock) {
        this.io = io;
        this.clock = clock;
        this.shown = !quiet && io.facts().redraws();
        this.next = clock.nanos() + QUIET_NANOS;
    }

    /** {@code done} of {@code all} are read. */
    void at(int done, int all, String what) {
        if (!shown || clock.nanos() < next) {
            return;
        }
        next = clock.nanos() + BETWEEN_NANOS;
        String line = "read " + done + " of " + all + " " + what;
        io.err().print("\r" + line);
        io.err().flush();
        columns = line.length();
    }

    /** Takes the line away. */
    void done() {
        if (columns > 0) {
            io.err().print("\r" + " ".repeat(columns) + "\r");
            io.err().flush();
        }
    }
}

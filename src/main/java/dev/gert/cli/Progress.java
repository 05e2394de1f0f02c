package dev.gert.cli;

import dev.gert.runtime.SystemClock;

/** Says on a terminal how far a long reading is, once it takes more than a second; leaves nothing behind. */
final class Progress {
    private static final long QUIET_NANOS = 1_000_000_000L;
    private static final long BETWEEN_NANOS = 200_000_000L;

    private final Io io;
    private final SystemClock clock = new SystemClock();
    private final boolean shown;
    private long next;
    private int columns;

    Progress(Io io, boolean quiet) {
        this.io = io;
        this.shown = !quiet && io.facts().errIsTerminal();
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

package dev.gert.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run on one screen: what happened, what it waits for, who can unblock it, what is open, what to do next.
 *
 * @param glance what {@code gert runs} says of it
 * @param started by whom and where, as a sentence has it
 * @param owner whose the run is to go on with, where it was handed over; null: its actor's
 * @param counts steps by how they ended, in the order in which that first happened
 * @param last what happened last, empty before anything did
 * @param waits what it waits for
 * @param open what is open: elevations, processes that outlived their steps
 * @param next command lines
 */
public record RunStatus(
        RunGlance glance,
        String started,
        @Nullable String owner,
        List<String> counts,
        String last,
        List<Waiting> waits,
        List<String> open,
        List<String> next) {
    public RunStatus {
        counts = List.copyOf(counts);
        waits = List.copyOf(waits);
        open = List.copyOf(open);
        next = List.copyOf(next);
    }

    /**
     * Something that a run waits for.
     *
     * @param step as people call it
     * @param reason what has to happen
     * @param command what is to be run then, as JSON; empty where it is no command
     * @param who can make it happen; empty where anybody can
     */
    public record Waiting(String step, String reason, String command, List<String> who) {
        public Waiting {
            who = List.copyOf(who);
        }
    }
}

package dev.gert.projection;

import org.jspecify.annotations.Nullable;

/**
 * What can be said of a run without reading all of it: a line of {@code gert runs}.
 *
 * @param id the run's, which is its folder's name
 * @param started RFC 3339, as the other times; the empty text where the first record can't be read
 * @param last when the last record was written
 * @param outcome of the last run of the chain; null while the run is not over
 * @param detail what it waits for, or what is wrong with its journal; empty where the state says all
 * @param holder the process that has the run open, 0: none has
 * @param lastHash the last record's
 */
public record RunGlance(
        String id,
        String runbook,
        String file,
        String actor,
        @Nullable String incident,
        String started,
        String last,
        State state,
        @Nullable String outcome,
        String detail,
        long holder,
        String lastHash) {
    /** Where a run stands. */
    public enum State {
        /** A process has it open. */
        RUNNING("running"),
        /** For a person: an approval, evidence, an input. */
        WAITING("waiting"),
        /** Its session ended before the run did. */
        INTERRUPTED("interrupted"),
        /** A command that changes something was begun, and nobody knows what came of it. */
        IN_DOUBT("in-doubt"),
        /** It came to its end. */
        OVER("over"),
        /** Its journal's beginning or end is not what was written. */
        UNREADABLE("unreadable");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As it is written on the command line and in JSON. */
        public String word() {
            return word;
        }
    }

    /** Whether the run goes on, or could. */
    public boolean isOpen() {
        return state != State.OVER && state != State.UNREADABLE;
    }
}

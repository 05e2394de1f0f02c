package dev.gert.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code gert verify} came to.
 *
 * @param fault why it is not valid; null where it is
 * @param run the id of the first run; empty where no record says it
 * @param outcome how the run ended; null where it did not
 * @param records how many verify
 * @param bytes of these records
 * @param lastHash of the last of them, or 64 zeros
 * @param last the last of them; null where there is none
 * @param seal the signature that the journal ends with; null: none
 * @param notes what a reader should know and what changes no verdict
 * @param notProved what nothing of this proves
 */
public record Verification(
        Verdict verdict,
        @Nullable Fault fault,
        String run,
        String folder,
        @Nullable String outcome,
        long records,
        long bytes,
        String lastHash,
        @Nullable Last last,
        List<String> openSteps,
        List<String> openGrants,
        Checked checked,
        @Nullable Seal seal,
        List<String> notes,
        List<String> notProved) {
    public Verification {
        openSteps = List.copyOf(openSteps);
        openGrants = List.copyOf(openGrants);
        notes = List.copyOf(notes);
        notProved = List.copyOf(notProved);
    }

    /** The worst that applies, from the last to the first. */
    public enum Verdict {
        VALID,
        INCOMPLETE,
        INVALID
    }

    /**
     * What is wrong.
     *
     * @param file from the run's folder
     * @param line of the journal, from 1; 0: it is the file's
     * @param offset of the line's first byte
     * @param reason a sentence about the place
     */
    public record Fault(String file, long line, long offset, String reason) {}

    /** The last record. */
    public record Last(long seq, String type, String time) {}

    /**
     * How many of each were read and are what the journal says.
     *
     * @param evidence whether evidence.json was made from one of these records
     */
    public record Checked(
            int outputs, int attachments, int requests, int decisions, int signatures, int pinned, boolean evidence) {}

    /**
     * Who sealed it.
     *
     * @param key the fingerprint
     * @param by whom {@code --signers} vouches for; null: nobody does
     */
    public record Seal(String key, @Nullable String by, String time) {}
}

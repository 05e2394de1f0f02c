package dev.gert.journal;

import dev.gert.event.Envelope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads all records of a journal, as {@link JournalScan} has it. */
public final class JournalReader {
    private JournalReader() {}

    /** What a journal came to. */
    public sealed interface Result {
        /** Every record is intact; {@code head} is the last one's hash, {@code bytes} the file's size. */
        record Whole(List<Envelope> records, String head, long bytes) implements Result {}

        /**
         * Intact up to {@code offset}, where a record begins that was never finished. There may be no
         * record at all.
         */
        record Torn(List<Envelope> records, String head, long offset, long tornBytes) implements Result {}

        /** Line {@code line} (from 1), which begins at byte {@code offset}, can't be what was written. */
        record Damaged(long line, long offset, String reason) implements Result {}
    }

    /**
     * Reads the journal in a file.
     *
     * @throws IOException when it can't be read, is not there, or is a link
     */
    public static Result read(Path file) throws IOException {
        List<Envelope> records = new ArrayList<>();
        return result(records, JournalScan.of(file, record -> keep(records, record)));
    }

    static Result read(InputStream in) throws IOException {
        List<Envelope> records = new ArrayList<>();
        return result(records, JournalScan.of(in, record -> keep(records, record)));
    }

    private static @Nullable String keep(List<Envelope> records, JournalRecord record) {
        records.add(record.envelope());
        return null;
    }

    private static Result result(List<Envelope> records, JournalScan.End end) {
        if (end instanceof JournalScan.End.Damaged damaged) {
            return new Result.Damaged(damaged.line(), damaged.offset(), damaged.reason());
        }
        return end instanceof JournalScan.End.Torn torn
                ? new Result.Torn(records, torn.head(), torn.offset(), torn.tornBytes())
                : new Result.Whole(
                        records, ((JournalScan.End.Whole) end).head(), ((JournalScan.End.Whole) end).bytes());
    }
}

package dev.gert.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal and believes nothing: every line's hash, {@code prev}, {@code seq}, JSON and
 * members (formats.md, section 5). Only an end that a crash can leave behind counts as torn.
 */
public final class JournalScan {
    /** Bytes; longer ones are neither written nor read. */
    static final int MAX_LINE = 1 << 28;

    private final JournalChain chain = new JournalChain();
    private final Visitor visitor;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private long offset;

    private JournalScan(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Hears of every record that follows the one before it. */
    public interface Visitor {
        /** Null; or why such a record can't stand here, as a sentence about it: then the scan ends. */
        @Nullable
        String take(JournalRecord record) throws IOException;
    }

    /** What a journal came to. */
    public sealed interface End {
        /** Every record is intact; {@code head} is the last one's hash, {@code bytes} the file's size. */
        record Whole(long records, String head, long bytes) implements End {}

        /**
         * Intact up to {@code offset}, where a record begins that was never finished. There may be no
         * record at all.
         */
        record Torn(long records, String head, long offset, long tornBytes) implements End {}

        /** Line {@code line} (from 1), which begins at byte {@code offset}, can't be what was written. */
        record Damaged(long line, long offset, String reason) implements End {}
    }

    /**
     * Reads the journal in a file.
     *
     * @throws IOException when it can't be read, is not there, or is a link; or what the visitor throws
     */
    public static End of(Path file, Visitor visitor) throws IOException {
        try (InputStream in = PrivateFiles.read(file)) {
            return of(in, visitor);
        }
    }

    static End of(InputStream in, Visitor visitor) throws IOException {
        return new JournalScan(visitor).readAll(in);
    }

    private End readAll(InputStream in) throws IOException {
        int searched = 0;
        while (true) {
            int newline = newline(searched);
            if (newline >= 0) {
                JournalChain.Link link = chain.take(buffer, start, newline);
                if (link instanceof JournalChain.Link.Broken broken) {
                    boolean last = newline + 1 == end && in.read() < 0;
                    return last && TornBlocks.explain(buffer, start, end, offset)
                            ? new End.Torn(chain.next(), chain.head(), offset, end - start)
                            : damaged(broken.reason());
                }
                JournalChain.Link.Follows follows = (JournalChain.Link.Follows) link;
                String reason = visitor.take(new JournalRecord(
                        follows.envelope(), follows.envelope().seq() + 1, offset, follows.prev(), chain.head()));
                if (reason != null) {
                    return new End.Damaged(follows.envelope().seq() + 1, offset, reason);
                }
                offset += newline + 1 - start;
                start = newline + 1;
                searched = start;
                continue;
            }
            makeRoom();
            searched = end;
            int count = in.read(buffer, end, buffer.length - end);
            if (count < 0) {
                return ended();
            }
            end += count;
            if (end - start >= MAX_LINE) {
                return damaged("it is longer than a record can be");
            }
        }
    }

    private int newline(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
    }

    private End ended() {
        if (end == start && chain.next() > 0) {
            return new End.Whole(chain.next(), chain.head(), offset);
        }
        String reason = notTorn();
        return reason == null ? new End.Torn(chain.next(), chain.head(), offset, end - start) : damaged(reason);
    }

    /**
     * Why the bytes after the last newline are not the beginning of the next record, or null. A crash
     * leaves a beginning, and perhaps blocks of zeros that were never filled; a changed byte in what
     * was once whole must not pass for that, because a torn end is cut off.
     */
    private @Nullable String notTorn() {
        boolean blocks = TornBlocks.explain(buffer, start, end, offset);
        int to = end;
        while (to > start && buffer[to - 1] == 0) {
            to--;
        }
        byte[] beginning = ("{\"seq\":" + chain.next() + ",\"time\":\"").getBytes(StandardCharsets.US_ASCII);
        for (int i = start; i < to; i++) {
            int at = i - start;
            boolean missing = blocks && buffer[i] == 0;
            boolean other = buffer[i] >= 0 && buffer[i] < ' ' || at < beginning.length && buffer[i] != beginning[at];
            if (other && !missing) {
                return "it is not the beginning of record " + chain.next();
            }
        }
        if (blocks) {
            return null;
        }
        if (JournalLine.writtenHash(buffer, start, to - 1) != null) {
            return "it does not end with a newline";
        }
        String hash = JournalLine.writtenHash(buffer, start, to);
        if (hash != null && !hash.equals(JournalLine.sha256(buffer, start, to - JournalLine.TAIL))) {
            return "its hash is not the hash of its bytes";
        }
        return null;
    }

    private End.Damaged damaged(String reason) {
        return new End.Damaged(chain.next() + 1, offset, reason);
    }
}

package dev.gert.terminal;

import dev.gert.engine.port.Dialogue.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntSupplier;

/** Reads lines of a person. For one thread at a time. */
final class LineReader {
    /** Longer lines are cut; no answer is as long. */
    private static final int LONGEST = 1 << 16;

    /** A terminal holds 4 KiB of what was typed; who sends more does not want to be asked. */
    private static final int MOST_DISCARDED = 1 << 20;

    private final InputStream in;
    private final IntSupplier question;
    private final byte[] chunk = new byte[4096];
    private int next;
    private int filled;
    private int came;

    /** {@code question}: the number of the one that is open. */
    LineReader(InputStream in, IntSupplier question) {
        this.in = in;
        this.question = question;
    }

    /** What was read, and the number of the question that was open when it came, the whole of it. */
    record Heard(Reply reply, int question) {}

    /** Throws away everything that can be read without waiting. */
    void discard() {
        next = 0;
        filled = 0;
        try {
            for (int discarded = 0; discarded < MOST_DISCARDED && in.available() > 0; ) {
                int read = in.read(chunk);
                if (read < 0) {
                    return;
                }
                discarded += read;
            }
        } catch (IOException e) {
            // the read of the answer meets it again
        }
    }

    /** Waits for a whole line; one that the end of the input cuts is none. */
    Heard read() {
        byte[] line = new byte[128];
        int length = 0;
        int begun = came;
        while (true) {
            if (next == filled) {
                fill();
                if (filled == 0) {
                    return new Heard(new Reply.End(), came);
                }
            }
            if (begun != came) {
                // what was typed before the question is not the beginning of its answer
                length = 0;
                begun = came;
            }
            while (next < filled) {
                byte b = chunk[next++];
                if (b == '\n') {
                    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                    return new Heard(new Reply.Line(new String(line, 0, end, StandardCharsets.UTF_8)), begun);
                }
                if (length < LONGEST) {
                    line = length < line.length ? line : Arrays.copyOf(line, length * 2);
                    line[length++] = b;
                }
            }
        }
    }

    private void fill() {
        next = 0;
        try {
            filled = Math.max(0, in.read(chunk));
        } catch (IOException e) {
            filled = 0;
        }
        came = question.getAsInt();
    }
}

package dev.gert.terminal;

import dev.gert.engine.port.Dialogue.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads lines of a person. For one thread at a time. */
final class LineReader {
    /** Longer lines are cut; no answer is as long. */
    private static final int LONGEST = 1 << 16;

    /** A terminal holds 4 KiB of what was typed; who sends more does not want to be asked. */
    private static final int MOST_DISCARDED = 1 << 20;

    private final InputStream in;
    private final byte[] chunk = new byte[4096];
    private int next;
    private int filled;

    LineReader(InputStream in) {
        this.in = in;
    }

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
    Reply read() {
        byte[] line = new byte[128];
        int length = 0;
        while (true) {
            if (next == filled) {
                next = 0;
                filled = 0;
                try {
                    filled = in.read(chunk);
                } catch (IOException e) {
                    filled = -1;
                }
                if (filled < 0) {
                    filled = 0;
                    return new Reply.End();
                }
            }
            while (next < filled) {
                byte b = chunk[next++];
                if (b == '\n') {
                    return new Reply.Line(new String(line, 0, length, StandardCharsets.UTF_8).strip());
                }
                if (length < LONGEST) {
                    line = length < line.length ? line : Arrays.copyOf(line, length * 2);
                    line[length++] = b;
                }
            }
        }
    }
}

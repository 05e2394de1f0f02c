package dev.gert.dispatch.tool;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of a stream, each in memory and none longer than a bound. */
final class MessageLines {
    /** In bytes, without the newline. */
    static final int MAX = 16 << 20;

    /** A buffer that one message made larger is not kept. */
    private static final int USUAL = 64 << 10;

    private final InputStream in;
    private final byte[] chunk = new byte[8192];
    private int at;
    private int end;
    private byte[] line = new byte[USUAL];
    private int length;

    MessageLines(InputStream in) {
        this.in = in;
    }

    /** What the stream brought next. */
    sealed interface Next {
        /** A whole line, without its newline. */
        final class Line implements Next {
            private final byte[] bytes;

            Line(byte[] bytes) {
                this.bytes = bytes;
            }

            byte[] bytes() {
                return bytes;
            }
        }

        /** More than {@link #MAX} bytes without a newline; nothing after this is read. */
        record TooLong() implements Next {}

        /** The end; {@code cut}: in the middle of a line. */
        record End(boolean cut) implements Next {}
    }

    Next next() throws IOException {
        length = 0;
        if (line.length > USUAL) {
            line = new byte[USUAL];
        }
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(chunk));
                if (end == 0) {
                    return new Next.End(length > 0);
                }
            }
            int newline = at;
            while (newline < end && chunk[newline] != '\n') {
                newline++;
            }
            if (length + newline - at > MAX) {
                return new Next.TooLong();
            }
            append(newline);
            if (newline < end) {
                at = newline + 1;
                return new Next.Line(Arrays.copyOf(line, length));
            }
            at = end;
        }
    }

    private void append(int until) {
        int more = until - at;
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.min(MAX, Math.max(line.length * 2, length + more)));
        }
        System.arraycopy(chunk, at, line, length, more);
        length += more;
    }
}

package dev.gert.dispatch.cli;

import dev.gert.policy.Redactor;
import dev.gert.policy.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds the last whole line in a stream of redacted bytes, at a cost that does not depend on the lines. */
final class LastLine {
    private static final int MAX_CHARS = 200;
    private static final int MAX_BYTES = MAX_CHARS * 4;

    private final String step;
    private final Redactor redactor;
    private final OutputListener listener;
    private final byte[] begun = new byte[MAX_BYTES];
    private int length;

    LastLine(String step, Redactor redactor, OutputListener listener) {
        this.step = step;
        this.redactor = redactor;
        this.listener = listener;
    }

    void accept(byte[] bytes, int offset, int count) {
        int end = offset + count;
        int last = newlineBefore(bytes, offset, end);
        if (last < 0) {
            begin(bytes, offset, end);
            return;
        }
        int before = newlineBefore(bytes, offset, last);
        if (before < 0) {
            begin(bytes, offset, last);
            tell(Arrays.copyOf(begun, length));
        } else {
            tell(Arrays.copyOfRange(bytes, before + 1, Math.min(last, before + 1 + MAX_BYTES)));
        }
        length = 0;
        begin(bytes, last + 1, end);
    }

    private void begin(byte[] bytes, int from, int to) {
        int taken = Math.min(to - from, begun.length - length);
        System.arraycopy(bytes, from, begun, length, taken);
        length += taken;
    }

    private void tell(byte[] line) {
        listener.line(step, () -> text(line));
    }

    private SafeText text(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        int points = text.codePointCount(0, text.length());
        return redactor.safe(points <= MAX_CHARS ? text : text.substring(0, text.offsetByCodePoints(0, MAX_CHARS)));
    }

    private static int newlineBefore(byte[] bytes, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}

package dev.gert.policy;

import java.util.Arrays;
import java.util.List;

/**
 * Applies a policy's patterns a line at a time (formats.md, "Redaction"). A line longer than the
 * window is read through a window that moves by half its size, so every match up to half a window is
 * seen whole; a longer one that reaches the window's end redacts the rest of the line.
 */
final class LineFilter implements RedactingStream {
    static final int WINDOW = 65536;

    private final List<RedactRule> rules;
    private final Sink sink;
    /** The bytes from {@link #start} to {@link #end} are to be read; the one before is there for {@code ^} and {@code \b}. */
    private byte[] buffer = new byte[1024];

    private int start = 1;
    private int end = 1;
    /** Whether {@link #start} is inside a line, so that the byte before it counts. */
    private boolean inside;
    /** The rest of the line is redacted already. */
    private boolean dropping;

    private boolean redacted;

    LineFilter(List<RedactRule> rules, Sink sink) {
        this.rules = rules;
        this.sink = sink;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        int from = offset;
        int last = offset + count;
        while (from < last) {
            if (end == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(4 * buffer.length, 1 + WINDOW));
            }
            int part = Math.min(last - from, buffer.length - end);
            System.arraycopy(bytes, from, buffer, end, part);
            end += part;
            from += part;
            drain();
        }
    }

    @Override
    public void finish() {
        if (!dropping && end > start) {
            line(start, end);
            start = end;
        }
    }

    @Override
    public boolean redacted() {
        return redacted;
    }

    /** Reads every line that is whole, and a window's worth of one that is longer. */
    private void drain() {
        if (dropping) {
            int newline = newline(start, end);
            start = newline < 0 ? end : newline;
            dropping = newline < 0;
        }
        int whole = end;
        while (whole > start && buffer[whole - 1] != '\n') {
            whole--;
        }
        if (whole > start) {
            lines(whole);
        }
        if (end == 1 + WINDOW && start == 1) {
            window();
        }
        if (start > 1) {
            System.arraycopy(buffer, start - 1, buffer, 0, end - start + 1);
            end -= start - 1;
            start = 1;
        }
    }

    private int newline(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void lines(int whole) {
        if (!mayMatch(start, whole)) {
            sink.accept(buffer, start, whole - start);
        } else {
            while (start < whole) {
                int newline = newline(start, whole);
                boolean carriage = newline > start && buffer[newline - 1] == '\r';
                int text = carriage ? newline - 1 : newline;
                line(start, text);
                sink.accept(buffer, text, newline + 1 - text);
                start = newline + 1;
                inside = false;
            }
        }
        start = whole;
        inside = false;
    }

    private boolean mayMatch(int from, int to) {
        for (RedactRule rule : rules) {
            if (rule.mayMatch(buffer, from, to)) {
                return true;
            }
        }
        return false;
    }

    private void line(int from, int to) {
        if (!mayMatch(from, to)) {
            sink.accept(buffer, from, to - from);
            return;
        }
        String text = ByteText.decode(buffer, inside ? from - 1 : from, to);
        int begin = inside ? 1 : 0;
        Places places = Places.of(rules, text, begin);
        emit(text, places, begin, text.length());
    }

    /** The buffer is full and holds no newline: half of it goes out. */
    private void window() {
        int whole = ByteText.wholeEnd(buffer, start, end);
        int begin = inside ? 1 : 0;
        String text = ByteText.decode(buffer, start - begin, whole);
        Places places = mayMatch(start, whole) ? Places.of(rules, text, begin) : Places.none();
        int cut = places.after(text.length() / 2);
        if (cut == text.length()) {
            emit(text, places, begin, cut);
            dropping = true;
            start = end;
            return;
        }
        cut = Character.isLowSurrogate(text.charAt(cut)) && Character.isHighSurrogate(text.charAt(cut - 1))
                ? cut + 1
                : cut;
        emit(text, places, begin, cut);
        start += ByteText.length(text, begin, cut);
        inside = true;
    }

    private void emit(String text, Places places, int from, int to) {
        int out = from;
        for (int i = 0; i < places.count() && places.start(i) < to; i++) {
            plain(text, out, places.start(i));
            byte[] put = ByteText.encode(places.replace(i), 0, places.replace(i).length());
            sink.accept(put, 0, put.length);
            redacted |= !text.regionMatches(
                            places.start(i),
                            places.replace(i),
                            0,
                            places.replace(i).length())
                    || places.end(i) - places.start(i) != places.replace(i).length();
            out = places.end(i);
        }
        plain(text, out, to);
    }

    private void plain(String text, int from, int to) {
        if (to > from) {
            byte[] bytes = ByteText.encode(text, from, to);
            sink.accept(bytes, 0, bytes.length);
        }
    }
}

package dev.gert.policy;

import java.util.ArrayList;
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

    /** What stands before the next line on which a rule may match goes out as it is, at once. */
    private void lines(int whole) {
        int[] candidates = new int[rules.size()];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = rules.get(i).candidate(buffer, start, whole);
        }
        int out = start;
        int next = next(candidates);
        while (next >= 0) {
            int begin = next;
            while (begin > out && buffer[begin - 1] != '\n') {
                begin--;
            }
            if (begin > out) {
                sink.accept(buffer, out, begin - out);
                inside = false;
            }
            int newline = newline(next, whole);
            line(begin, newline > begin && buffer[newline - 1] == '\r' ? newline - 1 : newline);
            inside = false;
            out = newline > begin && buffer[newline - 1] == '\r' ? newline - 1 : newline;
            for (int i = 0; i < candidates.length; i++) {
                if (candidates[i] >= 0 && candidates[i] <= newline) {
                    candidates[i] = newline + 1 == whole ? -1 : rules.get(i).candidate(buffer, newline + 1, whole);
                }
            }
            next = next(candidates);
        }
        if (whole > out) {
            sink.accept(buffer, out, whole - out);
        }
        start = whole;
        inside = false;
    }

    /** The least that is a place; -1: none is. */
    private static int next(int[] candidates) {
        int least = -1;
        for (int candidate : candidates) {
            least = candidate >= 0 && (least < 0 || candidate < least) ? candidate : least;
        }
        return least;
    }

    /** The rules that may match there. */
    private List<RedactRule> able(int from, int to) {
        List<RedactRule> able = new ArrayList<>();
        for (RedactRule rule : rules) {
            if (rule.mayMatch(buffer, from, to)) {
                able.add(rule);
            }
        }
        return able;
    }

    private void line(int from, int to) {
        List<RedactRule> able = able(from, to);
        if (able.isEmpty()) {
            sink.accept(buffer, from, to - from);
            return;
        }
        String text = ByteText.decode(buffer, inside ? from - 1 : from, to);
        int begin = inside ? 1 : 0;
        Places places = Places.of(able, text, begin);
        emit(text, places, begin, text.length());
    }

    /** The buffer is full and holds no newline: half of it goes out. */
    private void window() {
        int whole = ByteText.wholeEnd(buffer, start, end);
        List<RedactRule> able = able(start, whole);
        if (able.isEmpty()) {
            int half = ByteText.wholeEnd(buffer, start, start + WINDOW / 2);
            sink.accept(buffer, start, half - start);
            start = half;
            inside = true;
            return;
        }
        int begin = inside ? 1 : 0;
        String text = ByteText.decode(buffer, start - begin, whole);
        Places places = Places.of(able, text, begin);
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

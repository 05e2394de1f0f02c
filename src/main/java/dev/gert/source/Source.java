package dev.gert.source;

import java.util.Arrays;

/**
 * A named text with an index of its lines. Offsets are UTF-16 units into {@link #text()}; lines and
 * columns are counted from 1, columns in code points (formats.md, "For every YAML file").
 */
public final class Source {
    private static final int[] NONE = {};

    private final String name;
    private final String text;
    private final int[] lineStarts;

    /** Where second halves of surrogate pairs stand: columns of long lines need no walk over the line. */
    private final int[] pairs;

    private Source(String name, String text, int[] lineStarts, int[] pairs) {
        this.name = name;
        this.text = text;
        this.lineStarts = lineStarts;
        this.pairs = pairs;
    }

    /** Indexes {@code text}; {@code name} is what diagnostics print, a path as the user wrote it. */
    public static Source of(String name, String text) {
        int[] starts = new int[16];
        int[] pairs = NONE;
        int lines = 1;
        int pairCount = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
                starts = withRoom(starts, lines);
                starts[lines++] = i + 1;
            } else if (Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1))) {
                pairs = withRoom(pairs, pairCount);
                pairs[pairCount++] = i;
            }
        }
        return new Source(name, text, Arrays.copyOf(starts, lines), Arrays.copyOf(pairs, pairCount));
    }

    private static int[] withRoom(int[] array, int used) {
        return used < array.length ? array : Arrays.copyOf(array, Math.max(16, used * 2));
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /** The SHA-256 of the text as UTF-8, in hex. */
    public String sha256() {
        return Sha256.hex(text);
    }

    public int lineCount() {
        return lineStarts.length;
    }

    /** The offset at which line {@code line} (from 1) begins. */
    public int lineStart(int line) {
        return lineStarts[line - 1];
    }

    /** The offset after the last character of line {@code line} (from 1), before its terminator. */
    public int lineEnd(int line) {
        int start = lineStarts[line - 1];
        int end = line == lineStarts.length ? text.length() : lineStarts[line];
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    /** The text of line {@code line} (from 1), without its terminator. */
    public String line(int line) {
        return text.substring(lineStart(line), lineEnd(line));
    }

    /** The place of an offset; offsets outside the text are brought to its nearest end. */
    public Position position(int offset) {
        int at = Math.max(0, Math.min(offset, text.length()));
        int found = Arrays.binarySearch(lineStarts, at);
        int index = found >= 0 ? found : -found - 2;
        int start = lineStarts[index];
        return new Position(index + 1, at - start - (pairsBefore(at) - pairsBefore(start)) + 1);
    }

    private int pairsBefore(int offset) {
        int found = Arrays.binarySearch(pairs, offset);
        return found >= 0 ? found : -found - 1;
    }

    /** The part of this text from {@code start} to before {@code end}. */
    public Span span(int start, int end) {
        return new Span(this, start, end);
    }
}

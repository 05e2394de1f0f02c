package dev.gert.render;

import dev.gert.source.Source;
import dev.gert.source.Span;

/**
 * The source line of a place as a terminal shows it, and which of its columns the place covers. A
 * line wider than the frame is cut around the place. A place of several lines is shown by its first.
 *
 * @param line the number of the line, from 1
 * @param text the line, safe to print
 * @param indent the columns before the place
 * @param length the columns of the place, at least one
 */
record Excerpt(int line, String text, int indent, int length) {
    static Excerpt of(Span span, int width, boolean unicode) {
        Source source = span.source();
        int line = span.position().line();
        int lineStart = source.lineStart(line);
        int lineEnd = source.lineEnd(line);
        int start = Math.max(lineStart, Math.min(span.start(), lineEnd));
        int end = Math.max(start, Math.min(span.end(), lineEnd));
        while (end > start && source.text().charAt(end - 1) == ' ') {
            end--;
        }
        String dots = SafeLine.ellipsis(unicode);

        int first = lineStart;
        if (columns(source, lineStart, lineEnd, width, unicode) > width) {
            first = firstShown(source, lineStart, start, lineEnd, width, unicode);
        }
        SafeLine shown = new SafeLine(unicode);
        if (first > lineStart) {
            add(dots, shown);
        }
        int indent = shown.columns();
        int stop = indent;
        int at = first;
        while (at < lineEnd) {
            if (at <= start) {
                indent = shown.columns();
            }
            int point = source.text().codePointAt(at);
            if (shown.columns() >= width - dots.length() && at + Character.charCount(point) < lineEnd) {
                add(dots, shown);
                stop = at < end ? shown.columns() : stop;
                break;
            }
            shown.addSource(point);
            at += Character.charCount(point);
            stop = at <= end ? shown.columns() : stop;
        }
        if (at <= start) {
            indent = shown.columns();
        }
        return new Excerpt(line, shown.toString(), indent, Math.max(1, stop - indent));
    }

    /** The columns of a part of a line; stops counting soon after {@code limit}. */
    private static int columns(Source source, int from, int to, int limit, boolean unicode) {
        SafeLine counter = new SafeLine(unicode);
        for (int at = from; at < to && counter.columns() <= limit; ) {
            int point = source.text().codePointAt(at);
            counter.addSource(point);
            at += Character.charCount(point);
        }
        return counter.columns();
    }

    /** Where a cut line begins: at its start if the place is near it, else a third of the width before the place. */
    private static int firstShown(Source source, int lineStart, int start, int lineEnd, int width, boolean unicode) {
        if (columns(source, lineStart, start, width, unicode) <= width / 2) {
            return lineStart;
        }
        // near the line's end its last part fills the frame
        int room = width - columns(source, start, lineEnd, width, unicode) - 3;
        int wanted = Math.max(width / 3, room);
        int at = start;
        int taken = 0;
        while (at > lineStart && taken < wanted) {
            int before = at - Character.charCount(source.text().codePointBefore(at));
            taken += columns(source, before, at, width, unicode);
            if (taken <= wanted) {
                at = before;
            }
        }
        return at;
    }

    private static void add(String text, SafeLine line) {
        for (int i = 0; i < text.length(); i++) {
            line.add(text.charAt(i));
        }
    }
}

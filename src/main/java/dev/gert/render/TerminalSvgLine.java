package dev.gert.render;

import java.util.ArrayList;
import java.util.List;

/** Reads a line of terminal output into runs that can be placed each by itself. */
final class TerminalSvgLine {
    private static final int TAB = 8;

    /**
     * Characters that are drawn together: of one style and one kind of width, so that a font whose
     * glyphs are wider or narrower than a cell can't shift what follows.
     *
     * @param column the cell in which it begins, from 0
     * @param columns how many cells it takes
     */
    record Run(int column, int columns, String text, TerminalSvgStyle style) {}

    private enum Kind {
        ASCII,
        NARROW,
        WIDE
    }

    private final List<Run> runs = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private TerminalSvgStyle style;
    private Kind kind = Kind.ASCII;
    private int start;
    private int column;

    /** {@code style}: that in which the line before it ended. */
    TerminalSvgLine(String line, TerminalSvgStyle style) {
        this.style = style;
        for (int i = 0; i < line.length(); ) {
            int end = endOfSequence(line, i);
            if (end > i) {
                flush();
                this.style = this.style.after(line.substring(i + 2, end - 1));
                i = end;
                continue;
            }
            int point = line.codePointAt(i);
            i += Character.charCount(point);
            if (point == '\t') {
                flush();
                column += TAB - column % TAB;
                start = column;
            } else if (point == ' ') {
                blank(i < line.length() && line.charAt(i) == ' ');
            } else {
                add(point);
            }
        }
        flush();
    }

    List<Run> runs() {
        return runs;
    }

    /** The style in which it ended. */
    TerminalSvgStyle style() {
        return style;
    }

    /** The end of a colour sequence that begins at {@code from}, or {@code from} where there is none. */
    private static int endOfSequence(String line, int from) {
        if (!line.startsWith("\u001b[", from)) {
            return from;
        }
        int at = from + 2;
        while (at < line.length() && (line.charAt(at) == ';' || (line.charAt(at) >= '0' && line.charAt(at) <= '9'))) {
            at++;
        }
        return at < line.length() && line.charAt(at) == 'm' ? at + 1 : from;
    }

    /** Several blanks in a row are not drawn: a viewer may make one of them. */
    private void blank(boolean another) {
        if (another || text.isEmpty() || kind != Kind.ASCII) {
            flush();
            column++;
            start = column;
        } else {
            text.append(' ');
            column++;
        }
    }

    private void add(int point) {
        StringBuilder shown = new StringBuilder();
        Wording.visible(point, shown);
        boolean escaped = shown.length() != Character.charCount(point) || shown.codePointAt(0) != point;
        int width = escaped ? shown.length() : Glyphs.width(point);
        Kind next = escaped || point < 0x7f ? Kind.ASCII : width == 2 ? Kind.WIDE : Kind.NARROW;
        if (width > 0 && next != kind) {
            flush();
            kind = next;
        }
        text.append(shown);
        column += width;
    }

    private void flush() {
        int length = text.length();
        int columns = column - start;
        if (length > 0 && text.charAt(length - 1) == ' ') {
            text.setLength(length - 1);
            columns--;
        }
        if (!text.isEmpty()) {
            runs.add(new Run(start, columns, text.toString(), style));
            text.setLength(0);
        }
        start = column;
    }
}

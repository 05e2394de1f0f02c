package dev.gert.render;

/**
 * A line for the terminal, built a character at a time: what could move the cursor, turn the
 * direction of text or hide is written out as {@code \\u{1b}}; keeps count of its columns.
 */
final class SafeLine {
    private static final int TAB = 4;
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();
    private final boolean unicode;
    private int columns;

    /** Without {@code unicode} only ASCII comes out. */
    SafeLine(boolean unicode) {
        this.unicode = unicode;
    }

    /** One line of words: everything that is not printed as it is is escaped, tabs and line ends too. */
    static String of(String text, boolean unicode) {
        return of(text, unicode, Integer.MAX_VALUE);
    }

    /** The same, cut with an ellipsis where it takes more than {@code limit} columns. */
    static String of(String text, boolean unicode, int limit) {
        SafeLine line = new SafeLine(unicode);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (line.columns >= limit) {
                return line.out.append(ellipsis(unicode)).toString();
            }
            line.add(point);
        }
        return line.out.toString();
    }

    static String ellipsis(boolean unicode) {
        return unicode ? "\u2026" : "...";
    }

    /** A character of a source line; a tab goes on to the next multiple of four columns. */
    void addSource(int point) {
        if (point == '\t') {
            int spaces = TAB - columns % TAB;
            columns += spaces;
            while (spaces-- > 0) {
                out.append(' ');
            }
        } else {
            add(point);
        }
    }

    void add(int point) {
        if (Glyphs.isEscaped(point) || (!unicode && point > 0x7e)) {
            int before = out.length();
            out.append("\\u{");
            int shift = 20;
            while (shift > 0 && point >> shift == 0) {
                shift -= 4;
            }
            for (; shift >= 0; shift -= 4) {
                out.append(HEX.charAt((point >> shift) & 15));
            }
            out.append('}');
            columns += out.length() - before;
        } else {
            out.appendCodePoint(point);
            columns += Glyphs.width(point);
        }
    }

    int columns() {
        return columns;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}

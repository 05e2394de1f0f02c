package dev.gert.terminal;

import dev.gert.render.RunLines;

/** Makes text from a command, a file or a variable fit to be printed (threats.md, "Output"). */
public final class Escapes {
    private Escapes() {}

    /**
     * One line: control characters, line ends, what turns the direction of text and what can't be seen
     * is written out as {@code \\u{1b}}, and without {@code unicode} all that is not ASCII.
     */
    public static String line(String text, boolean unicode) {
        return RunLines.safe(text, unicode);
    }

    /** The same, cut with an ellipsis where it takes more than {@code columns}. */
    public static String line(String text, boolean unicode, int columns) {
        return RunLines.safe(text, unicode, columns);
    }

    /** The same as {@link #line(String, boolean)}, with tabs as blanks and without a carriage return at its end. */
    public static String source(String text, boolean unicode) {
        return RunLines.source(text, unicode);
    }
}

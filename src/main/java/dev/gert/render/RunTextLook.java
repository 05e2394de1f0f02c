package dev.gert.render;

/**
 * How the text of a run is to look.
 *
 * @param unicode whether more than ASCII can be shown
 * @param colour whether escape sequences for colours are written; the words are the same
 * @param width columns of a line; what is wider is folded
 * @param detail how much is told
 * @param idWidth the longest step id, for the columns
 * @param kindWidth the longest step type
 */
public record RunTextLook(boolean unicode, boolean colour, int width, Detail detail, int idWidth, int kindWidth) {
    private static final int WIDEST_ID = 32;
    private static final int DURATION = 7;
    private static final int LEAST_BESIDE = 16;

    public RunTextLook {
        idWidth = Math.min(idWidth, WIDEST_ID);
    }

    /** The beginning of a step's line, and the columns that it takes. */
    record Head(String text, int columns) {}

    /** The same for the lines of a run that another one invoked, which stand further in. */
    RunTextLook inside(int columns, int longestId) {
        return new RunTextLook(unicode, colour, width - columns, detail, longestId, kindWidth);
    }

    /** Mark, id, type and time, in columns; where they would leave no room beside them, without the type. */
    Head head(Mark mark, String id, String kind, String duration) {
        StringBuilder head = new StringBuilder("  ").append(id);
        if (width - (2 + idWidth + 3 + kindWidth + 3 + DURATION) >= LEAST_BESIDE) {
            pad(head, Math.max(3, 2 + idWidth + 3 - head.length()));
            head.append(kind);
            pad(head, Math.max(3, Math.max(2 + idWidth, 2 + id.length()) + 3 + kindWidth + 3 - head.length()));
            pad(head, DURATION - duration.length());
        } else {
            pad(head, Math.min(idWidth, width / 2) - id.length());
            pad(head, Math.max(1, DURATION + 1 - duration.length()));
        }
        head.append(duration);
        return new Head(mark(mark) + head.substring(1), head.length());
    }

    static void pad(StringBuilder out, int count) {
        for (int i = 0; i < count; i++) {
            out.append(' ');
        }
    }

    /** How much is told. */
    public enum Detail {
        /** What went wrong, and how it ended. */
        QUIET,
        NORMAL,
        /** Also commands, rules, conditions, and values as a whole. */
        VERBOSE
    }

    /** What begins the line of a step; never told by the colour alone. */
    enum Mark {
        PASSED('\u2713', '+', "\u001b[32m"),
        FAILED('\u2717', 'x', "\u001b[1;31m"),
        SKIPPED('\u25cb', '-', "\u001b[2m"),
        WAITING('\u25cf', '*', "\u001b[33m"),
        BLOCKED('\u2298', '!', "\u001b[1;31m"),
        DOUBT('?', '?', "\u001b[1;33m");

        private final char drawn;
        private final char ascii;
        private final String tone;

        Mark(char drawn, char ascii, String tone) {
            this.drawn = drawn;
            this.ascii = ascii;
            this.tone = tone;
        }
    }

    String mark(Mark mark) {
        return paint(mark.tone, String.valueOf(unicode ? mark.drawn : mark.ascii));
    }

    String arrow() {
        return unicode ? "\u2192" : "->";
    }

    String bold(String text) {
        return paint("\u001b[1m", text);
    }

    String faint(String text) {
        return paint("\u001b[2m", text);
    }

    private String paint(String tone, String text) {
        return colour ? tone + text + "\u001b[0m" : text;
    }
}

package dev.gert.render;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of text on as many lines as a terminal needs for it. It is broken after blanks, and a command,
 * which is shown as JSON, between its arguments; what fits nowhere is broken where the line ends. No
 * character is lost, and what goes on stands further in, so that it can't pass for a line of its own.
 */
public final class FoldedText {
    private static final int NARROWEST = 20;

    private final String safe;
    private final int width;
    /** The first column of the lines after the first, and the first character that may be broken after. */
    private final int margin;

    private final int text;
    private final boolean json;

    private FoldedText(String safe, int width, int margin, int text) {
        this.safe = safe;
        this.width = width;
        this.margin = margin;
        this.text = text;
        this.json = safe.startsWith("[\"", text) || safe.startsWith("\"", text);
    }

    /**
     * What goes on stands under the text after a label and its two blanks, else two columns further in
     * than the line.
     *
     * @param safe one line without anything that moves the cursor
     */
    public static List<String> lines(String safe, int width) {
        int begin = 0;
        while (begin < safe.length() && safe.charAt(begin) == ' ') {
            begin++;
        }
        int value = value(safe, begin);
        boolean labelled = value > begin && width - value >= NARROWEST;
        return new FoldedText(safe, width, labelled ? value : Math.min(begin, width / 2) + 2, value).lines();
    }

    /**
     * What goes on stands under the text, where that leaves room.
     *
     * @param text where in {@code safe} the text begins
     */
    static List<String> under(String safe, int width, int text) {
        return new FoldedText(safe, width, width - text >= NARROWEST ? text : 2, text).lines();
    }

    /** Where the text after a label and its blanks begins; {@code begin} where there is no label. */
    private static int value(String safe, int begin) {
        int end = safe.indexOf(' ', begin);
        if (end < 0 || end + 1 >= safe.length() || safe.charAt(end + 1) != ' ') {
            return begin;
        }
        while (end < safe.length() && safe.charAt(end) == ' ') {
            end++;
        }
        return end;
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        String indent = "";
        int from = 0;
        int to = end(from, width);
        while (to < safe.length()) {
            lines.add(indent + safe.substring(from, to));
            indent = " ".repeat(margin);
            from = to;
            to = end(from, width - margin);
        }
        lines.add(indent + safe.substring(from));
        return lines;
    }

    /** Where a line that begins at {@code from} and has that many columns ends. */
    private int end(int from, int room) {
        int columns = 0;
        int blank = -1;
        int argument = -1;
        boolean quoted = false;
        int at = from;
        while (at < safe.length()) {
            int point = safe.codePointAt(at);
            columns += Glyphs.width(point);
            if (columns > room && at > from) {
                return argument >= 0 ? argument : blank >= 0 ? blank : at;
            }
            int next = at + Character.charCount(point);
            if (json && point == '\\' && next < safe.length()) {
                next++;
                columns++;
            } else if (point == '"') {
                quoted = !quoted;
            } else if (json && point == ',' && !quoted && at >= text) {
                argument = next;
            } else if (point == ' ' && at >= text) {
                blank = next;
            }
            at = next;
        }
        return at;
    }
}

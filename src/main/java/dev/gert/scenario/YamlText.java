package dev.gert.scenario;

import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Text as YAML writes it; what is read back is the same, but for NUL and half surrogate pairs, which no YAML holds. */
final class YamlText {
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
    /** In characters. */
    private static final int LONGEST_LINE = 400;

    private YamlText() {}

    /** On one line: as it is where that is plainly text, else between quotes. */
    static String of(String text) {
        boolean plain = !text.isEmpty() && isLetter(text.charAt(0)) && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        boolean printable = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            plain &= isLetter(c) || digit || c == '-' || c == '.';
            printable &= c >= ' ' && c <= '~';
        }
        if (plain) {
            return text;
        }
        boolean escapes = text.indexOf('"') >= 0 || text.indexOf('\\') >= 0;
        return printable && escapes ? "'" + text.replace("'", "''") + "'" : quoted(text);
    }

    private static String quoted(String text) {
        return escaped(JsonWriter.compact(JsonValue.text(text)));
    }

    /** JSON with escapes for what its texts may hold as it is and a file that gert reads may not. */
    static String escaped(String json) {
        StringBuilder out = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if ((c >= 0xfdd0 && c <= 0xfdef) || c >= 0xfffe) {
                out.append("\\u").append(Integer.toHexString(c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '/';
    }

    /** A list between brackets. */
    static String list(List<String> texts) {
        StringBuilder list = new StringBuilder("[");
        for (String text : texts) {
            list.append(list.length() > 1 ? ", " : "").append(of(text));
        }
        return list.append(']').toString();
    }

    /**
     * The value of a key, after {@code key:} and a blank: text of several lines as a block where it stands there
     * letter for letter, else on one line.
     *
     * @param indent the blanks before each line of a block, more than the key has
     */
    static String block(String text, int indent) {
        if (!isBlock(text)) {
            return of(text);
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        int ends = text.length() - end;
        StringBuilder out = new StringBuilder("|");
        // Without the indicator, the blanks that the first line begins with would be indentation.
        if (text.charAt(0) == ' ') {
            out.append('2');
        }
        out.append(ends == 0 ? "-" : ends == 1 ? "" : "+");
        int from = 0;
        while (from < text.length()) {
            int newline = text.indexOf('\n', from);
            int to = newline < 0 ? text.length() : newline;
            out.append('\n');
            if (to > from) {
                out.append(" ".repeat(indent)).append(text, from, to);
            }
            from = to + 1;
        }
        return out.toString();
    }

    private static boolean isBlock(String text) {
        int first = text.indexOf('\n');
        if (first <= 0 || text.isBlank()) {
            return false;
        }
        int line = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line = c == '\n' ? 0 : line + 1;
            boolean printable = (c >= ' ' && c <= '~') || c == '\n' || (c >= 0xa0 && c < 0x600);
            boolean blankEnd = c == ' ' && (i + 1 == text.length() || text.charAt(i + 1) == '\n');
            if (!printable || c == 0xad || blankEnd || line > LONGEST_LINE) {
                return false;
            }
        }
        return true;
    }
}

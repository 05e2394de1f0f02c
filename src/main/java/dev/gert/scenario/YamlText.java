package dev.gert.scenario;

import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import java.util.List;
import java.util.Set;

/** Text as YAML writes it on one line; what is read back is the same. */
final class YamlText {
    private static final Set<String> WORDS =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "True", "False", "Null", "Yes", "No");

    private YamlText() {}

    /** As it is where that is plainly text, else between quotes. */
    static String of(String text) {
        boolean plain = !text.isEmpty() && !WORDS.contains(text) && isLetter(text.charAt(0));
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
        return printable && escapes ? "'" + text.replace("'", "''") + "'" : JsonWriter.compact(JsonValue.text(text));
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
}

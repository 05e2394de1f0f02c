package dev.gert.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that gert itself writes, several times as fast as the parser: journals are long. Whatever is
 * unusual or wrong it leaves to {@link JsonReader}'s parser, so what it takes is a part of what that one takes.
 */
final class JsonQuick {
    private static final int MOST_DIGITS = 18;

    private final String text;
    private final int maxDepth;
    private int at;

    private JsonQuick(String text, int maxDepth) {
        this.text = text;
        this.maxDepth = maxDepth;
    }

    /** The document's value, null: the parser has to say. */
    static @Nullable JsonValue read(String text, int maxDepth) {
        JsonQuick quick = new JsonQuick(text, maxDepth);
        JsonValue value = quick.value(0);
        return value != null && quick.at == text.length() ? value : null;
    }

    private @Nullable JsonValue value(int depth) {
        if (at >= text.length()) {
            return null;
        }
        char c = text.charAt(at);
        switch (c) {
            case '"' -> {
                String string = string();
                return string == null ? null : new JsonValue.Text(string);
            }
            case '{' -> {
                return depth < maxDepth ? map(depth + 1) : null;
            }
            case '[' -> {
                return depth < maxDepth ? list(depth + 1) : null;
            }
            case 't' -> {
                return word("true") ? new JsonValue.Bool(true) : null;
            }
            case 'f' -> {
                return word("false") ? new JsonValue.Bool(false) : null;
            }
            case 'n' -> {
                return word("null") ? JsonValue.Null.NULL : null;
            }
            default -> {
                return number();
            }
        }
    }

    private boolean word(String word) {
        boolean is = text.startsWith(word, at);
        at += word.length();
        return is;
    }

    private @Nullable JsonValue map(int depth) {
        Map<String, JsonValue> entries = new LinkedHashMap<>();
        at++;
        if (is('}')) {
            return new JsonValue.MapValue(entries);
        }
        do {
            String name = at < text.length() && text.charAt(at) == '"' ? plain() : null;
            if (name == null || !is(':')) {
                return null;
            }
            JsonValue value = value(depth);
            if (value == null || entries.put(name, value) != null) {
                return null;
            }
        } while (is(','));
        return is('}') ? new JsonValue.MapValue(entries) : null;
    }

    private @Nullable JsonValue list(int depth) {
        List<JsonValue> items = new ArrayList<>();
        at++;
        if (is(']')) {
            return new JsonValue.ListValue(items);
        }
        do {
            JsonValue value = value(depth);
            if (value == null) {
                return null;
            }
            items.add(value);
        } while (is(','));
        return is(']') ? new JsonValue.ListValue(items) : null;
    }

    private boolean is(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /** A string without escapes, null: it has some. */
    private @Nullable String plain() {
        int start = at + 1;
        int end = start;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == '"') {
                at = end + 1;
                return text.substring(start, end);
            }
            if (c == '\\' || c < ' ' || c > '~') {
                return null;
            }
            end++;
        }
        return null;
    }

    private @Nullable String string() {
        int start = at + 1;
        int end = start;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == '"') {
                at = end + 1;
                return text.substring(start, end);
            }
            if (c == '\\') {
                return escaped(start, end);
            }
            if (c < ' ') {
                return null;
            }
            end++;
        }
        return null;
    }

    private @Nullable String escaped(int start, int firstEscape) {
        StringBuilder out = new StringBuilder(firstEscape - start + 64).append(text, start, firstEscape);
        int end = firstEscape;
        while (end < text.length()) {
            char c = text.charAt(end++);
            if (c == '"') {
                at = end;
                return out.toString();
            }
            if (c < ' ') {
                return null;
            }
            if (c == '\\') {
                c = end < text.length() ? text.charAt(end++) : 0;
                switch (c) {
                    case '"', '\\', '/' -> {}
                    case 'n' -> c = '\n';
                    case 't' -> c = '\t';
                    case 'r' -> c = '\r';
                    case 'b' -> c = '\b';
                    case 'f' -> c = '\f';
                    case 'u' -> {
                        int code = hex(end);
                        if (code < 0) {
                            return null;
                        }
                        c = (char) code;
                        end += 4;
                    }
                    default -> {
                        return null;
                    }
                }
            }
            out.append(c);
        }
        return null;
    }

    private int hex(int from) {
        int code = 0;
        for (int i = from; i < from + 4; i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            int digit = c >= '0' && c <= '9'
                    ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
            if (digit < 0) {
                return -1;
            }
            code = code * 16 + digit;
        }
        return code;
    }

    /** An integer of few digits; a sign, a fraction and an exponent are left to the parser. */
    private @Nullable JsonValue number() {
        int start = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = value * 10 + text.charAt(at) - '0';
            at++;
        }
        int digits = at - start;
        boolean taken = digits == 1 || digits > 1 && digits <= MOST_DIGITS && text.charAt(start) != '0';
        char next = at < text.length() ? text.charAt(at) : ',';
        return taken && (next == ',' || next == '}' || next == ']')
                ? new JsonValue.Num(BigDecimal.valueOf(value))
                : null;
    }
}

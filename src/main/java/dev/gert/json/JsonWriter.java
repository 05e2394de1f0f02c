package dev.gert.json;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON into a {@link StringBuilder}, members in the order of the calls. What comes out is
 * always valid as UTF-8: control characters, U+2028, U+2029 and lone surrogates are escaped.
 */
public final class JsonWriter {
    private static final int OBJECT = 1;
    private static final int ARRAY = 2;

    private final StringBuilder out;
    private final int indent;
    private int[] kinds = new int[16];
    private int[] counts = new int[16];
    private int depth;
    private boolean named;

    private JsonWriter(StringBuilder out, int indent) {
        this.out = out;
        this.indent = indent;
    }

    /** A writer of one line. */
    public static JsonWriter compact(StringBuilder out) {
        return new JsonWriter(out, 0);
    }

    /** A writer of lines, indented by two spaces a level; without a newline at the end. */
    public static JsonWriter indented(StringBuilder out) {
        return new JsonWriter(out, 2);
    }

    /** The value on one line. */
    public static String compact(JsonValue value) {
        StringBuilder out = new StringBuilder();
        compact(out).value(value);
        return out.toString();
    }

    /** The value on lines, indented by two spaces a level; without a newline at the end. */
    public static String indented(JsonValue value) {
        StringBuilder out = new StringBuilder();
        indented(out).value(value);
        return out.toString();
    }

    /** Opens an object; {@link #end()} closes it. */
    public JsonWriter object() {
        return open(OBJECT, '{');
    }

    /** Opens an array; {@link #end()} closes it. */
    public JsonWriter array() {
        return open(ARRAY, '[');
    }

    /** Closes what was opened last. */
    public JsonWriter end() {
        if (depth == 0 || named) {
            throw new IllegalStateException("nothing to end");
        }
        depth--;
        if (counts[depth] > 0) {
            newLine();
        }
        out.append(kinds[depth] == OBJECT ? '}' : ']');
        return this;
    }

    /** A member's name; its value is the next call. */
    public JsonWriter name(String name) {
        if (depth == 0 || kinds[depth - 1] != OBJECT || named) {
            throw new IllegalStateException("a name stands in an object, before its value");
        }
        separate();
        JsonEscapes.quote(name, out);
        out.append(indent > 0 ? ": " : ":");
        named = true;
        return this;
    }

    /** Text, or null. */
    public JsonWriter value(@Nullable String value) {
        if (value == null) {
            return nothing();
        }
        before();
        JsonEscapes.quote(value, out);
        return this;
    }

    /** An integer. */
    public JsonWriter value(long value) {
        before();
        out.append(value);
        return this;
    }

    /** A boolean. */
    public JsonWriter value(boolean value) {
        before();
        out.append(value);
        return this;
    }

    /** A decimal, without an exponent. */
    public JsonWriter value(BigDecimal value) {
        before();
        out.append(value.toPlainString());
        return this;
    }

    /** Null. */
    public JsonWriter nothing() {
        before();
        out.append("null");
        return this;
    }

    /** Any value, with all that it holds. */
    public JsonWriter value(JsonValue value) {
        if (value instanceof JsonValue.Text text) {
            return value(text.value());
        } else if (value instanceof JsonValue.Num number) {
            return value(number.value());
        } else if (value instanceof JsonValue.Bool bool) {
            return value(bool.value());
        } else if (value instanceof JsonValue.ListValue list) {
            return list(list.items());
        } else if (value instanceof JsonValue.MapValue map) {
            return map(map.entries());
        }
        return nothing();
    }

    private JsonWriter list(List<JsonValue> items) {
        array();
        for (JsonValue item : items) {
            value(item);
        }
        return end();
    }

    private JsonWriter map(Map<String, JsonValue> entries) {
        object();
        for (Map.Entry<String, JsonValue> entry : entries.entrySet()) {
            name(entry.getKey()).value(entry.getValue());
        }
        return end();
    }

    private JsonWriter open(int kind, char bracket) {
        before();
        if (depth == kinds.length) {
            kinds = Arrays.copyOf(kinds, depth * 2);
            counts = Arrays.copyOf(counts, depth * 2);
        }
        kinds[depth] = kind;
        counts[depth] = 0;
        depth++;
        out.append(bracket);
        return this;
    }

    private void before() {
        if (named) {
            named = false;
        } else if (depth > 0) {
            if (kinds[depth - 1] == OBJECT) {
                throw new IllegalStateException("a value in an object needs a name");
            }
            separate();
        }
    }

    private void separate() {
        if (counts[depth - 1]++ > 0) {
            out.append(',');
        }
        newLine();
    }

    private void newLine() {
        if (indent > 0) {
            out.append('\n');
            for (int i = depth * indent; i > 0; i--) {
                out.append(' ');
            }
        }
    }
}

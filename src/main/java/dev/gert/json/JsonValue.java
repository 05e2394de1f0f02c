package dev.gert.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A value of a condition, a capture or a JSON document (formats.md, section 2, "Values"): text,
 * number, boolean, null, list, map. Maps keep the order they were made in.
 */
public sealed interface JsonValue {
    /** Text. */
    record Text(String value) implements JsonValue {}

    /** A decimal number; prints without an exponent. */
    record Num(BigDecimal value) implements JsonValue {}

    /** A boolean. */
    record Bool(boolean value) implements JsonValue {}

    /** Null. */
    enum Null implements JsonValue {
        NULL
    }

    /** A list. */
    record ListValue(List<JsonValue> items) implements JsonValue {}

    /** A map from names to values, in order. */
    record MapValue(Map<String, JsonValue> entries) implements JsonValue {}

    static JsonValue text(String value) {
        return new Text(value);
    }

    static JsonValue number(long value) {
        return new Num(BigDecimal.valueOf(value));
    }

    static JsonValue bool(boolean value) {
        return new Bool(value);
    }
}

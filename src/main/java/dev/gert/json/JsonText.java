package dev.gert.json;

/** A JSON value as a template prints it (formats.md, section 2). */
public final class JsonText {
    private JsonText() {}

    /** Text as it is, numbers without an exponent, null as nothing, lists and maps as compact JSON. */
    public static String of(JsonValue value) {
        if (value instanceof JsonValue.Text text) {
            return text.value();
        }
        if (value instanceof JsonValue.Num || value instanceof JsonValue.Bool) {
            return JsonWriter.compact(value);
        }
        return value instanceof JsonValue.Null ? "" : JsonWriter.compact(value);
    }
}

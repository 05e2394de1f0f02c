package dev.gert.expr;

import dev.gert.json.JsonValue;
import java.util.Map;

/** How long a value is as text, about: asked before it is written out. */
final class TextSize {
    private long size;

    private TextSize() {}

    /** At least the characters without quotes and escapes; stops soon after {@link Limits#TEXT}. */
    static long of(JsonValue value) {
        TextSize counted = new TextSize();
        counted.add(value);
        return counted.size;
    }

    private void add(JsonValue value) {
        if (size > Limits.TEXT) {
            return;
        }
        size += 2;
        if (value instanceof JsonValue.Text text) {
            size += text.value().length() - 2;
        } else if (value instanceof JsonValue.Num num) {
            size += num.value().precision() + Math.abs((long) num.value().scale());
        } else if (value instanceof JsonValue.ListValue list) {
            for (JsonValue item : list.items()) {
                add(item);
            }
        } else if (value instanceof JsonValue.MapValue map) {
            for (Map.Entry<String, JsonValue> entry : map.entries().entrySet()) {
                size += entry.getKey().length() + 2;
                add(entry.getValue());
            }
        }
    }
}

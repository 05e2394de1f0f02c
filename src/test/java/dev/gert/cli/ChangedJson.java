package dev.gert.cli;

import dev.gert.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A document with one value, key or item somewhere in it changed, taken away or added. */
final class ChangedJson {
    private static final List<JsonValue> VALUES = List.of(
            JsonValue.text("surprise"),
            JsonValue.text(""),
            JsonValue.number(7),
            JsonValue.bool(true),
            JsonValue.Null.NULL,
            new JsonValue.ListValue(List.of()),
            new JsonValue.ListValue(List.of(JsonValue.text("a"))),
            new JsonValue.MapValue(Map.of()),
            new JsonValue.MapValue(Map.of("surprise", JsonValue.text("b"))));

    private final Random random;

    ChangedJson(Random random) {
        this.random = random;
    }

    JsonValue of(JsonValue document) {
        return changed(document, random.nextInt(size(document)));
    }

    /** {@code place}: counted through the document, its own beginning 0. */
    private JsonValue changed(JsonValue value, int place) {
        if (place == 0) {
            return here(value);
        }
        int left = place - 1;
        if (value instanceof JsonValue.MapValue map) {
            Map<String, JsonValue> entries = new LinkedHashMap<>();
            for (Map.Entry<String, JsonValue> entry : map.entries().entrySet()) {
                int size = size(entry.getValue());
                entries.put(
                        entry.getKey(), left >= 0 && left < size ? changed(entry.getValue(), left) : entry.getValue());
                left -= size;
            }
            return new JsonValue.MapValue(entries);
        }
        List<JsonValue> items = new ArrayList<>();
        for (JsonValue item : ((JsonValue.ListValue) value).items()) {
            int size = size(item);
            items.add(left >= 0 && left < size ? changed(item, left) : item);
            left -= size;
        }
        return new JsonValue.ListValue(items);
    }

    private JsonValue here(JsonValue value) {
        JsonValue other = VALUES.get(random.nextInt(VALUES.size()));
        if (value instanceof JsonValue.MapValue map && random.nextInt(4) > 0) {
            Map<String, JsonValue> entries = new LinkedHashMap<>();
            int victim =
                    map.entries().isEmpty() ? -1 : random.nextInt(map.entries().size());
            int what = random.nextInt(3);
            for (Map.Entry<String, JsonValue> entry : map.entries().entrySet()) {
                boolean hit = victim-- == 0 && what < 2;
                if (hit && what == 0) {
                    continue;
                }
                entries.put(hit ? entry.getKey() + "x" : entry.getKey(), entry.getValue());
            }
            if (what == 2) {
                entries.put("surprise", other);
            }
            return new JsonValue.MapValue(entries);
        }
        if (value instanceof JsonValue.ListValue list && random.nextInt(4) > 0) {
            List<JsonValue> items = new ArrayList<>(list.items());
            if (items.isEmpty() || random.nextBoolean()) {
                items.add(other);
            } else {
                items.remove(random.nextInt(items.size()));
            }
            return new JsonValue.ListValue(items);
        }
        return other;
    }

    private static int size(JsonValue value) {
        int size = 1;
        if (value instanceof JsonValue.MapValue map) {
            for (JsonValue below : map.entries().values()) {
                size += size(below);
            }
        } else if (value instanceof JsonValue.ListValue list) {
            for (JsonValue below : list.items()) {
                size += size(below);
            }
        }
        return size;
    }
}

package dev.gert.cli;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The keys of a file, as its JSON Schema has them, that hold a value and no keys of the format's own. */
final class SchemaFields {
    private static final List<String> ALTERNATIVES = List.of("oneOf", "anyOf", "allOf");
    private static final List<String> PARTS = List.of("items", "additionalProperties");

    private final Map<String, JsonValue> definitions;
    private final Set<String> fields = new TreeSet<>();

    private SchemaFields(JsonValue.MapValue root) {
        this.definitions = root.entries().get("$defs") instanceof JsonValue.MapValue map ? map.entries() : Map.of();
    }

    /** Named from the definition that they stand in: {@code retry.delay}, {@code meta.prose.notes}. */
    static Set<String> of(String kind) throws IOException {
        String text = Files.readString(Path.of("src/main/resources/dev/gert/schema", kind + ".json"));
        JsonValue.MapValue root = (JsonValue.MapValue) ((JsonResult.Ok) JsonReader.read(text)).value();
        SchemaFields found = new SchemaFields(root);
        found.walk(root, "");
        found.definitions.forEach((name, schema) -> found.walk(schema, name));
        return found.fields;
    }

    private void walk(JsonValue schema, String path) {
        if (!(schema instanceof JsonValue.MapValue map)) {
            return;
        }
        if (map.entries().get("properties") instanceof JsonValue.MapValue properties) {
            properties.entries().forEach((key, value) -> {
                String name = path.isEmpty() ? key : path + "." + key;
                if (value instanceof JsonValue.MapValue && !holdsKeys(value, new HashSet<>())) {
                    fields.add(name);
                }
                walk(value, name);
            });
        }
        PARTS.forEach(key -> walk(map.entries().get(key), path));
        for (String key : ALTERNATIVES) {
            if (map.entries().get(key) instanceof JsonValue.ListValue ways) {
                ways.items().forEach(way -> walk(way, path));
            }
        }
    }

    private boolean holdsKeys(JsonValue schema, Set<String> seen) {
        if (schema instanceof JsonValue.ListValue list) {
            return list.items().stream().anyMatch(item -> holdsKeys(item, seen));
        }
        if (!(schema instanceof JsonValue.MapValue map)) {
            return false;
        }
        if (map.entries().get("properties") != null) {
            return true;
        }
        if (map.entries().get("$ref") instanceof JsonValue.Text reference) {
            String name = reference.value().substring("#/$defs/".length());
            return seen.add(name) && holdsKeys(definitions.get(name), seen);
        }
        return map.entries().values().stream().anyMatch(part -> holdsKeys(part, seen));
    }
}

package dev.gert.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of a file as its JSON Schema has them, a Markdown table for each place that keys can stand in. */
final class SchemaTables {
    private static final Pattern DEFAULT = Pattern.compile(" ?Default: (.+?)\\.(?= |$)");
    private static final Set<String> CHECKS = Set.of("if", "then", "else", "allOf", "dependentSchemas");
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("text", "text"),
            Map.entry("textOrNothing", "text"),
            Map.entry("filled", "text"),
            Map.entry("texts", "list of texts"),
            Map.entry("name", "name"),
            Map.entry("id", "name"),
            Map.entry("duration", "duration"),
            Map.entry("timeout", "duration"),
            Map.entry("delay", "duration"),
            Map.entry("title", "text"),
            Map.entry("instructions", "text"),
            Map.entry("when", "condition"),
            Map.entry("values", "map of texts"),
            Map.entry("argv", "list of texts"),
            Map.entry("capture", "map of texts"),
            Map.entry("nodes", "list of nodes"),
            Map.entry("finally", "list of nodes"),
            Map.entry("commandPattern", "pattern"),
            Map.entry("commandPatterns", "list of patterns"),
            Map.entry("variableGlobs", "list of globs"));

    private final JsonValue.MapValue root;
    private final Map<String, String> tables = new TreeMap<>();

    SchemaTables(String kind) throws IOException {
        String text = Files.readString(Path.of("src/main/resources/dev/gert/schema", kind + ".json"));
        root = (JsonValue.MapValue) ((JsonResult.Ok) JsonReader.read(text)).value();
        walk(root, "");
    }

    /** By JSON pointer; the alternatives of one {@code oneOf} share a table, which is at that list. */
    Map<String, String> tables() {
        return tables;
    }

    private void walk(JsonValue at, String pointer) {
        if (at instanceof JsonValue.ListValue list) {
            for (int i = 0; i < list.items().size(); i++) {
                walk(list.items().get(i), pointer + "/" + i);
            }
        } else if (at instanceof JsonValue.MapValue map) {
            boolean several = pointer.matches(".*/oneOf/[0-9]+");
            if (map.entries().get("properties") instanceof JsonValue.MapValue && !several) {
                tables.put(pointer, one(map));
            }
            if (map.entries().get("oneOf") instanceof JsonValue.ListValue ways && have(ways, "properties")) {
                tables.put(pointer + "/oneOf", several(map, ways));
            }
            for (Map.Entry<String, JsonValue> entry : map.entries().entrySet()) {
                if (!CHECKS.contains(entry.getKey())) {
                    walk(entry.getValue(), pointer + "/" + entry.getKey());
                }
            }
        }
    }

    private static boolean have(JsonValue.ListValue ways, String key) {
        for (JsonValue way : ways.items()) {
            if (!((JsonValue.MapValue) way).entries().containsKey(key)) {
                return false;
            }
        }
        return true;
    }

    private String one(JsonValue.MapValue object) {
        StringBuilder table = new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
        for (Map.Entry<String, JsonValue> key : properties(object).entrySet()) {
            Row row = row(object, key.getKey(), (JsonValue.MapValue) key.getValue());
            line(table, row.key(), row.value() + (row.required() ? ", required" : ""), row.standard(), row.meaning());
        }
        return table.toString();
    }

    /** A table of all alternatives, with a column that says which of them have the key. */
    private String several(JsonValue.MapValue whole, JsonValue.ListValue ways) {
        Map<String, List<String>> where = new LinkedHashMap<>();
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        for (JsonValue each : ways.items()) {
            JsonValue.MapValue way = (JsonValue.MapValue) each;
            String title = text(way, "title").replaceAll(":.*", "");
            for (Map.Entry<String, JsonValue> key : properties(way).entrySet()) {
                where.computeIfAbsent(key.getKey(), name -> new ArrayList<>()).add(title);
                rows.computeIfAbsent(key.getKey(), name -> new ArrayList<>())
                        .add(row(way, key.getKey(), (JsonValue.MapValue) key.getValue()));
            }
        }
        StringBuilder table = new StringBuilder("| key | of | value | default | meaning |\n|---|---|---|---|---|\n");
        for (Map.Entry<String, List<Row>> key : rows.entrySet()) {
            List<Row> all = key.getValue();
            List<String> titles = where.get(key.getKey());
            boolean required = isRequired(whole, key.getKey()) || all.stream().allMatch(Row::required);
            line(
                    table,
                    all.get(0).key(),
                    titles.size() == ways.items().size() ? "all" : among(titles, ways),
                    String.join(", ", distinct(all.stream().map(Row::value).toList())) + (required ? ", required" : ""),
                    all.get(0).standard(),
                    String.join(" ", distinct(all.stream().map(Row::meaning).toList())));
        }
        return table.toString();
    }

    private static void line(StringBuilder table, String... cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String among(List<String> titles, JsonValue.ListValue ways) {
        if (titles.size() < ways.items().size() - 1 || titles.size() == 1) {
            return String.join(", ", titles);
        }
        for (JsonValue way : ways.items()) {
            String title = text((JsonValue.MapValue) way, "title").replaceAll(":.*", "");
            if (!titles.contains(title)) {
                return "all but " + title;
            }
        }
        return "all";
    }

    private static List<String> distinct(List<String> texts) {
        return texts.stream().distinct().toList();
    }

    private record Row(String key, boolean required, String value, String standard, String meaning) {}

    private Row row(JsonValue.MapValue object, String key, JsonValue.MapValue property) {
        String description = text(property, "description");
        for (JsonValue.MapValue at = property; description.isEmpty() && at != next(at); at = next(at)) {
            description = text(next(at), "description");
        }
        assertThat(description).as(key).isNotEmpty();
        Matcher standard = DEFAULT.matcher(description);
        boolean said = standard.find();
        String meaning = said ? standard.replaceFirst("") : description;
        return new Row(
                "`" + key + "`",
                isRequired(object, key),
                cell(value(property)),
                cell(said ? standard.group(1) : ""),
                cell(meaning.strip()));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static boolean isRequired(JsonValue.MapValue object, String key) {
        return object.entries().get("required") instanceof JsonValue.ListValue required
                && required.items().contains(JsonValue.text(key));
    }

    private String value(JsonValue.MapValue property) {
        String reference = text(property, "$ref").replaceAll(".*/", "");
        if (NAMED.containsKey(reference)) {
            return NAMED.get(reference);
        }
        JsonValue.MapValue schema = target(property);
        if (schema.entries().containsKey("const")) {
            return "`" + text(schema, "const") + "`";
        }
        if (schema.entries().get("enum") instanceof JsonValue.ListValue words) {
            List<String> all = new ArrayList<>();
            words.items().forEach(word -> all.add("`" + ((JsonValue.Text) word).value() + "`"));
            return String.join(", ", all);
        }
        for (String either : new String[] {"oneOf", "anyOf"}) {
            boolean open = !schema.entries().containsKey("type");
            if (open && schema.entries().get(either) instanceof JsonValue.ListValue ways) {
                return String.join(
                        " or ",
                        distinct(ways.items().stream()
                                .map(way -> value((JsonValue.MapValue) way))
                                .toList()));
            }
        }
        if (schema.entries().get("items") instanceof JsonValue.MapValue items) {
            String each = value(items);
            return each.contains(" or ") ? "list" : "list of " + each.replaceFirst("^(map|text|name|number)$", "$1s");
        }
        String types = String.valueOf(schema.entries().get("type"));
        for (String[] pair : new String[][] {
            {"integer", "number"},
            {"number", "number"},
            {"boolean", "`true`, `false`"},
            {"array", "list"},
            {"object", "map"},
            {"string", "text"}
        }) {
            if (types.contains(pair[0])) {
                return pair[1];
            }
        }
        return schema.entries().containsKey("additionalProperties") ? "map" : "anything";
    }

    /** The schema at the end of the references. */
    private JsonValue.MapValue target(JsonValue.MapValue property) {
        JsonValue.MapValue at = property;
        while (at != next(at)) {
            at = next(at);
        }
        return at;
    }

    /** What is referred to, or the schema itself where it refers to nothing. */
    private JsonValue.MapValue next(JsonValue.MapValue property) {
        String reference = text(property, "$ref");
        if (reference.isEmpty()) {
            return property;
        }
        JsonValue at = root;
        for (String part : reference.substring(2).split("/")) {
            at = ((JsonValue.MapValue) at).entries().get(part);
        }
        return (JsonValue.MapValue) at;
    }

    private static Map<String, JsonValue> properties(JsonValue.MapValue object) {
        return ((JsonValue.MapValue) object.entries().get("properties")).entries();
    }

    private static String text(JsonValue.MapValue map, String key) {
        return map.entries().get(key) instanceof JsonValue.Text text ? text.value() : "";
    }
}

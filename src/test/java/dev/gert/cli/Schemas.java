package dev.gert.cli;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The schemas that {@code gert schema} prints, put to files as an editor puts them. */
final class Schemas {
    private final Map<String, Schema> schemas = new HashMap<>();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** Where something is wrong, as JSON pointers, each with what is said there; empty: the file is valid. */
    TreeSet<String> findings(String kind, YamlNode file) {
        Schema schema = schemas.computeIfAbsent(kind, k -> registry.getSchema(SchemaCommand.text(k), InputFormat.JSON));
        TreeSet<String> findings = new TreeSet<>();
        schema.validate(JsonWriter.compact(json(file)), InputFormat.JSON)
                .forEach(error -> findings.add(error.getInstanceLocation() + ": " + error.getMessage()));
        return findings;
    }

    /** As an editor reads it; a number that is no plain decimal stays text, as it does for gert. */
    static JsonValue json(YamlNode node) {
        if (node instanceof YamlNode.Mapping map) {
            Map<String, JsonValue> entries = new LinkedHashMap<>();
            map.entries().forEach(entry -> entries.put(entry.key().text(), json(entry.value())));
            return new JsonValue.MapValue(entries);
        }
        if (node instanceof YamlNode.Sequence list) {
            List<JsonValue> items = new ArrayList<>();
            list.items().forEach(item -> items.add(json(item)));
            return new JsonValue.ListValue(items);
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        return switch (scalar.kind()) {
            case NULL -> JsonValue.Null.NULL;
            case BOOLEAN ->
                JsonValue.bool(scalar.text().charAt(0) == 't' || scalar.text().charAt(0) == 'T');
            case NUMBER ->
                scalar.decimal() == null ? JsonValue.text(scalar.text()) : new JsonValue.Num(scalar.decimal());
            case TEXT -> JsonValue.text(scalar.text());
        };
    }
}

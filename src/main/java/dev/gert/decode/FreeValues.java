package dev.gert.decode;

import dev.gert.json.JsonValue;
import dev.gert.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What gert hands on without reading it: plain decimals become numbers, {@code true} a boolean, all else text. */
final class FreeValues {
    private FreeValues() {}

    static JsonValue of(YamlNode node) {
        if (node instanceof YamlNode.Mapping map) {
            return of(map.entries());
        }
        if (node instanceof YamlNode.Sequence list) {
            List<JsonValue> items = new ArrayList<>();
            for (YamlNode item : list.items()) {
                items.add(of(item));
            }
            return new JsonValue.ListValue(items);
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        BigDecimal number = scalar.decimal();
        return switch (scalar.kind()) {
            case NULL -> JsonValue.Null.NULL;
            case BOOLEAN ->
                JsonValue.bool(scalar.text().charAt(0) == 't' || scalar.text().charAt(0) == 'T');
            case NUMBER -> number == null ? JsonValue.text(scalar.text()) : new JsonValue.Num(number);
            case TEXT -> JsonValue.text(scalar.text());
        };
    }

    static JsonValue.MapValue of(List<YamlNode.Entry> entries) {
        Map<String, JsonValue> map = new LinkedHashMap<>();
        for (YamlNode.Entry entry : entries) {
            map.put(entry.key().text(), of(entry.value()));
        }
        return new JsonValue.MapValue(map);
    }
}

package dev.gert.provider;

import dev.gert.diagnostic.Suggestions;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The method {@code resolve} of an input provider (formats-dialect.md, {@code provider/v0}). */
public final class ResolveCall {
    /** The method's name. */
    public static final String METHOD = "resolve";

    private final List<Binding> bindings;
    private final Map<String, String> context;

    /** {@code context}: values of the provider's {@code context_fields}, in their order. */
    public ResolveCall(List<Binding> bindings, Map<String, String> context) {
        this.bindings = List.copyOf(bindings);
        this.context = new LinkedHashMap<>(context);
    }

    /**
     * An input that is asked for.
     *
     * @param from as the runbook says it: {@code icm.title}
     * @param pattern what its value must match; null: anything
     */
    public record Binding(
            String name, String from, @Nullable String pattern) {}

    /**
     * What the provider gave. Texts are raw: the redactor has not seen them.
     *
     * @param values by name, in the order of the bindings; an input that the provider does not know is not there
     * @param warnings the provider's own, then gert's
     * @param problems why the answer can't be used; with one, {@code values} must not be
     */
    public record Resolved(Map<String, String> values, List<String> warnings, List<String> problems) {}

    /** {@code {bindings: {name: {from, pattern}}, context: {…}}}; an input without a pattern has none here. */
    public JsonValue params() {
        Map<String, JsonValue> asked = new LinkedHashMap<>();
        for (Binding binding : bindings) {
            Map<String, JsonValue> one = new LinkedHashMap<>();
            one.put("from", JsonValue.text(binding.from()));
            if (binding.pattern() != null) {
                one.put("pattern", JsonValue.text(binding.pattern()));
            }
            asked.put(binding.name(), new JsonValue.MapValue(one));
        }
        Map<String, JsonValue> told = new LinkedHashMap<>();
        for (Map.Entry<String, String> field : context.entrySet()) {
            told.put(field.getKey(), JsonValue.text(field.getValue()));
        }
        Map<String, JsonValue> params = new LinkedHashMap<>();
        params.put("bindings", new JsonValue.MapValue(asked));
        params.put("context", new JsonValue.MapValue(told));
        return new JsonValue.MapValue(params);
    }

    /**
     * Reads {@code {resolved: {}, warnings: []}}. A number or a boolean becomes text as JSON writes it;
     * null counts as not known; what was not asked for is left out with a warning.
     */
    public Resolved read(JsonValue result) {
        List<String> warnings = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        if (!(result instanceof JsonValue.MapValue map)) {
            problems.add("the provider's answer is not a map with `resolved`");
            return new Resolved(values, warnings, problems);
        }
        JsonValue resolved = map.entries().get("resolved");
        if (resolved instanceof JsonValue.MapValue given) {
            values(given.entries(), values, warnings, problems);
        } else {
            problems.add("the provider's answer "
                    + (resolved == null ? "has no map `resolved`" : "has a `resolved` that is not a map"));
        }
        List<String> own = new ArrayList<>();
        said(map.entries().get("warnings"), own, problems);
        own.addAll(warnings);
        for (String key : map.entries().keySet()) {
            if (!key.equals("resolved") && !key.equals("warnings")) {
                own.add("the provider's answer has a member `" + key + "`, which means nothing");
            }
        }
        return new Resolved(values, own, problems);
    }

    private void values(
            Map<String, JsonValue> given, Map<String, String> values, List<String> warnings, List<String> problems) {
        List<String> names = new ArrayList<>();
        for (Binding binding : bindings) {
            names.add(binding.name());
            JsonValue value = given.get(binding.name());
            if (value instanceof JsonValue.MapValue || value instanceof JsonValue.ListValue) {
                problems.add("the provider's value of `" + binding.name() + "` is a "
                        + (value instanceof JsonValue.MapValue ? "map" : "list") + ", not text");
            } else if (value != null && !(value instanceof JsonValue.Null)) {
                values.put(binding.name(), JsonText.of(value));
            }
        }
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                String nearest = Suggestions.nearest(name, names);
                warnings.add("the provider gave `" + name + "`, which was not asked for"
                        + (nearest == null ? "" : "; `" + nearest + "` was"));
            }
        }
    }

    private static void said(@Nullable JsonValue warnings, List<String> own, List<String> problems) {
        if (warnings == null || warnings instanceof JsonValue.Null) {
            return;
        }
        if (!(warnings instanceof JsonValue.ListValue list)) {
            problems.add("the provider's `warnings` are not a list");
            return;
        }
        for (JsonValue warning : list.items()) {
            if (warning instanceof JsonValue.Text text) {
                own.add(text.value());
            } else {
                problems.add("one of the provider's `warnings` is not text");
            }
        }
    }
}

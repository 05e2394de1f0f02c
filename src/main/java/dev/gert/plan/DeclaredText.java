package dev.gert.plan;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Step;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Steps as their files declare them: every key and value but the branches; comments and layout are not part of it. */
public final class DeclaredText {
    private static final int MOST_ALIASES = 50;

    private final IdentityHashMap<Source, @Nullable YamlNode> files = new IdentityHashMap<>();

    /** Two steps are declared alike when and only when their texts are equal. */
    public String of(Step step) {
        Span id = step.common().idSpan();
        Source source = id.source();
        if (!files.containsKey(source)) {
            files.put(source, YamlReader.read(source, MOST_ALIASES, new Diagnostics()));
        }
        YamlNode.Mapping mapping = find(files.get(source), id.start());
        if (mapping == null) {
            throw new IllegalStateException("no step is declared at " + id.place());
        }
        StringBuilder text = new StringBuilder();
        write(mapping, text, true);
        return text.toString();
    }

    private static YamlNode.@Nullable Mapping find(@Nullable YamlNode node, int idStart) {
        if (node instanceof YamlNode.Mapping mapping) {
            YamlNode id = mapping.get("id");
            if (id != null && id.span().start() == idStart) {
                return mapping;
            }
            for (YamlNode.Entry entry : mapping.entries()) {
                YamlNode.Mapping found = find(entry.value(), idStart);
                if (found != null) {
                    return found;
                }
            }
        } else if (node instanceof YamlNode.Sequence sequence) {
            for (YamlNode item : sequence.items()) {
                YamlNode.Mapping found = find(item, idStart);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static void write(YamlNode node, StringBuilder out, boolean step) {
        if (node instanceof YamlNode.Mapping mapping) {
            Map<String, YamlNode> sorted = new TreeMap<>();
            for (YamlNode.Entry entry : mapping.entries()) {
                sorted.put(entry.key().text(), entry.value());
            }
            if (step) {
                sorted.remove("branches");
            }
            out.append('{');
            sorted.forEach((key, value) -> {
                write(key, out);
                write(value, out, false);
            });
            out.append('}');
        } else if (node instanceof YamlNode.Sequence sequence) {
            out.append('[');
            for (YamlNode item : sequence.items()) {
                write(item, out, false);
            }
            out.append(']');
        } else if (node instanceof YamlNode.Scalar scalar) {
            out.append(scalar.kind());
            write(scalar.text(), out);
        }
    }

    private static void write(String text, StringBuilder out) {
        out.append(text.length()).append(':').append(text);
    }
}

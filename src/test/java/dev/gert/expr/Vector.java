package dev.gert.expr;

import static java.util.Objects.requireNonNull;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonValue;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One case of the numbered files of {@code src/test/cases/expr}: a map with an expression, its names, and what is expected. */
record Vector(YamlNode.Mapping node) implements Scope {
    private static final Path FOLDER = Path.of("src/test/cases/expr");
    private static final Set<String> KEYS = Set.of(
            "expr",
            "template",
            "vars",
            "unset",
            "open",
            "value",
            "test",
            "text",
            "fails",
            "error",
            "help",
            "code",
            "column",
            "lenient",
            "opens",
            "parts",
            "around",
            "then",
            "braces");

    static List<Vector> all() {
        List<Vector> vectors = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(Vector::holdsVectors).sorted().toList()) {
                vectors.addAll(read(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return vectors;
    }

    /** The tables beside them are of other tests. */
    private static boolean holdsVectors(Path file) {
        return !file.endsWith("analysis.yaml") && !file.endsWith("go-templates.yaml");
    }

    private static List<Vector> read(Path file) throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of(file.toString(), Files.readString(file)), 0, diagnostics);
        if (diagnostics.hasErrors() || !(root instanceof YamlNode.Sequence cases)) {
            throw new IllegalStateException(file + ": " + diagnostics.sorted());
        }
        List<Vector> vectors = new ArrayList<>();
        for (YamlNode item : cases.items()) {
            Vector vector = new Vector((YamlNode.Mapping) item);
            for (YamlNode.Entry entry : vector.node.entries()) {
                if (!KEYS.contains(entry.key().text())) {
                    throw new IllegalStateException(entry.key().span().place() + ": unknown key");
                }
            }
            vectors.add(vector);
        }
        return vectors;
    }

    boolean has(String key) {
        return node.get(key) != null;
    }

    boolean isTemplate() {
        return has("template");
    }

    /** The expression or template, with what is to be repeated about it. */
    String written() {
        String text = text(isTemplate() ? "template" : "expr");
        List<String> around = texts("around");
        if (!around.isEmpty()) {
            int times = Integer.parseInt(around.get(0));
            text = around.get(1).repeat(times) + text + around.get(2).repeat(times);
        }
        List<String> then = texts("then");
        if (!then.isEmpty()) {
            text += then.get(1).repeat(Integer.parseInt(then.get(0)));
        }
        return has("braces") ? "{{ " + text + " }}" : text;
    }

    String text(String key) {
        return ((YamlNode.Scalar) requireNonNull(node.get(key), key)).text();
    }

    JsonValue value(String key) {
        return value(requireNonNull(node.get(key), key));
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        if (node.get(key) instanceof YamlNode.Sequence list) {
            for (YamlNode item : list.items()) {
                texts.add(((YamlNode.Scalar) item).text());
            }
        }
        return texts;
    }

    @Override
    public Lookup find(String name) {
        if (texts("open").contains(name)) {
            return new Lookup.Open();
        }
        if (texts("unset").contains(name)) {
            return new Lookup.Unset("step `s` did not run");
        }
        YamlNode found = node.get("vars") instanceof YamlNode.Mapping vars ? vars.get(name) : null;
        return found == null ? new Lookup.Undeclared() : new Lookup.Known(value(found));
    }

    static JsonValue value(YamlNode node) {
        if (node instanceof YamlNode.Sequence list) {
            List<JsonValue> items = new ArrayList<>();
            for (YamlNode item : list.items()) {
                items.add(value(item));
            }
            return new JsonValue.ListValue(items);
        }
        if (node instanceof YamlNode.Mapping map) {
            Map<String, JsonValue> entries = new LinkedHashMap<>();
            for (YamlNode.Entry entry : map.entries()) {
                entries.put(entry.key().text(), value(entry.value()));
            }
            return new JsonValue.MapValue(entries);
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        return switch (scalar.kind()) {
            case TEXT -> JsonValue.text(scalar.text());
            case NUMBER -> new JsonValue.Num(new BigDecimal(scalar.text()));
            case BOOLEAN -> JsonValue.bool(scalar.text().equals("true"));
            case NULL -> JsonValue.Null.NULL;
        };
    }

    @Override
    public String toString() {
        @Nullable String name = node.span().source().name();
        return Path.of(name).getFileName() + ":" + node.span().position().line() + " "
                + text(isTemplate() ? "template" : "expr");
    }
}

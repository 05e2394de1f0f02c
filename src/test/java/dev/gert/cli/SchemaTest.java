package dev.gert.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas themselves: they are schemas, say something of every key, accept what the formats hold and no more. */
class SchemaTest {
    private static final Path CASES = Path.of("src/test/cases/schema");
    /** Kinds that gert writes. */
    private static final List<String> REPORTS = List.of("coverage", "runs", "stats", "evidence");

    private static final Schemas SCHEMAS = new Schemas();

    /** {@code at}: a JSON pointer to what is wrong; empty text: the document itself. */
    record Case(String kind, String name, String at, String text) {
        @Override
        public String toString() {
            return kind + ": " + name;
        }

        YamlNode node() {
            Diagnostics diagnostics = new Diagnostics();
            YamlNode node = YamlReader.read(Source.of(name, text), 50, diagnostics);
            assertThat(diagnostics.hasErrors()).as("%s", diagnostics.sorted()).isFalse();
            return requireNonNull(node);
        }
    }

    static Stream<String> kinds() {
        return SchemaCommand.KINDS.stream().map(row -> row[0]);
    }

    static List<Case> accepted() throws IOException {
        return cases("accepted.yaml");
    }

    static List<Case> refused() throws IOException {
        return cases("refused.yaml");
    }

    @Test
    void everyFileOfTheFolderIsAKind() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/dev/gert/schema"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(kinds().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isASchemaAndSaysSomethingOfEveryKey(String kind) {
        String text = SchemaCommand.text(kind);
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                        .validate(text, InputFormat.JSON))
                .isEmpty();
        JsonValue.MapValue root = (JsonValue.MapValue) ((JsonResult.Ok) JsonReader.read(text)).value();
        assertThat(root.entries())
                .containsEntry("$schema", JsonValue.text("https://json-schema.org/draft/2020-12/schema"))
                .containsEntry(
                        "$id", JsonValue.text("urn:gert:schema:" + kind + (REPORTS.contains(kind) ? ":v1" : ":v0")))
                .containsKeys("title", "description");
        List<String> silent = new ArrayList<>();
        silent(root, root, "", silent);
        assertThat(silent).as("keys without a description").isEmpty();
    }

    /** The properties of {@code schema} and all below that an editor could say nothing of. */
    private static void silent(JsonValue schema, JsonValue.MapValue root, String path, List<String> silent) {
        if (schema instanceof JsonValue.ListValue list) {
            list.items().forEach(item -> silent(item, root, path, silent));
        }
        if (!(schema instanceof JsonValue.MapValue map)) {
            return;
        }
        boolean declares = !path.endsWith("/if") && !path.endsWith("/then") && !path.endsWith("/else");
        declares &= !path.contains("/dependentSchemas/") && !path.contains("/then/") && !path.contains("/if/");
        if (declares && map.entries().get("properties") instanceof JsonValue.MapValue properties) {
            properties.entries().forEach((key, property) -> {
                if (!described(property, root)) {
                    silent.add(path + "/" + key);
                }
            });
        }
        map.entries().forEach((key, below) -> {
            if (!key.equals("examples") && !key.equals("default")) {
                silent(below, root, path + "/" + key, silent);
            }
        });
    }

    private static boolean described(JsonValue property, JsonValue.MapValue root) {
        Map<String, JsonValue> entries = ((JsonValue.MapValue) property).entries();
        if (entries.get("description") instanceof JsonValue.Text text) {
            return text.value().endsWith(".") && text.value().length() > 10;
        }
        return entries.get("$ref") instanceof JsonValue.Text ref
                && described(
                        requireNonNull(((JsonValue.MapValue)
                                        requireNonNull(root.entries().get("$defs")))
                                .entries()
                                .get(ref.value().substring("#/$defs/".length()))),
                        root);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void accepts(Case file) {
        assertThat(SCHEMAS.findings(file.kind(), file.node())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(Case file) {
        assertThat(SCHEMAS.findings(file.kind(), file.node()))
                .as("what stands at %s", file.at())
                .anyMatch(finding -> finding.startsWith(file.at() + ": "));
    }

    private static List<Case> cases(String name) throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of(name, Files.readString(CASES.resolve(name))), 0, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        List<Case> cases = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) requireNonNull(root)).items()) {
            YamlNode.Mapping map = (YamlNode.Mapping) item;
            cases.add(new Case(text(map, "kind"), text(map, "name"), text(map, "at"), text(map, "text")));
        }
        return cases;
    }

    private static String text(YamlNode.Mapping map, String key) {
        return map.get(key) instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    }
}

package dev.gert.expr;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates against Go's own, whose answers stand in {@code src/test/cases/expr/go-templates.yaml}. */
final class GoTemplateTest {
    private static final Path FILE = Path.of("src/test/cases/expr/go-templates.yaml");
    private static final Path PROGRAM = Path.of("src/test/go/templates.go");
    private static final Set<String> KEYS = Set.of("template", "vars", "go", "goFails", "gert", "gertFails", "why");

    /** One template with its names, Go's answer, and gert's where that is another. */
    record Row(YamlNode.Mapping node) {
        @Nullable
        String text(String key) {
            return node.get(key) instanceof YamlNode.Scalar scalar ? scalar.text() : null;
        }

        Map<String, JsonValue> vars() {
            YamlNode vars = node.get("vars");
            return vars == null ? Map.of() : ((JsonValue.MapValue) Vector.value(vars)).entries();
        }

        @Override
        public String toString() {
            return node.span().position().line() + " " + text("template");
        }
    }

    static List<Row> rows() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of(FILE.toString(), Files.readString(FILE)), 0, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        List<Row> rows = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) requireNonNull(root)).items()) {
            YamlNode.Mapping row = (YamlNode.Mapping) item;
            for (YamlNode.Entry entry : row.entries()) {
                assertThat(KEYS).contains(entry.key().text());
            }
            rows.add(new Row(row));
        }
        return rows;
    }

    @Test
    void noRowIsLostAndEveryDifferenceHasItsReason() throws IOException {
        List<Row> rows = rows();
        assertThat(rows).hasSizeGreaterThan(200);
        for (Row row : rows) {
            boolean differs = row.text("gert") != null || row.text("gertFails") != null;
            assertThat(row.text("why") != null).as(row.toString()).isEqualTo(differs);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void gertAnswersAsWritten(Row row) {
        Template template = Template.parse(Scalars.of(requireNonNull(row.text("template"))), new Diagnostics());
        Map<String, JsonValue> vars = row.vars();
        Evaluation found = template.evaluate(name -> {
            JsonValue value = vars.get(name);
            return value == null ? new Lookup.Undeclared() : new Lookup.Known(value);
        });
        String message = row.text("gertFails");
        String text = row.text("gert") == null ? row.text("go") : row.text("gert");
        if (message != null) {
            assertThat(((Evaluation.Failure) found).message()).isEqualTo(message);
        } else if (text != null) {
            assertThat(found).isEqualTo(new Evaluation.Value(JsonValue.text(text)));
        } else {
            assertThat(found).isInstanceOf(Evaluation.Failure.class);
        }
    }

    @Test
    void goAnswersAsWritten(@TempDir Path folder) throws Exception {
        assumeTrue(isFound("go"), "go is not installed");
        List<Row> rows = rows();
        StringBuilder lines = new StringBuilder();
        for (Row row : rows) {
            Map<String, JsonValue> line = new LinkedHashMap<>();
            line.put("template", JsonValue.text(requireNonNull(row.text("template"))));
            line.put("data", new JsonValue.MapValue(row.vars()));
            lines.append(JsonWriter.compact(new JsonValue.MapValue(line))).append('\n');
        }
        Path in = Files.writeString(folder.resolve("in"), lines);
        Path out = folder.resolve("out");
        ProcessBuilder go = new ProcessBuilder("go", "run", PROGRAM.toString());
        go.environment().put("GO111MODULE", "off");
        go.environment().put("GOCACHE", folder.resolve("cache").toString());
        go.environment().put("GOTOOLCHAIN", "local");
        Process process = go.redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        List<String> answers = Files.readAllLines(out, StandardCharsets.UTF_8);
        assertThat(answers).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            JsonResult.Ok answer = (JsonResult.Ok) JsonReader.read(answers.get(i));
            JsonValue text = ((JsonValue.MapValue) answer.value()).entries().get("out");
            String expected = row.text("goFails") == null ? row.text("go") : null;
            assertThat(text)
                    .as(row + ": " + answers.get(i))
                    .isEqualTo(expected == null ? null : JsonValue.text(expected));
        }
    }

    private static boolean isFound(String program) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}

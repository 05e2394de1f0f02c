package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.decode.ExpectedDecoder;
import dev.gert.decode.RunbookDecoder;
import dev.gert.decode.ScenarioDecoder;
import dev.gert.decode.TestDecoder;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Severity;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.model.Runbook;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Roster;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * gert and its schemas say the same of every file of the repository and of the tests: what gert's
 * decoders take the schema accepts, what they refuse for its shape the schema refuses.
 */
class SchemaAgreesTest {
    private static final int CHANGES = 600;
    private static final Set<Code> SHAPE = EnumSet.of(Code.Y104, Code.Y106, Code.Y107, Code.Y113, Code.Y116);

    /** Files refused for their shape in a way that a schema can't say. */
    private static final List<String> BEYOND_A_SCHEMA =
            List.of("src/test/cases/snippets/exit-codes-twice/x.runbook.yaml");

    /** A file by what it is called, null where gert reads none of that name. */
    private static @Nullable String kind(Path file) {
        String name = file.getFileName().toString();
        if (name.endsWith(".runbook.yaml")) {
            return "runbook";
        }
        if (name.endsWith(".test.yaml")) {
            return "test";
        }
        return switch (name) {
            case "governance.yaml", "expected.yaml", "scenario.yaml", "inputs.yaml" -> name.replace(".yaml", "");
            case "test.yaml" -> "scenario-test";
            case "gert.yaml" -> "project";
            case "roster.yaml" -> "roster";
            default -> name.endsWith(".tool.yaml") ? "tool" : null;
        };
    }

    @Test
    void ofTheRepositorysOwnFiles() throws IOException {
        int valid = 0;
        for (Path root : List.of(Path.of("runbooks"), Path.of("scenarios"), Path.of("governance.yaml"))) {
            for (Path file : files(root)) {
                String kind = kind(file);
                if (kind != null) {
                    assertThat(new Schemas().findings(kind, read(file, new Diagnostics())))
                            .as(file.toString())
                            .isEmpty();
                    valid++;
                }
            }
        }
        assertThat(valid).isGreaterThan(9);
    }

    @Test
    void ofTheFilesOfTheTests() throws IOException {
        Schemas schemas = new Schemas();
        Map<String, Integer> figures = new TreeMap<>();
        List<String> tooStrict = new ArrayList<>();
        TreeSet<String> tooWide = new TreeSet<>();
        for (Path file : files(Path.of("src/test/cases"))) {
            String kind = kind(file);
            Set<Code> codes = kind == null ? null : errors(kind, file);
            YamlNode node = codes == null ? null : read(file, new Diagnostics());
            if (kind == null || codes == null || node == null) {
                continue;
            }
            TreeSet<String> findings = schemas.findings(kind, node);
            boolean shape = codes.stream().anyMatch(SHAPE::contains);
            String verdict = codes.isEmpty() ? "accepted" : shape ? "refused for its shape" : "refused for more";
            figures.merge(verdict + ", schema " + (findings.isEmpty() ? "accepts" : "refuses"), 1, Integer::sum);
            if (codes.isEmpty() && !findings.isEmpty()) {
                tooStrict.add(file + " " + findings);
            }
            if (shape && findings.isEmpty()) {
                tooWide.add(file.toString());
            }
        }
        System.out.println("gert and its schemas: " + figures);
        assertThat(tooStrict).isEmpty();
        assertThat(tooWide).containsExactlyInAnyOrderElementsOf(BEYOND_A_SCHEMA);
        assertThat(figures.get("accepted, schema accepts")).isGreaterThan(200);
        assertThat(figures.get("refused for its shape, schema refuses")).isGreaterThan(15);
    }

    /** The accepted files of the repository and of {@link SchemaTest}, each changed in one place or two. */
    @Test
    void ofChangedFiles() throws IOException {
        long seed = Long.getLong("gert.seed", 20261123);
        System.out.println("changed files for the schemas: -Dgert.seed=" + seed);
        Random random = new Random(seed);
        List<SchemaTest.Case> files = new ArrayList<>(SchemaTest.accepted());
        for (Path file : files(Path.of("src/test/cases"))) {
            String kind = kind(file);
            Set<Code> codes = kind == null ? null : errors(kind, file);
            if (kind != null && codes != null && codes.isEmpty()) {
                files.add(new SchemaTest.Case(kind, file.toString(), "", Files.readString(file)));
            }
        }
        Schemas schemas = new Schemas();
        Map<String, Integer> figures = new TreeMap<>();
        TreeSet<String> disagreements = new TreeSet<>();
        for (int i = 0; i < CHANGES; i++) {
            SchemaTest.Case file = files.get(random.nextInt(files.size()));
            Set<Code> before = errors(file.kind(), Source.of("before", file.text()));
            JsonValue changed = new ChangedJson(random).of(Schemas.json(file.node()));
            Source source = Source.of("changed", JsonWriter.compact(changed));
            Set<Code> codes = errors(file.kind(), source);
            YamlNode node = YamlReader.read(source, 0, new Diagnostics());
            if (codes == null || before == null || node == null || changed == JsonValue.Null.NULL) {
                continue;
            }
            boolean refuses = !schemas.findings(file.kind(), node).isEmpty();
            boolean shape = codes.stream().anyMatch(code -> SHAPE.contains(code) && !before.contains(code));
            if (refuses ? codes.isEmpty() : shape) {
                disagreements.add(
                        codes + " " + file.kind() + " " + source.text() + schemas.findings(file.kind(), node));
            }
            figures.merge((shape ? "refused" : codes.isEmpty() ? "accepted" : "in between"), 1, Integer::sum);
        }
        System.out.println("gert and its schemas, changed files: " + figures);
        assertThat(disagreements).isEmpty();
        assertThat(figures.get("refused")).isGreaterThan(CHANGES / 4);
    }

    private static @Nullable YamlNode read(Path file, Diagnostics diagnostics) throws IOException {
        Source source = YamlReader.decode(file.toString(), Files.readAllBytes(file), diagnostics);
        return source == null ? null : YamlReader.read(source, 50, diagnostics);
    }

    private static @Nullable Set<Code> errors(String kind, Path file) throws IOException {
        return errors(kind, YamlReader.decode(file.toString(), Files.readAllBytes(file), new Diagnostics()));
    }

    /** The codes of what gert finds wrong in it by itself; null where it is not YAML that gert reads, or has no decoder. */
    private static @Nullable Set<Code> errors(String kind, @Nullable Source source) {
        Diagnostics yaml = new Diagnostics();
        YamlNode node = source == null ? null : YamlReader.read(source, kind.equals("runbook") ? 50 : 0, yaml);
        if (source == null || node == null || yaml.hasErrors()) {
            return null;
        }
        Diagnostics diagnostics = new Diagnostics();
        switch (kind) {
            case "runbook" -> {
                Runbook runbook = RunbookDecoder.decode(source, diagnostics);
                if (runbook != null) {
                    PolicyLayer.ofRunbook(runbook.source(), runbook.governance(), diagnostics);
                }
            }
            case "governance" -> PolicyLayer.read(source, diagnostics);
            case "roster" -> Roster.read(source, diagnostics);
            case "test" -> TestDecoder.decode(source, diagnostics);
            case "expected" -> ExpectedDecoder.expected(source, diagnostics);
            case "scenario-test" -> ExpectedDecoder.test(source, diagnostics);
            case "scenario" -> ScenarioDecoder.recording(source, diagnostics);
            case "inputs" -> ScenarioDecoder.inputs(source, diagnostics);
            default -> {
                return null;
            }
        }
        Set<Code> codes = EnumSet.noneOf(Code.class);
        for (Diagnostic diagnostic : diagnostics.sorted()) {
            if (diagnostic.severity() == Severity.ERROR) {
                codes.add(diagnostic.code());
            }
        }
        return codes;
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }
}

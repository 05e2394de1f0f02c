package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.render.SchemaCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The coverage sample of the design (4.3): our text is its text but for the columns and the one label that its
 * own tests (4.1) spell at full length, its JSON a subset of ours; see docs/adr/0011.
 */
class DesignSampleTest {
    private static final Path CASE = Path.of("src", "test", "cases", "coverage", "design-sample");
    private static final String BOOK = "is-gw-proxy-throttled-tcp-timeout-to-backend";
    private static final String SHORT_LABEL = "Multiple clusters affected";
    private static final String TESTED_LABEL = "Multiple clusters affected \u2014 networking issue";

    @Test
    void theTextIsTheSamples(@TempDir Path folder) throws IOException {
        String came = CaseFolder.copy("coverage", "design-sample", folder).run().text();
        String sample = Files.readString(CASE.resolve("sample.txt"));
        assertThat(sample).contains(SHORT_LABEL);
        assertThat(squeezed(came)).startsWith(squeezed(sample.replace(SHORT_LABEL, TESTED_LABEL)));
    }

    @Test
    void theDesignsTestsOfItPass(@TempDir Path folder) throws IOException {
        CaseFolder project = CaseFolder.copy("coverage", "design-sample", folder);
        String tests = Files.readString(Path.of("src/test/cases/design/unit.test.yaml"));
        assertThat(CASE.resolve(BOOK + ".test.yaml")).hasContent(tests);
        assertThat(tests).contains(TESTED_LABEL);
        CaseFolder.Came came = project.run(List.of("gert", "test", BOOK + ".runbook.yaml"));
        assertThat(came.exitCode()).isZero();
        assertThat(came.text()).contains("6 tests: 6 passed");
    }

    @Test
    void theSamplesJsonIsASubset(@TempDir Path folder) throws IOException {
        String came = CaseFolder.copy("coverage", "design-sample", folder).run().json();
        JsonValue sample = read(Files.readString(CASE.resolve("sample.json")));
        assertHolds(read(came), sample, "$");
    }

    @Test
    void whatIsKeptHoldsTheSampleToo(@TempDir Path folder) throws IOException {
        CaseFolder project = CaseFolder.copy("coverage", "design-sample", folder);
        CoverageRun.Options options = CoverageRun.Options.none();
        CoverageRun.Answer answer =
                new CoverageRun(project.project(), List.of(), CaseFolder.STOPPED, options).run(List.of());
        CoverageFiles.write(project.project(), null, answer.report(), new Diagnostics());
        Path kept = folder.resolve("reports/coverage/is-gw-proxy-throttled-tcp-timeout-to-backend.runbook.yaml.json");
        assertThat(SchemaCheck.coverage(Files.readString(kept))).isEmpty();
        assertHolds(read(Files.readString(kept)), read(Files.readString(CASE.resolve("sample.json"))), "$");
    }

    private static JsonValue read(String text) {
        assertThat(JsonReader.read(text)).isInstanceOf(JsonResult.Ok.class);
        return ((JsonResult.Ok) JsonReader.read(text)).value();
    }

    private static void assertHolds(JsonValue whole, JsonValue part, String at) {
        if (part instanceof JsonValue.MapValue wanted) {
            assertThat(whole).as(at).isInstanceOf(JsonValue.MapValue.class);
            Map<String, JsonValue> entries = ((JsonValue.MapValue) whole).entries();
            wanted.entries().forEach((key, value) -> {
                assertThat(entries).as(at).containsKey(key);
                assertHolds(entries.get(key), value, at + "." + key);
            });
        } else if (part instanceof JsonValue.ListValue wanted) {
            assertThat(whole).as(at).isInstanceOf(JsonValue.ListValue.class);
            for (int i = 0; i < wanted.items().size(); i++) {
                assertHolds(
                        ((JsonValue.ListValue) whole).items().get(i),
                        wanted.items().get(i),
                        at + "[" + i + "]");
            }
        } else {
            assertThat(whole).as(at).isEqualTo(part);
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll(" +", " ");
    }
}

package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The coverage sample of the design (4.3): our text is its text but for the columns, its JSON a subset of ours. */
class DesignSampleTest {
    private static final Path CASE = Path.of("src", "test", "cases", "coverage", "design-sample");

    @Test
    void theTextIsTheSamples(@TempDir Path folder) throws IOException {
        String came = CaseFolder.copy("coverage", "design-sample", folder).run().text();
        String sample = Files.readString(CASE.resolve("sample.txt"));
        assertThat(squeezed(came)).startsWith(squeezed(sample));
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
        CoverageRun.Options options = new CoverageRun.Options(null, null, false, false);
        CoverageRun.Answer answer =
                new CoverageRun(project.project(), List.of(), CaseFolder.STOPPED, options).run(List.of());
        CoverageFiles.write(project.project(), answer.report(), new Diagnostics());
        Path kept = folder.resolve("reports/coverage/is-gw-proxy-throttled-tcp-timeout-to-backend.runbook.yaml.json");
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

package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline of the design document, as it stands there, over this repository's TSG folder. */
class PipelineIT {
    private static final Path PIPELINE = Path.of("src/test/cases/design/pipeline.yaml");

    @TempDir
    Path folder;

    @Test
    void itsLinesPassAsTheyStandThere() throws Exception {
        List<String> lines = lines();
        assertThat(lines).hasSize(3);
        for (String line : lines) {
            passes(line);
        }
        assertThat(passes(lines.get(0))).contains(" in 2 files checked");
        assertThat(passes(lines.get(1))).contains("8 tests: 8 passed");
        assertThat(passes(lines.get(2))).contains("2 runbooks: branches 8 of 8 (100%), outcomes 8 of 8 (100%)");
    }

    /** A shell without {@code **} takes it for {@code *}; gert itself looks at any depth. */
    @Test
    void itsLinesPassWithTheirGlobsQuoted() throws Exception {
        assertThat(passes("gert validate --policy governance.yaml 'TSG/**/*.runbook.yaml'"))
                .contains(" in 2 files checked");
        assertThat(passes("gert test 'TSG/**/*.test.yaml'")).contains("8 tests: 8 passed");
        assertThat(passes("gert coverage 'TSG/**/*.runbook.yaml' --min-branch 100 --min-outcome 100"))
                .contains("branches 8 of 8 (100%), outcomes 8 of 8 (100%)");
    }

    @Test
    void theScenarioOfTheDesignDocumentIsTestedByItsOwnCommand() throws Exception {
        assertThat(passes("gert test --scenario scenarios/login-success-rate-below-target/icm-749270451/"))
                .contains("✓ icm-749270451")
                .contains("1 test: 1 passed");
        assertThat(Files.readString(Path.of("scenarios/login-success-rate-below-target/icm-749270451/expected.yaml")))
                .isEqualTo(Files.readString(Path.of("src/test/cases/design/expected.yaml")));
    }

    private static List<String> lines() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of("pipeline.yaml", Files.readString(PIPELINE)), 0, diagnostics);
        List<String> lines = new ArrayList<>();
        for (YamlNode step : ((YamlNode.Sequence) ((YamlNode.Mapping) root).get("steps")).items()) {
            lines.add(((YamlNode.Scalar) ((YamlNode.Mapping) step).get("run")).text());
        }
        return lines;
    }

    private String passes(String line) throws Exception {
        Workshop shop = new Workshop(folder);
        String gert = "gert() { " + String.join(" ", shop.commandLine()) + " \"$@\"; }\n";
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder("sh", "-e", "-c", gert + line)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(line + "\n" + Files.readString(said)).isZero();
        return Files.readString(said);
    }
}

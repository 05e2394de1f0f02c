package dev.gert.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.cli.InProcess;
import dev.gert.decode.ExpectedDecoder;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Expected;
import dev.gert.policy.PolicyLayer;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The design document's own YAML loads as it is: {@code src/test/cases/design}, where each fragment is quoted. */
class DesignFragmentsTest {
    private static final Path FRAGMENTS = Path.of("src", "test", "cases", "design");
    private static final String BOOK = "is-gw-proxy-throttled-tcp-timeout-to-backend.runbook.yaml";
    private static final String POLICY = "apiVersion: governance/v0\n";

    @TempDir
    private Path folder;

    @Test
    void thePolicyOfARepository() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        PolicyLayer layer = PolicyLayer.read(source("governance.yaml"), diagnostics);

        assertThat(diagnostics.sorted()).isEmpty();
        assertThat(layer).isNotNull();
    }

    @Test
    void theGovernanceOfARunbook() throws IOException {
        String runbook = """
                apiVersion: runbook/v0
                meta:
                  name: kill-gw
                %ssteps:
                  - {id: nodes, type: cli, with: {argv: [Get-FabricNode]}}
                  - {id: kill, type: cli, with: {argv: [Kill-Process]}}
                """.formatted(fragment("governance-block.yaml").indent(2));

        assertThat(validated("x.runbook.yaml", runbook)).isEqualTo("0 no problems in 1 file checked");
        assertThat(validated("x.runbook.yaml", runbook.replace("argv: [Kill-Process]", "argv: [Stop-Process]")))
                .as("what it does not allow")
                .startsWith("1 ")
                .contains("Stop-Process");
    }

    @Test
    void aStepWithAnElevationAndAnActivity() throws IOException {
        String runbook = """
                apiVersion: runbook/v0
                meta:
                  name: kill-gw
                  xts: {environment: prod}
                  inputs:
                    top_cluster: {from: prompt, pattern: "^[a-z0-9]+$"}
                    top_node: {from: prompt, pattern: "^[a-z0-9]+$"}
                tree:
                %s""".formatted(fragment("kill-gw-step.yaml").indent(2));

        assertThat(validated("x.runbook.yaml", runbook)).startsWith("0 ").doesNotContain("error");
    }

    @Test
    void aTestOfBranchLogic() throws IOException {
        lay(BOOK, fragment(BOOK));
        lay("governance.yaml", POLICY);
        lay("unit.test.yaml", fragment("unit.test.yaml"));

        assertThat(gert("validate", "unit.test.yaml")).isEqualTo("0 no problems in 1 file checked");
        assertThat(gert("test", "unit.test.yaml")).startsWith("0 ").contains("3 passed");
    }

    @Test
    void theExpectationsOfAScenario() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        Expected expected = ExpectedDecoder.expected(source("expected.yaml"), diagnostics);

        assertThat(diagnostics.sorted()).isEmpty();
        assertThat(expected).isNotNull();
    }

    /** The globs are gert's to expand where a shell does not. */
    @Test
    void thePipeline() throws IOException {
        lay("governance.yaml", POLICY);
        Path runbooks = Files.createDirectories(folder.resolve("TSG").resolve("gateway"));
        Files.writeString(runbooks.resolve(BOOK), fragment(BOOK));
        Files.writeString(runbooks.resolve("unit.test.yaml"), fragment("unit.test.yaml"));
        List<String> said = new ArrayList<>();
        for (String command : commands()) {
            said.add(gert(command.split(" ")));
        }

        assertThat(said).hasSize(3);
        assertThat(said.get(0)).isEqualTo("0 no problems in 1 file checked");
        assertThat(said.get(1)).startsWith("0 ").contains("3 passed");
        assertThat(said.get(2))
                .as("no scenario covers anything")
                .startsWith("1 ")
                .contains("C001");
    }

    private static List<String> commands() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(source("pipeline.yaml"), 0, diagnostics);
        List<String> commands = new ArrayList<>();
        for (YamlNode step : ((YamlNode.Sequence) ((YamlNode.Mapping) root).get("steps")).items()) {
            String run = ((YamlNode.Scalar) ((YamlNode.Mapping) step).get("run"))
                    .text()
                    .strip();
            assertThat(run).startsWith("gert ");
            commands.add(run.substring("gert ".length()));
        }
        assertThat(diagnostics.sorted()).extracting(Diagnostic::message).isEmpty();
        return commands;
    }

    private static Source source(String name) throws IOException {
        return Source.of(name, fragment(name));
    }

    private static String fragment(String name) throws IOException {
        return Files.readString(FRAGMENTS.resolve(name));
    }

    private String validated(String name, String text) throws IOException {
        lay(name, text);
        lay("governance.yaml", POLICY);
        return gert("validate", "--format", "concise", name);
    }

    private void lay(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String gert(String... words) throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        InProcess.Said said = InProcess.gert(List.of(words), folder.toRealPath());
        return (said.exitCode() + " " + said.out() + said.err()).strip();
    }
}

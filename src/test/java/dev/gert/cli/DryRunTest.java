package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dry-run does to the world: nothing, or what is believed to read. Its words are in the transcript dry-run.txt. */
class DryRunTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(
                folder.resolve("governance.yaml"),
                "apiVersion: governance/v0\ndefault: allow\nread_commands: ['touch read-*']\n");
        Files.writeString(
                folder.resolve("x.runbook.yaml"),
                "apiVersion: runbook/v0\nmeta: {name: x, inputs: {a: {from: prompt, description: a}}}\ntree:\n"
                        + "  - step: {id: one, type: cli, effect: read, with: {argv: [touch, read-one]}}\n"
                        + "  - step: {id: two, type: cli, effect: read, with: {argv: [touch, 'read-two{{ .a }}']}}\n"
                        + "  - step: {id: env, type: cli, effect: read, with: {argv: [touch, read-three], env: {A: '{{ .a }}'}}}\n"
                        + "  - step: {id: three, type: cli, with: {argv: [touch, changed]}}\n"
                        + "    branches: [{condition: a == \"1\", label: l, steps: [{step: {id: four, type: manual, instructions: i}}]}]\n");
    }

    private int gert(String... words) throws IOException {
        Map<String, String> env = Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8");
        return Cli.run(
                words,
                new Io(
                        new ByteArrayInputStream(new byte[0]),
                        out,
                        err,
                        env,
                        folder.toRealPath(),
                        TerminalFacts.of(null, null, null, env)));
    }

    private List<String> found() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".git") && !name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void nothingIsRunAndNothingIsWritten() throws IOException {
        assertThat(gert("run", "--mode", "dry-run", "x.runbook.yaml")).isZero();
        assertThat(found()).isEmpty();
    }

    @Test
    void readsAloneAreRunAndOnlyWhereAllOfTheirWordsAreKnown() throws IOException {
        assertThat(gert("run", "--mode", "dry-run", "--dry-run-reads", "x.runbook.yaml"))
                .isZero();
        assertThat(found()).containsExactly("read-one");
        assertThat(gert("run", "--mode", "dry-run", "--dry-run-reads", "x.runbook.yaml", "--var", "a=1"))
                .isZero();
        assertThat(found()).containsExactly("read-one", "read-three", "read-two1");
    }

    @Test
    void whatSomebodyWouldBeAskedAboutOrOnlyAToolCallsARead() throws IOException {
        Files.writeString(
                folder.resolve("governance.yaml"),
                "apiVersion: governance/v0\ndefault: allow\nread_commands: ['touch read-*']\n"
                        + "require_approval_for: [{pattern: 'touch read-secret'}]\n");
        Files.writeString(folder.resolve("t.tool.yaml"), """
                apiVersion: tool/v0
                meta: {name: t, version: "1", description: Makes files., binary: touch}
                governance: {read_only: true}
                actions:
                  mark: {description: Its word alone., argv: [written-by-a-tool]}
                  look: {description: Policy knows it., argv: [read-by-a-tool]}
                """);
        Files.writeString(folder.resolve("y.runbook.yaml"), """
                apiVersion: runbook/v0
                meta: {name: y}
                tools: {t: t.tool.yaml}
                tree:
                  - step: {id: plain, type: cli, effect: read, with: {argv: [touch, read-plain]}}
                  - step: {id: rule, type: cli, effect: read, with: {argv: [touch, read-secret]}}
                  - step: {id: asked, type: cli, effect: read, approvals: {min: 1}, with: {argv: [touch, read-asked]}}
                  - step: {id: mark, type: tool, tool: {name: t, action: mark}}
                  - step: {id: look, type: tool, tool: {name: t, action: look}}
                  - step:
                      id: checked
                      type: cli
                      precondition: {check: [touch, read-secret]}
                      with: {argv: [touch, changed]}
                """);
        assertThat(gert("run", "--mode", "dry-run", "--dry-run-reads", "y.runbook.yaml"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(found()).containsExactly("read-by-a-tool", "read-plain");
    }

    @Test
    void readsGoByTheProjectsProgramsAndVariables() throws IOException {
        Path bin = Files.createDirectories(folder.resolve(".git/bin"));
        Path program = Files.writeString(bin.resolve("note"), "#!/bin/sh\n: > \"read-${HOME:-nobody}\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                folder.resolve("gert.yaml"),
                "command_path: [" + bin.toRealPath() + ", /usr/bin]\nenvironment: [LANG]\n");
        Files.writeString(
                folder.resolve("governance.yaml"),
                "apiVersion: governance/v0\ndefault: allow\nread_commands: [note]\n");
        Files.writeString(
                folder.resolve("z.runbook.yaml"),
                "apiVersion: runbook/v0\nmeta: {name: z}\ntree:\n"
                        + "  - step: {id: one, type: cli, effect: read, with: {argv: [note]}}\n");
        assertThat(gert("run", "--mode", "dry-run", "--dry-run-reads", "z.runbook.yaml"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(found()).containsExactly("read-nobody");
    }

    @Test
    void asJsonTheLastLineSaysWhatIsOpen() throws IOException {
        assertThat(gert("run", "--mode", "dry-run", "--output", "json", "x.runbook.yaml"))
                .isZero();
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).allMatch(line -> JsonReader.read(line) instanceof JsonResult.Ok);
        assertThat(lines.get(0)).contains("\"type\":\"run_started\"", "\"mode\":\"dry-run\"");
        assertThat(lines.get(lines.size() - 1))
                .startsWith("{\"schema\":\"gert.dry-run/v1\",\"exit_code\":0,\"stops\":[{\"run\":\"dry-run\","
                        + "\"runbook\":\"x\",\"step\":\"three\",\"unknown\":[\"a\"],"
                        + "\"ways\":[{\"label\":\"l\",\"condition\":\"a == \\\"1\\\"\",\"nodes\":[{\"kind\":\"step\","
                        + "\"address\":\"three.branches[0].steps[0]\"")
                .endsWith("{\"label\":\"otherwise\",\"condition\":\"\",\"nodes\":[]}]}]}");
    }
}

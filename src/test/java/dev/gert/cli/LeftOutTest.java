package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code gert run --from}, {@code --skip}, {@code --reason}: what is left out, what is done all the same, and what the record says. */
class LeftOutTest {
    private static final String RUNBOOK = """
            apiVersion: runbook/v0
            meta: {name: x, vars: {region: west}}
            tree:
              - iterate: {over: "a,b", as: item, steps: [{step: {id: each, type: cli, with: {argv: [bin/say, "{{ .item }}"]}}}]}
              - parallel:
                  branches:
                    - {label: A, steps: [{step: {id: left, type: cli, with: {argv: [bin/say, left]}}}]}
                    - {label: B, steps: [{step: {id: right, type: cli, with: {argv: [bin/say, right]}}}]}
              - step:
                  id: one
                  type: cli
                  with: {argv: [bin/say, one]}
                  capture: {x: stdout}
                  finally: [{step: {id: tidy, type: cli, with: {argv: [bin/say, tidy]}}}]
                branches:
                  - {condition: 'x == "none"', label: None, steps: [{step: {id: none, type: cli, with: {argv: [bin/say, none]}}}]}
                  - condition: 'x != ""'
                    label: Some
                    steps:
                      - step: {id: ask, type: manual, instructions: Look, choices: {variable: way, prompt: Which one, options: [{value: up}, {value: down}]}}
                        branches:
                          - {condition: 'way == "up"', label: Up, steps: [{step: {id: up, type: cli, with: {argv: [bin/say, up]}}}]}
                          - condition: 'way == "down"'
                            label: Down
                            steps:
                              - step: {id: down, type: cli, with: {argv: [bin/say, down]}}
                              - step: {id: more, type: cli, with: {argv: [bin/say, "{{ default \\"no\\" .x }}"]}}
                      - step: {id: after, type: cli, with: {argv: [bin/say, after]}}
              - step: {id: last, type: cli, with: {argv: [bin/say, "{{ .region }}"]}, outcomes: [{state: resolved}]}
            """;

    /** {@code options}: separated by blanks. */
    record Case(String options, int exit, String ran, String says) {
        @Override
        public String toString() {
            return options;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("--from last", 0, "west", " left it out: because"),
                new Case("--from after", 0, "after tidy west", ""),
                new Case("--from down", 0, "down no after tidy west", "Down"),
                new Case("--from more --var x=seven", 0, "seven after tidy west", ""),
                new Case("--from more --var region=east", 0, "no after tidy east", ""),
                new Case("--from up --skip after", 0, "up tidy west", ""),
                new Case("--from one.branches[1].steps[0].branches[0].steps[0]", 0, "up after tidy west", ""),
                new Case("--skip each --skip one --skip left --skip right", 0, "west", ""),
                new Case("--skip one --skip right", 0, "a b left west", ""),
                new Case("--from none", 0, "none tidy west", ""),
                new Case("--from each", 2, "", "it stands in a loop"),
                new Case("--from left", 2, "", "it stands in a parallel"),
                new Case("--from tidy", 2, "", "it cleans up after another step"),
                new Case("--from lst", 2, "", "did you mean `last`"),
                new Case("--skip lst", 2, "", "did you mean `last`"),
                new Case("--from last --skip last", 2, "", "begin with `last` and leave it out"),
                new Case("--from last --var y=seven", 2, "", "y"),
                new Case("--from last --mode replay --scenario s", 2, "", "leaves nothing out"));
    }

    @TempDir
    Path folder;

    @BeforeEach
    void project() throws IOException {
        folder = folder.toRealPath();
        write("governance.yaml", "apiVersion: governance/v0\ndefault: allow\n");
        write("gert.yaml", "name: shop\n");
        Path say = write("bin/say", "#!/bin/sh\necho \"$*\" >> ran.log\necho \"$*\"\n");
        Files.setPosixFilePermissions(say, PosixFilePermissions.fromString("rwxr-xr-x"));
        write("x.runbook.yaml", RUNBOOK);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leftOut(Case one) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("run", "x.runbook.yaml", "--non-interactive", "--reason", "because"));
        words.addAll(List.of(one.options().split(" ")));
        InProcess.Said said = InProcess.gert(words, folder);
        assertThat(said.exitCode()).as(said.err()).isEqualTo(one.exit());
        assertThat(String.join(" ", ran())).isEqualTo(one.ran());
        assertThat(said.out() + said.err()).contains(one.says());
        if (one.exit() == 0) {
            assertThat(journal()).contains("\"type\":\"steps_skipped\"", "\"reason\":\"because\"");
            InProcess.Said audit = InProcess.gert(List.of("audit", "latest"), folder);
            assertThat(audit.exitCode()).as(audit.out()).isEqualTo(1);
            assertThat(audit.out()).contains("left out");
        } else {
            assertThat(folder.resolve("reports")).doesNotExist();
        }
    }

    @Test
    void whyIsNotLeftOut() {
        InProcess.Said said = InProcess.gert(List.of("run", "x.runbook.yaml", "--from", "last"), folder);
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("`--reason 'TEXT'`");
        InProcess.Said alone = InProcess.gert(List.of("run", "x.runbook.yaml", "--reason", "x"), folder);
        assertThat(alone.exitCode()).isEqualTo(2);
    }

    @Test
    void aDryRunLeavesItOutToo() throws IOException {
        List<String> words = List.of("run", "x.runbook.yaml", "--mode", "dry-run", "--from", "after", "--reason", "r");
        InProcess.Said said = InProcess.gert(words, folder);
        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.out()).contains("bin/say after").doesNotContain("bin/say one");
        assertThat(ran()).isEmpty();
    }

    private List<String> ran() throws IOException {
        Path log = folder.resolve("ran.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private String journal() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("reports/runs"))) {
            return Files.readString(runs.findFirst().orElseThrow().resolve("journal.jsonl"));
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}

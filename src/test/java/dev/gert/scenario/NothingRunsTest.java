package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** threats.md, "Tests": a program that would leave a trace is named by tests and scenarios, and leaves none. */
class NothingRunsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void project() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        write("governance.yaml", "apiVersion: governance/v0\ndefault: allow\n");
        write("bin/mark", "#!/bin/sh\necho ran >> " + folder.resolve("ran") + "\n");
        Files.setPosixFilePermissions(folder.resolve("bin/mark"), PosixFilePermissions.fromString("rwxr-xr-x"));
        write("mark.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: mark}
                steps:
                  - {id: absolute, type: cli, with: {argv: [%s/bin/mark]}}
                  - {id: relative, type: cli, with: {argv: [bin/mark]}}
                """.formatted(folder));
        write("mark.test.yaml", """
                apiVersion: test/v0
                runbook: mark.runbook.yaml
                tests:
                  - {name: unit, expect: {outcome: completed, steps_reached: [absolute, relative]}}
                """);
        for (String name : List.of("recorded", "unrecorded")) {
            write("scenarios/mark/" + name + "/expected.yaml", "apiVersion: expected/v0\noutcome: completed\n");
        }
        write(
                "scenarios/mark/recorded/scenario.yaml",
                "commands: [{argv: [" + folder + "/bin/mark]}, {argv: [bin/mark], stdout: x}]\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void theStandInWouldLeaveItsTrace() throws Exception {
        new ProcessBuilder(folder.resolve("bin/mark").toString()).start().waitFor();
        assertThat(folder.resolve("ran")).exists();
    }

    @Test
    void testStartsNothing() {
        TestRun.Options options = new TestRun.Options(null, null, false, false);
        TestRun.Answer answer = new TestRun(folder, List.of(), CaseFolder.STOPPED, options).run(List.of());
        assertThat(answer.report().results())
                .extracting(r -> r.name() + " " + r.status().word())
                .containsExactly("unit passed", "recorded passed", "unrecorded failed");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void coverageStartsNothing() {
        CoverageRun.Options options = new CoverageRun.Options(null, null, false, true);
        CoverageRun.Answer answer = new CoverageRun(folder, List.of(), CaseFolder.STOPPED, options).run(List.of("."));
        assertThat(answer.report().runbooks()).singleElement().satisfies(runbook -> {
            assertThat(runbook.scenarios()).containsExactly("recorded", "test:unit");
            assertThat(runbook.failed()).containsExactly("unrecorded");
        });
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void nothingIsWritten() throws IOException {
        List<Path> before = files();
        new TestRun(folder, List.of(), CaseFolder.STOPPED, new TestRun.Options(null, null, false, true)).run(List.of());
        assertThat(files()).isEqualTo(before);
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }
}

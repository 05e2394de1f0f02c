package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that was left goes on with a changed file only where it was told to, and what was done is the same in it. */
class AcceptChangesTest {
    private static final String RUNBOOK = """
            apiVersion: runbook/v0
            imports: {child: child.runbook.yaml}
            meta:
              name: x
              governance: {denied_commands: ["say never"]}
              inputs: {}
            tree:
              - step: {id: one, type: cli, title: One, with: {argv: [bin/say, one]}, capture: {x: stdout}}
                branches:
                  - {condition: 'x == ""', label: Nothing, steps: [{step: {id: no, type: cli, with: {argv: [bin/say, no]}}}]}
                  - condition: 'x != ""'
                    label: Something
                    steps:
                      - iterate:
                          over: a,b
                          as: item
                          steps: [{step: {id: each, type: cli, with: {argv: [bin/say, "{{ .item }}"]}}}]
                      - step: {id: kid, type: invoke, invoke: {runbook: child}}
                      - step: {id: two, type: cli, with: {argv: [bin/say, two]}}
              - step: {id: three, type: cli, with: {argv: [bin/say, three]}}
            """;
    private static final String CHILD = """
            apiVersion: runbook/v0
            meta: {name: child}
            steps:
              - {id: first, type: cli, title: First, with: {argv: [bin/say, first]}}
              - {id: look, type: manual, title: Look, instructions: Look}
              - {id: last, type: cli, title: Last, with: {argv: [bin/say, last]}}
            """;

    /** {@code exit}: of the resume that accepts changes; {@code says}: of its messages, or what is run in it. */
    record Change(String name, String file, String then, String now, int exit, String says) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Change> changes() {
        String root = "x.runbook.yaml";
        String child = "child.runbook.yaml";
        return Stream.of(
                new Change("a later step", root, "[bin/say, two]", "[bin/say, other]", 0, "say other"),
                new Change("a later step of the child", child, "[bin/say, last]", "[bin/say, other]", 0, "say other"),
                new Change("a later step of an outer list", root, "[bin/say, three]", "[bin/say, 3]", 0, "say 3"),
                new Change("a comment", root, "tree:", "# said\ntree:", 0, "say two"),
                new Change("layout", root, "title: One,", "title: 'One'  ,", 0, "say two"),
                new Change("quotes", root, "[bin/say, one]", "['bin/say', \"one\"]", 0, "say two"),
                new Change("order of keys", child, "id: first, type: cli", "type: cli, id: first", 0, "say last"),
                new Change("what waits", child, "instructions: Look", "instructions: Look well", 0, "say last"),
                new Change("a step done", root, "[bin/say, one]", "[bin/say, uno]", 3, "`one` was done"),
                new Change(
                        "a step done of the child", child, "[bin/say, first]", "[bin/say, 1]", 3, "`first` was done"),
                new Change("a capture of it", root, "capture: {x:", "capture: {y: stdout, x:", 3, "`one` was done"),
                new Change("its id", child, "id: first", "id: begin", 3, "does not stand where it stood"),
                new Change("a branch that was passed by", root, "x == \"\"", "x == \" \"", 3, "`one` was done"),
                new Change("a branch taken", root, "x != \"\"", "x != \"-\"", 3, "`one` was done"),
                new Change("a label", root, "label: Something", "label: Anything", 3, "`one` was done"),
                new Change("a loop that ended", root, "over: a,b", "over: a,b,c", 3, "does not stand where it stood"),
                new Change(
                        "a step before",
                        child,
                        "steps:\n",
                        "steps:\n  - {id: zero, type: cli, with: {argv: [bin/say, zero]}}\n",
                        3,
                        "has begun, and does not stand where it stood"),
                new Change(
                        "a step after",
                        root,
                        "  - step: {id: three",
                        "  - step: {id: new, type: cli, with: {argv: [bin/say, new]}}\n  - step: {id: three",
                        0,
                        "say new"),
                new Change("a later step gone", child, "  - {id: last", "#  - {id: last", 0, "say two"),
                new Change("a new input", root, "inputs: {}", "inputs: {who: {from: prompt}}", 3, "`who` is new"),
                new Change("the way to the child", root, "{child: child.", "{child: other.", 3, "leads there no more"),
                new Change(
                        "a rule of its own, loosened",
                        root,
                        "governance: {denied_commands: [\"say never\"]}\n",
                        "governance: {}\n",
                        0,
                        "the policy is not what the run began with"));
    }

    @TempDir
    Path folder;

    @BeforeEach
    void left() throws IOException {
        folder = folder.toRealPath();
        write("governance.yaml", "apiVersion: governance/v0\ndefault: allow\n");
        write("gert.yaml", "name: shop\n");
        Path say = write("bin/say", "#!/bin/sh\necho \"say $*\" >> ran.log\necho \"$*\"\n");
        Files.setPosixFilePermissions(say, PosixFilePermissions.fromString("rwxr-xr-x"));
        write("x.runbook.yaml", RUNBOOK);
        write("child.runbook.yaml", CHILD);
        write("other.runbook.yaml", CHILD);
        write("yes.yaml", "evidence: {look: {}}\n");
        InProcess.Said run = gert("run", "x.runbook.yaml", "--non-interactive");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(8);
        assertThat(ran()).containsExactly("say one", "say a", "say b", "say first");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void change(Change change) throws IOException {
        String before = Files.readString(folder.resolve(change.file()));
        assertThat(before).contains(change.then());
        write(change.file(), before.replace(change.then(), change.now()));

        long size = Files.size(journal());
        InProcess.Said asked = gert("resume", "latest", "--non-interactive", "--answers", "yes.yaml");
        assertThat(asked.exitCode()).as(asked.err()).isEqualTo(3);
        assertThat(asked.err()).contains("is not what the run began with", "    + ", "--accept-changes");
        assertThat(Files.size(journal())).isEqualTo(size);
        InProcess.Said waits = gert("resume", "latest", "--non-interactive", "--accept-changes");
        assertThat(waits.exitCode()).as(waits.err()).isEqualTo(change.exit() == 0 ? 8 : 3);
        InProcess.Said done = gert("resume", "latest", "--non-interactive", "--answers", "yes.yaml");
        assertThat(done.exitCode()).as(done.err()).isEqualTo(change.exit());
        assertThat(waits.err() + done.err() + String.join("\n", ran())).contains(change.says());
        if (change.exit() == 0) {
            assertThat(Files.readString(journal()))
                    .containsOnlyOnce("\"type\":\"changes_accepted\"")
                    .contains("{\"file\":\"" + change.file() + "\",\"then\":");
            assertThat(ran().stream().distinct()).hasSameSizeAs(ran());
        } else {
            assertThat(Files.size(journal())).isEqualTo(size);
        }
    }

    @Test
    void whatTheRunbookForbadeWhenTheRunBeganStaysForbidden() throws IOException {
        write(
                "x.runbook.yaml",
                RUNBOOK.replace("denied_commands: [\"say never\"]", "").replace("[bin/say, two]", "[bin/say, never]"));
        gert("resume", "latest", "--non-interactive", "--accept-changes");
        InProcess.Said done = gert("resume", "latest", "--non-interactive", "--answers", "yes.yaml");
        assertThat(done.exitCode()).as(done.err()).isEqualTo(4);
        assertThat(ran()).doesNotContain("say never");
    }

    @Test
    void withoutTheFilesAsTheyWereNothingIsAccepted() throws IOException {
        write("x.runbook.yaml", RUNBOOK.replace("[bin/say, two]", "[bin/say, other]"));
        try (Stream<Path> kept = Files.list(journal().resolveSibling("pinned"))) {
            for (Path file : kept.toList()) {
                Files.writeString(file, "\n", StandardOpenOption.APPEND);
            }
        }
        InProcess.Said done = gert("resume", "latest", "--non-interactive", "--accept-changes");
        assertThat(done.exitCode()).as(done.err()).isEqualTo(3);
        assertThat(done.err()).contains("does not hold the files as they were");
    }

    private InProcess.Said gert(String... words) {
        return InProcess.gert(List.of(words), folder);
    }

    private List<String> ran() throws IOException {
        Path log = folder.resolve("ran.log");
        return Files.exists(log) ? new ArrayList<>(Files.readAllLines(log)) : List.of();
    }

    private Path journal() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("reports/runs"))) {
            return runs.findFirst().orElseThrow().resolve("journal.jsonl");
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}

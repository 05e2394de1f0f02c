package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.projection.LiveSpans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code gert retry}: what is made again, what goes on after it, and what is refused. {@code bin/bad} fails while the file {@code broken} is there. */
class RetryTest {
    /**
     * @param tree without its head
     * @param ran what ran before, and after the bar what ran because of the retry
     */
    record Case(String name, String tree, String step, int exit, String ran) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String cli(String id, String program) {
        return "{id: " + id + ", type: cli, with: {argv: [bin/" + program + ", " + id + "]}}";
    }

    static Stream<Case> cases() {
        String bad = "{step: " + cli("b", "bad") + "}";
        String after = "  - {step: " + cli("z", "say") + "}\n";
        return Stream.of(
                new Case(
                        "in a list",
                        "  - {step: " + cli("a", "say") + "}\n  - " + bad + "\n" + after,
                        "b",
                        0,
                        "a b | b z"),
                new Case(
                        "with what cleans up after it and around it", """
                          - step:
                              id: a
                              type: cli
                              with: {argv: [bin/say, a]}
                              finally: [{step: {id: outer, type: cli, with: {argv: [bin/say, outer]}}}]
                            branches:
                              - condition: "true"
                                label: Yes
                                steps:
                                  - step: {id: b, type: cli, with: {argv: [bin/bad, b]}, finally: [{step: {id: inner, type: cli, with: {argv: [bin/say, inner]}}}]}
                                  - {step: {id: c, type: cli, with: {argv: [bin/say, c]}}}
                        """, "b", 0, "a b inner outer | b inner c outer"),
                new Case(
                        "a turn of a loop",
                        "  - iterate: {over: \"x,y\", as: i, steps: [{step: {id: s, type: cli, with: {argv: [bin/say, s]}}}, "
                                + bad + "]}\n" + after,
                        "tree[0].iterate#1.steps[1]",
                        0,
                        "s b | b s b z"),
                new Case(
                        "side by side",
                        "  - parallel: {max_concurrent: 1, branches: [{label: A, steps: [" + bad + ", {step: "
                                + cli("c", "say") + "}]}, {label: B, steps: [{step: " + cli("d", "say") + "}]}]}\n"
                                + after,
                        "b",
                        0,
                        "b d | b c z"),
                new Case(
                        "a runbook that was invoked",
                        "  - {step: {id: i, type: invoke, invoke: {runbook: child}}}\n" + after,
                        "b",
                        0,
                        "one b | b two z"),
                new Case(
                        "a cleaning step",
                        "  - {step: {id: a, type: cli, with: {argv: [bin/say, a]}, outcomes: [{state: resolved}], finally: ["
                                + bad + ", {step: " + cli("t", "say") + "}]}}\n",
                        "b",
                        0,
                        "a b t | b"),
                new Case("that passed", "  - {step: " + cli("a", "say") + "}\n  - " + bad + "\n", "a", 1, "a b | "),
                new Case("that was not reached", "  - " + bad + "\n" + after, "z", 1, "b | "),
                new Case("that is not there", "  - " + bad + "\n", "nn", 2, "b | "),
                new Case(
                        "the step that invoked",
                        "  - {step: {id: i, type: invoke, invoke: {runbook: child}}}\n" + after,
                        "i",
                        1,
                        "one b | "),
                new Case(
                        "beside what was ended",
                        "  - parallel: {fail_fast: true, branches: [{label: A, steps: [" + bad
                                + "]}, {label: B, steps: [{step: " + cli("d", "say") + "}]}]}\n",
                        "b",
                        1,
                        "b | "),
                new Case(
                        "that was let pass",
                        "  - {step: {id: i, type: invoke, invoke: {runbook: child}, gate: {on_error: skip}}}\n  - {step: "
                                + cli("e", "bad") + "}\n",
                        "b",
                        1,
                        "one b e | "));
    }

    @TempDir
    Path folder;

    @BeforeEach
    void project() throws IOException {
        folder = folder.toRealPath();
        write("governance.yaml", "apiVersion: governance/v0\ndefault: allow\n");
        write("gert.yaml", "name: shop\n");
        program("bin/say", "echo \"$*\" >> ran.log");
        program("bin/bad", "echo \"$*\" >> ran.log\ntest ! -e broken");
        write("child.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: child}
                steps:
                  - {id: one, type: cli, with: {argv: [bin/say, one]}}
                  - {id: b, type: cli, with: {argv: [bin/bad, b]}}
                  - {id: two, type: cli, with: {argv: [bin/say, two]}}
                """);
        write("broken", "");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void again(Case one) throws IOException {
        runbook(one.tree());
        InProcess.Said failed = gert("run", "x.runbook.yaml");
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
        long size = Files.size(journal());
        Files.delete(folder.resolve("broken"));

        String before = String.join(" ", ran());
        InProcess.Said said = gert("retry", "latest", one.step(), "--reason", "there is room");
        String all = String.join(" ", ran());
        assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(one.exit());
        String then = one.ran().substring(0, one.ran().indexOf('|')).strip();
        String now = one.ran().substring(one.ran().indexOf('|') + 1).strip();
        if (!one.name().startsWith("beside")) {
            assertThat(before).isEqualTo(then);
        }
        assertThat(all.substring(before.length()).strip()).isEqualTo(now);
        if (one.exit() != 0) {
            assertThat(Files.size(journal())).isEqualTo(size);
            return;
        }
        assertThat(Files.readString(journal())).containsOnlyOnce("\"type\":\"step_retried\"");
        assertThat(gert("resume", "latest").err()).contains("is over");
        InProcess.Said audit = gert("audit", "latest");
        assertThat(audit.out().replaceAll("\\s+", " ")).contains("retried", "there is room");
        assertThat(audit.exitCode()).isEqualTo(1);
        assertThat(Files.readString(journal().resolveSibling("evidence.json"))).contains("\"what\": \"retried\"");
        LiveSpans.check(journal().getParent());
    }

    /** It fails again, and again; the attempts count on. */
    @Test
    void asOftenAsNeeded() throws IOException {
        runbook("  - {step: " + cli("b", "bad") + "}\n");
        assertThat(gert("run", "x.runbook.yaml").exitCode()).isEqualTo(1);
        assertThat(gert("retry", "latest", "b").exitCode()).isEqualTo(1);
        assertThat(gert("retry", "latest", "b").exitCode()).isEqualTo(1);
        Files.delete(folder.resolve("broken"));
        assertThat(gert("retry", "latest", "b").exitCode()).isZero();
        assertThat(ran()).hasSize(4);
        assertThat(Files.readString(journal()))
                .contains("\"type\":\"step_started\",\"data\":{\"step\":\"b\",\"attempt\":4");
        assertThat(gert("retry", "latest", "b").exitCode()).isEqualTo(1);
    }

    /** The step that failed may be mended in the runbook, and nothing else that was done. */
    @Test
    void withTheRunbookMended() throws IOException {
        runbook("  - {step: " + cli("a", "say") + "}\n  - {step: " + cli("b", "bad") + "}\n");
        assertThat(gert("run", "x.runbook.yaml").exitCode()).isEqualTo(1);
        runbook("  - {step: " + cli("a", "say") + "}\n  - {step: " + cli("b", "say") + "}\n");
        assertThat(gert("retry", "latest", "b").exitCode()).isEqualTo(3);
        InProcess.Said mended = gert("retry", "latest", "b", "--accept-changes");
        assertThat(mended.exitCode()).as(mended.err()).isZero();
        assertThat(ran()).containsExactly("a", "b", "b");

        runbook("  - {step: " + cli("a", "bad") + "}\n  - {step: " + cli("b", "bad") + "}\n");
        assertThat(gert("retry", "latest", "b", "--accept-changes").exitCode()).isEqualTo(3);
    }

    /** What waits for a yes is gone on with, not made again. */
    @Test
    void notWhileTheRunWaits() throws IOException {
        write("governance.yaml", "apiVersion: governance/v0\ndefault: acknowledge\n");
        runbook("  - {step: " + cli("b", "bad") + "}\n");
        assertThat(gert("run", "x.runbook.yaml").exitCode()).isEqualTo(8);
        InProcess.Said said = gert("retry", "latest", "b");
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).contains("is not over", "gert resume");
        assertThat(ran()).isEmpty();
    }

    private void runbook(String tree) throws IOException {
        write(
                "x.runbook.yaml",
                "apiVersion: runbook/v0\nimports: {child: child.runbook.yaml}\nmeta: {name: x}\ntree:\n" + tree);
    }

    private InProcess.Said gert(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        if (!words[0].equals("audit")) {
            all.add("--non-interactive");
        }
        return InProcess.gert(all, folder);
    }

    private List<String> ran() throws IOException {
        Path log = folder.resolve("ran.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private Path journal() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("reports/runs"))) {
            return runs.findFirst().orElseThrow().resolve("journal.jsonl");
        }
    }

    private void program(String name, String lines) throws IOException {
        Path file = write(name, "#!/bin/sh\n" + lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}

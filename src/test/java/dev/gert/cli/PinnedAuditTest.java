package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `evidence.json` and the report say of what was declared: that of then, whatever there is today. */
class PinnedAuditTest {
    private static final String RUNBOOK = """
            apiVersion: runbook/v0
            meta: {name: restart, vars: {hosts: "a,b"}}
            tree:
              - step:
                  id: look
                  type: cli
                  with: {argv: [echo, "7"]}
                  capture: {load: stdout}
                  outcomes: [{when: 'load > 90', state: escalated, label: far too much}]
                branches:
                  - condition: 'load > 50'
                    label: Overloaded
                    steps:
                      - step: {id: shed, type: cli, with: {argv: [touch, shed]}}
                      - step: {id: tell, type: cli, with: {argv: [touch, tell]}}
                  - condition: 'load > 5'
                    label: Busy
                    steps:
                      - iterate:
                          over: "{{ .hosts }}"
                          as: host
                          steps:
                              - step:
                                  id: ping
                                  type: cli
                                  with: {argv: [echo, "{{ .host }}"]}
                                  capture: {pong: stdout}
                                branches:
                                  - {condition: 'pong == "c"', label: C, steps: [{step: {id: c, type: cli, with: {argv: [echo, c]}}}]}
                      - step:
                          id: restart
                          type: cli
                          with: {argv: [touch, restarted]}
                          outcomes: [{state: resolved, label: restarted}]
                  - condition: 'load > 1'
                    label: Idle
                    steps:
                      - step: {id: wait, type: cli, with: {argv: [echo, wait]}}
              - step: {id: after, type: cli, with: {argv: [echo, after]}}
            """;

    @TempDir
    Path folder;

    private InProcess.Said gert(String... args) {
        return InProcess.gert(List.of(args), folder, Map.of("LANG", "C.UTF-8", "PATH", "/usr/bin:/bin"));
    }

    private Path run() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("reports/runs"))) {
            return runs.findFirst().orElseThrow();
        }
    }

    private String tree() throws IOException {
        String page = Files.readString(run().resolve("report.html"));
        return page.substring(page.indexOf("<h2 id=\"tree\"")).replaceAll("<[^>]*>", "");
    }

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("restart.runbook.yaml"), RUNBOOK);
        Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\ndefault: allow\n");
        InProcess.Said said = gert("run", "restart.runbook.yaml", "--non-interactive");
        assertThat(said.exitCode()).as(said.out() + said.err()).isZero();
    }

    @Test
    void whatWasNotReachedStandsWhereItWouldHave() throws IOException {
        String tree = tree();
        assertThat(tree)
                .containsSubsequence(
                        "look",
                        "not taken: Overloaded",
                        "not reached: shed, tell (its branch was not taken)",
                        "Busy",
                        "not taken: C",
                        "not reached: c (its branch was not taken)",
                        "restart",
                        "not reached: outcome escalated",
                        "did not hold: load=7",
                        "not taken: Idle (the branch before it was taken: Busy)",
                        "not reached: wait",
                        "not reached: after (the run ended at `look.branches[1].steps[1]` with outcome resolved)");
        assertThat(tree.split("not reached: c ", -1)).hasSize(2);
        assertThat(Files.readString(run().resolve("evidence.json")))
                .contains("\"name\": \"after\"", "\"name\": \"wait\"", "\"findings\": []")
                .doesNotContain("\"name\": \"ping\"");
    }

    @Test
    void itIsTheSameWhateverBecameOfTheFiles() throws IOException {
        String evidence = Files.readString(run().resolve("evidence.json"));
        String tree = tree();
        Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\ndeny_commands: ['*']\n");
        Files.delete(folder.resolve("restart.runbook.yaml"));
        assertThat(gert("report", "latest").exitCode()).isZero();
        assertThat(Files.readString(run().resolve("evidence.json"))).isEqualTo(evidence);
        assertThat(tree()).isEqualTo(tree);
    }

    @Test
    void withoutWhatGovernedItNothingIsSaidOfIt() throws IOException {
        try (Stream<Path> pinned = Files.list(run().resolve("pinned"))) {
            for (Path file : pinned.toList()) {
                Files.delete(file);
            }
        }
        assertThat(gert("report", "latest").exitCode()).isZero();
        assertThat(Files.readString(run().resolve("evidence.json"))).contains("\"audit\": null");
        assertThat(tree()).contains("restart").doesNotContain("not reached");
    }

    @Test
    void whatAnAuditorAsksStandsUnderTheGaps() throws IOException {
        Files.writeString(folder.resolve("ask.runbook.yaml"), """
                apiVersion: runbook/v0
                meta: {name: ask}
                tree:
                  - step:
                      id: see
                      type: manual
                      instructions: look at it
                      required_evidence: [{name: seen, kind: text}]
                      outcomes: [{state: resolved, label: done}]
                """);
        Files.writeString(
                folder.resolve("answers.yaml"), "evidence: {see: {seen: {kind: text, value: it is green}}}\n");
        String before = run().getFileName().toString();
        InProcess.Said said = gert("run", "ask.runbook.yaml", "--answers", "answers.yaml", "--non-interactive");
        assertThat(said.exitCode()).as(said.out() + said.err()).isZero();
        try (Stream<Path> runs = Files.list(folder.resolve("reports/runs"))) {
            Path run = runs.filter(each -> !each.endsWith(before)).findFirst().orElseThrow();
            assertThat(Files.readString(run.resolve("report.html")))
                    .contains("see: evidence `seen` was given by no person: it is from an answers file");
            assertThat(Files.readString(run.resolve("evidence.json"))).contains("\"kind\": \"nobody\"");
        }
    }

    @Test
    void aFolderThatCanBeNoneIsNoFault() {
        RunEvent.RunStarted started = new RunEvent.RunStarted(
                "x",
                new RunEvent.FileDigest("x\0.yaml", "00"),
                List.of(),
                "00",
                "real",
                "a",
                "a",
                "h",
                null,
                "1",
                null,
                "/",
                "/\0",
                null,
                null,
                List.of(),
                null,
                null,
                List.of());
        Envelope first = new Envelope(0, "2026-11-23T10:15:00.000000Z", "r", null, started);
        assertThat(PinnedPlan.of(folder, List.of(first))).isNull();
    }
}

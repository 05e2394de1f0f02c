package dev.gert.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.EngineFixture;
import dev.gert.engine.port.Dispatcher;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.model.Import;
import dev.gert.model.ToolFile;
import dev.gert.plan.Plan;
import dev.gert.plan.Surroundings;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import dev.gert.projection.Evidence;
import dev.gert.render.RunTextLook.Detail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The text and the evidence of a run that has everything, made by the engine itself with parts in memory. */
class RunTextTest {
    private static final String POLICY = """
            apiVersion: governance/v0
            default: acknowledge
            read_commands: ["q", "q *"]
            """;

    private static final String CHILD = """
            apiVersion: runbook/v0
            meta: {name: restart-service}
            steps:
              - {id: stop, type: cli, effect: read, title: Stop, with: {argv: [q, stop]}}
              - {id: start_it, type: cli, effect: read, title: Start, with: {argv: [q, start]}, outcomes: [{state: resolved, label: it is up, recommendation: Look again.}]}
            """;

    private static final String NEXT = """
            apiVersion: runbook/v0
            meta: {name: follow-up}
            steps:
              - {id: note, type: cli, effect: read, title: Note, with: {argv: [q, note]}, outcomes: [{state: escalated, label: handed over, recommendation: Call them.}]}
            """;

    private static final String HEAD = """
            apiVersion: runbook/v0
            meta: {name: x}
            tree:
            """;

    private static final RunText.Output NOTHING = new RunText.Output() {
        @Override
        public List<String> lastLines(String file) {
            return List.of();
        }

        @Override
        public String path(String file) {
            return file;
        }
    };

    private static final String EVERYTHING = """
            apiVersion: runbook/v0
            imports: {restart: child.runbook.yaml, next: next.runbook.yaml}
            meta: {name: everything, vars: {hosts: "web1,web2"}}
            tree:
              - step: {id: pick, type: cli, effect: read, title: P, precondition: {check: [q, zero], skip_if_succeeds: true}, with: {argv: [q, a]}}
              - step: {id: pick2, type: cli, effect: read, title: P, precondition: {check: [q, three], skip_if_succeeds: true}, with: {argv: [q, a]}, capture: {picked: stdout}}
              - step: {id: never, type: cli, effect: read, title: N, when: 'hosts == "x"', with: {argv: [q, a]}}
              - step: {id: flaky, type: cli, effect: read, title: F, retry: {attempts: 3, delay: 2s}, with: {argv: [q, flaky]}}
              - iterate:
                  over: "{{ .hosts }}"
                  as: host
                  steps:
                    - step: {id: ping, type: cli, effect: read, title: Ping, with: {argv: [q, "{{ .host }}"]}, capture: {pong: stdout}}
                      branches:
                        - {condition: 'host == "web2"', label: The second, steps: [{step: {id: second, type: cli, effect: read, title: S, with: {argv: [q, s]}}}]}
              - iterate:
                  over: ","
                  as: nothing
                  steps: [{step: {id: no, type: cli, effect: read, title: N, with: {argv: [q, "{{ .nothing }}"]}}}]
              - iterate:
                  max: 5
                  until: 'iteration == 2'
                  steps: [{step: {id: turn, type: cli, effect: read, title: T, with: {argv: [q, t]}}}]
              - parallel:
                  max_concurrent: 1
                  branches:
                    - label: left side
                      steps: [{step: {id: left, type: cli, effect: read, title: L, with: {argv: [q, l]}, capture: {leftout: stdout}}}]
                    - label: right side
                      steps: [{step: {id: inv, type: invoke, title: I, invoke: {runbook: restart}}}]
              - step: {id: kill_gw, type: cli, title: K, with: {argv: [kill, gw]}, outcomes: [{state: needs_rca, label: over to them, next_runbook: {file: next}}]}
            """;

    @Test
    void everything() {
        EngineFixture run = run(EVERYTHING);

        assertThat(text(run, Detail.NORMAL, 100)).isEqualTo("""
                x   run run   policy built-in floor
                ○ pick      cli                skipped: its precondition found nothing to do
                    precondition   exit code 0
                ✓ pick2     cli                picked=out of a
                ○ never     cli                skipped: `hosts == "x"` is not true
                ● flaky     cli        0.0 s   attempt 1 of 3 failed: exit code 3, again in 2 s
                ✓ flaky     cli
                ✓ ping      cli                each [1/2] host=web1: pong=out of web1
                ✓ ping      cli                each [2/2] host=web2: pong=out of web2
                  → each [2/2] host=web2: The second
                ✓ second    cli                each [2/2] host=web2
                  → each: nothing to go over
                ✓ turn      cli                until [1/5]
                ✓ turn      cli                until [2/5]
                  → until: true after 2 iterations
                ✓ left      cli                left side: leftout=one…
                  restart-service   run run.2   invoked by inv
                  ✓ stop       cli                right side
                  ✓ start_it   cli                right side
                  outcome  resolved   "it is up"   2 steps
                ✓ inv       invoke             right side
                ● kill_gw   cli                waits for approval: default: acknowledge (governance.yaml:2)
                ✓ kill_gw   cli
                outcome  needs_rca   "over to them"   10 steps, 0.0 s
                goes on  with next

                follow-up   run run.3   goes on from x
                ✓ note   cli
                outcome  escalated   "handed over"   13 steps, 1 approval, 0.0 s
                next     Call them.
                """);
        assertThat(text(run, Detail.QUIET, 100)).isEqualTo("""
                outcome  needs_rca   "over to them"   10 steps, 0.0 s
                outcome  escalated   "handed over"   13 steps, 1 approval, 0.0 s
                next     Call them.
                """);
    }

    @Test
    void aNarrowTerminalBreaksNoWord() {
        EngineFixture run = run(EVERYTHING);
        List<String> whole = List.of(text(run, Detail.VERBOSE, 200).split("\\s+"));
        for (int width = 40; width < 80; width++) {
            String text = text(run, Detail.VERBOSE, width);
            for (String line : text.split("\n")) {
                assertThat(RunLines.columns(line))
                        .as("%d columns: %s", width, line)
                        .isLessThanOrEqualTo(width);
            }
            assertThat(whole).as("%d columns", width).containsAll(List.of(text.split("\\s+")));
        }
    }

    @Test
    void whatFailsBetweenAndBeforeSteps() {
        assertThat(text(run(HEAD + """
              - iterate:
                  max: 2
                  until: 'iteration == 3'
                  steps: [{step: {id: turn, type: cli, effect: read, title: T, with: {argv: [q, t]}}}]
            """), Detail.NORMAL, 100)).endsWith("""
                ✓ turn      cli                until [1/2]
                ✓ turn      cli                until [2/2]
                ✗ until     loop               failed: `iteration == 3` was not true after 2 iterations
                outcome  error   `iteration == 3` was not true after 2 iterations   2 steps, 0.0 s
                """);
        assertThat(text(run(HEAD + """
              - step: {id: pick, type: cli, effect: read, title: P, precondition: {check: [q, three], message: not on this host}, with: {argv: [q, a]}}
            """), Detail.NORMAL, 100)).endsWith("""
                ✗ pick      cli                failed: not on this host
                    precondition   failed: exit code 3
                outcome  error   `pick` failed   1 step, 0.0 s
                """);
        assertThat(text(run(HEAD + """
              - step: {id: flaky, type: cli, effect: read, title: F, retry: {attempts: 2, delay: 1m}, with: {argv: [q, three]}}
            """), Detail.NORMAL, 100)).endsWith("""
                ● flaky     cli        0.0 s   attempt 1 of 2 failed: exit code 3, again in 1m 00s
                ✗ flaky     cli                failed: exit code 3, attempt 2 of 2
                outcome  error   `flaky` failed   1 step, 0.0 s
                """);
    }

    @Test
    void whatAPersonGaveIsUnderTheStep() {
        EngineFixture run = EngineFixture.of("""
                apiVersion: runbook/v0
                meta: {name: look}
                steps: [{id: look, type: manual, title: Look, instructions: Look.}]
                """, POLICY);
        run.start();
        int end = 0;
        while (!(run.records.get(end).event() instanceof RunEvent.StepCompleted)) {
            end++;
        }
        SafeText given = Captured.recorded("it is red\nand loud", false).shown();
        RunEvent.OutputFile file = new RunEvent.OutputFile("attachments/a.png", 12, "9f2c12345678", false);
        List<RunEvent> items = List.of(
                new RunEvent.EvidenceCollected("look", 1, "board", "text", given, List.of(), null, "person"),
                new RunEvent.EvidenceCollected("look", 1, "checks", "checklist", null, List.of(given), null, "answers"),
                new RunEvent.EvidenceCollected("look", 1, "shot", "attachment", null, List.of(), file, "person"));
        for (RunEvent item : items) {
            run.records.add(end++, new Envelope(0, "2026-01-01T00:00:00.000000Z", "run", null, item));
        }

        assertThat(text(run, Detail.NORMAL, 100)).contains("""
                ✓ look      manual
                    evidence   board: it is red…
                    evidence   checks: 1 item ticked   answers
                    evidence   shot: attachments/a.png (12 bytes, sha256:9f2c1234…)
                """);
        assertThat(evidence(run).replaceAll("\\s+", ""))
                .contains("\"evidence\":[{\"name\":\"board\",\"kind\":\"text\",\"value\":\"itisred\\nandloud\","
                        + "\"method\":\"person\"},{\"name\":\"checks\",\"kind\":\"checklist\","
                        + "\"ticked\":[\"itisred\\nandloud\"],\"method\":\"answers\"},{\"name\":\"shot\","
                        + "\"kind\":\"attachment\",\"attachment\":{\"file\":\"attachments/a.png\",\"bytes\":12,"
                        + "\"sha256\":\"9f2c12345678\",\"redacted\":false},\"method\":\"person\"}]");
    }

    @Test
    void aResumedRunTellsAgainWhichRunItIsInAndCountsEachStepOnce() {
        EngineFixture run = run(EVERYTHING);
        int cut = 0;
        while (!run.records.get(cut).run().equals("run.2")
                || !(run.records.get(cut).event() instanceof RunEvent.StepCompleted)) {
            cut++;
        }
        RunText text = new RunText(new RunTextLook(true, false, 100, Detail.NORMAL, 7, 6), NOTHING, run.plan);
        run.records.subList(0, cut + 1).forEach(text::recall);
        StringBuilder lines = new StringBuilder();
        List<Envelope> after = new ArrayList<>(run.records.subList(cut + 1, run.records.size()));
        after.add(
                0,
                new Envelope(
                        0,
                        "2026-01-01T00:00:00.000000Z",
                        "run",
                        null,
                        new RunEvent.RunResumed("kim", "ops1", 0, null)));
        for (Envelope record : after) {
            text.add(record).forEach(line -> lines.append(line).append('\n'));
        }

        assertThat(lines.toString()).startsWith("""
                x   run run   policy built-in floor
                resumed by kim on ops1
                  restart-service   run run.2   invoked by inv
                  ✓ start_it   cli                right side
                  outcome  resolved   "it is up"   2 steps
                """).contains("13 steps, 1 approval");
    }

    @Test
    void theEvidenceKeepsRunsAttemptsAndLoopsApart() {
        String json = evidence(run(EVERYTHING));
        assertThat(json).contains("""
                  "loops": [
                    {
                      "run": "run",
                      "step": "tree[4]",
                      "iterations": [
                        {
                          "number": 1,
                          "of": 2,
                          "item": "web1"
                        },
                """).contains("""
                      "run": "run",
                      "step": "pick2.precondition",
                      "id": "pick2.precondition",
                      "type": "precondition",
                      "title": "",
                      "precondition_of": "pick2",
                      "attempt": 1,
                """).contains("""
                      "id": "run.3",
                      "parent": "run",
                      "linked": "chain",
                      "step": "kill_gw",
                      "reference": "next",
                """).contains("""
                  "outcome": {
                    "state": "escalated",
                    "exit_code": 0,
                    "step": "note",
                    "label": "handed over",
                """);
        assertThat(json.split("\"step\": \"flaky\"", -1))
                .as("two attempts of one step")
                .hasSize(3);
        assertThat(json).contains("\"status\": \"failed\"").contains("\"retried\": true");
        assertThat(evidence(run(HEAD + """
              - iterate:
                  max: 1
                  until: 'iteration == 3'
                  steps: [{step: {id: turn, type: cli, effect: read, title: T, with: {argv: [q, t]}}}]
            """))).contains("\"converged\": false").contains("""
                  "failures": [
                    {
                      "run": "run",
                      "step": "tree[0]",
                """);
    }

    /** However long a run was, its evidence is given on in pieces that are not. */
    @Test
    void evidenceComesInPieces() throws IOException {
        EngineFixture run = run(HEAD + """
              - iterate:
                  max: 300
                  until: 'iteration == 301'
                  steps: [{step: {id: turn, type: cli, effect: read, title: T, with: {argv: [q, t]}}}]
            """);
        Evidence evidence = new Evidence();
        run.records.forEach(evidence::add);
        List<String> pieces = new ArrayList<>();
        EvidenceJson.write(evidence, null, "00", new Appendable() {
            @Override
            public Appendable append(CharSequence piece) {
                pieces.add(piece.toString());
                return this;
            }

            @Override
            public Appendable append(CharSequence piece, int start, int end) {
                return append(piece.subSequence(start, end));
            }

            @Override
            public Appendable append(char c) {
                return append(String.valueOf(c));
            }
        });
        assertThat(String.join("", pieces)).isEqualTo(evidence(run));
        assertThat(pieces).hasSizeGreaterThan(2).allMatch(piece -> piece.length() < 100_000);
    }

    private static String evidence(EngineFixture run) {
        Evidence evidence = new Evidence();
        run.records.forEach(evidence::add);
        StringBuilder pack = new StringBuilder();
        try {
            EvidenceJson.write(evidence, null, "00", pack);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pack.toString();
    }

    private static EngineFixture run(String runbook) {
        Plan child = EngineFixture.of(CHILD, POLICY).plan;
        Plan next = EngineFixture.of(NEXT, POLICY).plan;
        EngineFixture fixture = EngineFixture.of(runbook, POLICY, new Surroundings() {
            @Override
            public @Nullable ToolFile tool(Import declared) {
                return null;
            }

            @Override
            public Link runbook(String reference) {
                return new Link.Found(reference.equals("restart") ? child : next);
            }

            @Override
            public boolean upstream() {
                return false;
            }
        });
        fixture.result = order -> {
            List<String> argv = order.command().argv();
            String word = argv.get(argv.size() - 1);
            int exit = word.equals("three") || word.equals("flaky") && order.attempt() < 2 ? 3 : 0;
            return new Dispatcher.Result.Exited(exit, word.equals("l") ? "one\ntwo" : "out of " + word, "", null, null);
        };
        fixture.start();
        return fixture;
    }

    private static String text(EngineFixture run, Detail detail, int width) {
        RunText text = new RunText(new RunTextLook(true, false, width, detail, 7, 6), NOTHING, run.plan);
        StringBuilder lines = new StringBuilder();
        for (Envelope record : run.records) {
            text.add(record).forEach(line -> lines.append(line).append('\n'));
        }
        return lines.toString();
    }
}

package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.policy.SecretForms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --record}: what really ran becomes a scenario that comes to the same path, or there is none. */
class RecordIT {
    private static final String SECRET = "s3cr3t-Tok3n-9Q";
    private static final String SCENARIO = "scenarios/x/mine";

    @TempDir
    Path folder;

    private Workshop shop;
    private Path scenario;

    @BeforeEach
    void work() throws IOException {
        shop = new Workshop(folder);
        scenario = shop.folder.resolve(SCENARIO);
        shop.file("gert.yaml", "name: x\n");
        shop.file("governance.yaml", """
                apiVersion: governance/v0
                default: allow
                redact: [{pattern: 'password=\\S+', replace: 'password=***'}]
                """);
        shop.standIn("say", "printf '%b' \"$1\"");
        shop.standIn("tell", "echo password=x1234");
    }

    private Workshop.Result record(String rest, String... more) throws Exception {
        shop.file("x.runbook.yaml", "apiVersion: runbook/v0\n" + rest);
        List<String> words =
                new ArrayList<>(List.of("run", "x.runbook.yaml", "--non-interactive", "--record", SCENARIO));
        words.addAll(List.of(more));
        return shop.gert(words.toArray(String[]::new));
    }

    private String file(String name) throws IOException {
        return Files.readString(scenario.resolve(name));
    }

    /** It passes, and nothing of it is left over. */
    private Workshop.Result passes(String... more) throws Exception {
        int before = shop.ran().size();
        List<String> words = new ArrayList<>(List.of("test", "--scenario", SCENARIO, "--strict"));
        words.addAll(List.of(more));
        Workshop.Result result = shop.gert(words.toArray(String[]::new));
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).contains("1 passed");
        assertThat(shop.ran()).hasSize(before);
        return result;
    }

    private void none(Workshop.Result result) throws IOException {
        Path parent = scenario.getParent();
        assertThat(Files.exists(scenario)).as(result.all()).isFalse();
        if (Files.exists(parent)) {
            assertThat(parent).isEmptyDirectory();
        }
    }

    @Test
    void theWayThroughEveryKindOfNodeIsTheSame() throws Exception {
        shop.standIn("flaky", "n=$(cat n 2>/dev/null || echo 0); echo $((n + 1)) > n; echo try $n; exit $((2 - n))");
        shop.standIn("turn", "n=$(cat t 2>/dev/null || echo 0); echo $((n + 1)) | tee t");
        shop.standIn("there", "exit $1");
        shop.file("child.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: child, inputs: {who: {from: parent}}}
                steps:
                  - {id: greet, type: cli, title: T, with: {argv: [say, 'hello {{ .who }} at {{ .query_end_time }}']}, capture: {greeting: stdout}}
                """);
        shop.file("after.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: after, inputs: {seen: {from: parent}}}
                steps:
                  - {id: last, type: cli, title: T, with: {argv: [say, '{{ .seen }}']}, outcomes: [{state: resolved, label: over}]}
                """);
        Workshop.Result result =
                record("""
                meta: {name: x, vars: {region: north}, inputs: {host: {from: prompt, default: web-1}}}
                imports: {child: child.runbook.yaml, after: after.runbook.yaml}
                tree:
                  - step: {id: again, type: cli, title: T, effect: idempotent, with: {argv: [flaky]}, retry: {attempts: 4}, capture: {tries: stdout}}
                  - step: {id: not_needed, type: cli, title: T, precondition: {check: [there, "0"], skip_if_succeeds: true}, with: {argv: [say, no]}}
                  - step: {id: needed, type: cli, title: T, precondition: {check: [there, "3"], skip_if_succeeds: true}, with: {argv: [say, yes]}}
                  - step: {id: unwanted, type: cli, title: T, when: 'region == "south"', with: {argv: [say, no]}}
                  - iterate:
                      max: 5
                      until: 'count == "3"'
                      steps: [{step: {id: count, type: cli, title: T, with: {argv: [turn]}, capture: {count: stdout}}}]
                  - iterate:
                      over: 'a,b'
                      as: item
                      steps: [{step: {id: each, type: cli, title: T, with: {argv: [say, '{{ .item }} {{ .iteration }} {{ .region }}']}}}]
                  - parallel:
                      branches:
                        - {label: one, steps: [{step: {id: p1, type: cli, title: T, with: {argv: [say, one]}}}, {step: {id: p2, type: cli, title: T, with: {argv: [say, two]}}}]}
                        - {label: two, steps: [{step: {id: p3, type: cli, title: T, with: {argv: [say, three]}}}, {step: {id: p4, type: cli, title: T, with: {argv: [say, four]}}}]}
                  - step: {id: calls, type: invoke, title: T, invoke: {runbook: child, inputs: {who: '{{ .host }}'}}, capture: {heard: greeting}}
                  - step: {id: lenient, type: cli, title: T, with: {argv: [there, "7"]}, exit_codes: any, capture: {code: exit_code}}
                    branches:
                      - {condition: 'code == "0"', label: No, steps: [{step: {id: never, type: cli, title: T, with: {argv: [say, no]}}}]}
                      - condition: 'code == "7"'
                        label: Seven
                        steps:
                          - step: {id: ends, type: cli, title: T, with: {argv: [say, '{{ .run_id }} {{ .actor }}']}, outcomes: [{when: 'tries == ""', state: escalated, label: none}, {state: no_action, label: on, next_runbook: {file: after, inputs: {seen: '{{ .heard }}'}}}]}
                """, "--var", "region=north-1", "--incident-time", "2026-01-02T03:04:05Z", "--window", "30m");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).contains("replay it: gert test --scenario " + SCENARIO);
        assertThat(file("expected.yaml"))
                .contains("outcome: resolved")
                .contains(
                        "[again, needed, count, count, count, each, each, p1, p2, p3, p4, calls, greet, lenient, ends,"
                                + " last]")
                .contains("tries: \"try 2\"")
                .contains("heard: \"hello web-1 at 2026-01-02T03:04:05Z\"")
                .contains("- {runbook: x, outcome: no_action}\n  - {runbook: after, outcome: resolved}");
        assertThat(file("inputs.yaml"))
                .contains("region: north-1\n", "host: web-1\n", "query_start_time: \"2026-01-02T02:34:05Z\"\n");
        passes();
        passes("--rebase-time", "query_end_time");
        Workshop.Result shown =
                shop.gert("run", "x.runbook.yaml", "--mode", "replay", "--scenario", SCENARIO, "--output", "text");
        assertThat(shown.exit()).as(shown.all()).isZero();
        assertThat(shown.out()).contains("hello web-1");
        assertThat(shop.gert("coverage", "x.runbook.yaml").out()).contains("✓ Seven");
    }

    @Test
    void outputComesBackLetterForLetter() throws Exception {
        shop.standIn(
                "odd",
                "printf '  {{ .x }}\\n\\n# no: comment \\n\\033[31mred\\033[0m\\ttab\\r\\n--- \\342\\200\\250 %s \\n\\n' '\"quoted\\'");
        shop.standIn("binary", "printf 'a\\377b'");
        shop.standIn("big", "seq 1 200000; seq 1 200000 >&2");
        Workshop.Result result = record("""
                meta: {name: x}
                steps:
                  - {id: odd, type: cli, title: T, with: {argv: [odd, '{{ "{{" }} é ü', '', ' x ']}, capture: {odd: stdout}}
                  - {id: binary, type: cli, title: T, with: {argv: [binary]}, capture: {binary: stdout}}
                  - {id: big, type: cli, title: T, with: {argv: [big]}, outcomes: [{when: 'odd contains "red" and binary != ""', state: resolved}]}
                """);
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(file("scenario.yaml")).contains("nothing reads the").contains("a\uFFFDb");
        assertThat(Files.size(scenario.resolve("scenario.yaml"))).isLessThan(30_000);
        passes();
    }

    @Test
    void whatIsReadAndTooBigIsSaid() throws Exception {
        shop.standIn("big", "seq 1 200000");
        Workshop.Result result = record("""
                meta: {name: x}
                steps: [{id: big, type: cli, title: T, with: {argv: [big]}, capture: {all: stdout}}]
                """);
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.err()).contains("no scenario was recorded: `big` printed 1288895 bytes that a capture");
        none(result);
    }

    @Test
    void secretsAreInNoFile() throws Exception {
        shop.standIn(
                "login",
                "echo \"token $1 $2\"; printf %s \"$1\" | base64; echo \"password=hunter2hunter2 kept\" >&2; echo 204");
        Workshop.Result result =
                record("""
                meta:
                  name: x
                  inputs:
                    token: {from: prompt, sensitive: true}
                    key: {from: prompt, sensitive: true, pattern: "^[0-9a-f]{4}-[0-9]+$", example: "beef-1"}
                    note: {from: prompt}
                steps:
                  - {id: login, type: cli, title: 'In with {{ .token }}', with: {argv: [login, '{{ .token }}', 'k={{ .key }}', '{{ .note }}']}, capture: {said: stdout, why: stderr}}
                  - {id: more, type: cli, title: T, with: {argv: [say, '{{ .said }}']}, outcomes: [{state: resolved, label: '{{ .why }}', recommendation: 'use {{ .key }}'}]}
                """, "--var", "token=" + SECRET, "--var", "key=cafe-98765", "--var", "note=password=sesame");
        assertThat(result.exit()).as(result.all()).isZero();
        try (var files = Files.walk(scenario)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(text).as("%s", file).doesNotContain("hunter2").doesNotContain("sesame");
                for (String secret : List.of(SECRET, "cafe-98765")) {
                    assertThat(SecretForms.of(secret)).noneMatch(text::contains);
                }
            }
        }
        assertThat(file("inputs.yaml"))
                .contains("token: \"***\"  # redacted: not the run's value")
                .contains("key: beef-1  # redacted")
                .contains("note: \"password=***\"  # redacted");
        assertThat(file("scenario.yaml")).contains("k=beef-1").contains("password=*** kept");
        assertThat(file("expected.yaml"))
                .contains("# captures left out: said (redacted), why (redacted)\n")
                .doesNotContain("captures:\n");
        passes();
    }

    @Test
    void aConditionThatReadWhatIsRedactedIsNamed() throws Exception {
        String step = "  - step: {id: a, type: cli, title: T, with: {argv: [tell]}, capture: {said: stdout}";
        String[][] cases = {
            {
                step
                        + "}\n    branches: [{condition: 'said contains \"1234\"', label: In, steps: [{step: {id: b, type: cli,"
                        + " title: T, with: {argv: [say, in]}}}]}]",
                "the condition of the branch \"In\"",
                "`said`"
            },
            {
                step + "}\n    branches: [{condition: 'said == \"\"', label: Out, steps: [{step: {id: b, type: cli,"
                        + " title: T, with: {argv: [say, in]}}}]}]",
                "the condition of the branch \"Out\"",
                "`said`"
            },
            {
                step + "}\n  - step: {id: b, type: cli, title: T, when: 'token == \"\"', with: {argv: [say, in]}}",
                "the `when` of `b`",
                "`token`"
            },
            {
                step + ", outcomes: [{when: 'said == \"\"', state: escalated, label: l}, {state: resolved, label: m}]}",
                "an outcome of `a`",
                "`said`"
            },
            {
                "  - iterate: {max: 2, until: 'said contains \"1234\"', steps: [{"
                        + step.strip().substring(2) + "}}]}",
                "the `until` of a loop",
                "`said`"
            },
        };
        for (String[] each : cases) {
            Workshop.Result result = record(
                    "meta: {name: x, inputs: {token: {from: prompt, sensitive: true}}}\ntree:\n" + each[0] + "\n",
                    "--var",
                    "token=" + SECRET);
            assertThat(result.exit()).as(result.all()).isZero();
            assertThat(result.err())
                    .contains("warning: no scenario was recorded: " + each[1] + " at x.runbook.yaml:")
                    .contains(" read " + each[2] + ", which is redacted")
                    .doesNotContain(SECRET);
            none(result);
        }
        Workshop.Result unread = record("meta: {name: x}\ntree:\n" + step
                + ", outcomes: [{state: resolved, label: m}, {when: 'said == \"\"', state: escalated, label: l}]}\n");
        assertThat(unread.exit()).as(unread.all()).isZero();
        passes();
    }

    @Test
    void whereItWouldPartIsSaidAndNothingIsKept() throws Exception {
        shop.file("governance.yaml", "apiVersion: governance/v0\ndefault: allow\ndeny_commands: [say]\n");
        Files.createSymbolicLink(shop.folder.resolve("bin/alias"), shop.folder.resolve("bin/say"));
        Workshop.Result blocked = record("""
                meta: {name: x}
                steps: [{id: through_a_link, type: cli, title: T, with: {argv: [alias, hello]}}]
                """);
        assertThat(blocked.exit()).as(blocked.all()).isEqualTo(4);
        assertThat(blocked.err()).contains("`through_a_link` is blocked in the run, and is failed");
        none(blocked);

        shop.file(
                "governance.yaml",
                "apiVersion: governance/v0\ndefault: allow\nredact: [{pattern: '1', replace: '2'}]\n");
        Workshop.Result other = record("""
                meta: {name: x}
                steps:
                  - {id: a, type: cli, title: T, with: {argv: [say, '{"b": "1'], stdin: ''}, exit_codes: any, assertions: [{contains: "1"}], outcomes: [{state: resolved}]}
                """);
        assertThat(other.exit()).as(other.all()).isZero();
        assertThat(other.err()).contains("no scenario was recorded: the command of `a` holds what is redacted");
        none(other);
    }

    @Test
    void failuresAreRecordedAndTheExitCodeIsTheRuns() throws Exception {
        shop.standIn("slow", "echo begun; sleep 20");
        shop.standIn("bad", "echo no >&2; exit 3");
        String[][] cases = {
            {"{id: a, type: cli, title: T, with: {argv: [bad]}}", "exit_code: 3"},
            {"{id: a, type: cli, title: T, timeout: 500ms, with: {argv: [slow]}}", "exit_code: 124"},
            {"{id: a, type: cli, title: T, with: {argv: [nosuchprogram]}}", "exit_code: 127"},
            {"{id: a, type: cli, title: T, with: {argv: [say, hello]}, assertions: [{contains: bye}]}", "stdout: hello"
            },
            {
                "{id: a, type: cli, title: T, effect: idempotent, retry: {attempts: 2, delay: 1ms}, with: {argv: [say, x]},"
                        + " assertions: [{contains: bye}]}",
                "stdout: x"
            },
            {
                "{id: a, type: cli, title: T, effect: idempotent, retry: {attempts: 2, delay: 1ms}, timeout: 300ms,"
                        + " with: {argv: [slow]}}",
                "exit_code: 124"
            },
        };
        for (String[] each : cases) {
            Workshop.Result result = record("meta: {name: x}\nsteps:\n  - " + each[0] + "\n");
            assertThat(result.exit()).as(result.all()).isEqualTo(1);
            assertThat(file("expected.yaml")).contains("outcome: error").contains("branch_path: [a]");
            assertThat(file("scenario.yaml")).contains(each[1]);
            passes();
            delete(scenario);
        }
    }

    @Test
    void whatPeopleGaveIsRecorded() throws Exception {
        shop.file("shots/p.png", "a picture, password=sesame\n");
        shop.file("answers.yaml", """
                evidence:
                  look:
                    seen: {kind: text, value: "up: yes # now"}
                    metrics: {kind: checklist, items: {"Error rate < 1%": true}}
                    shot: {kind: attachment, path: shots/p.png}
                    cause: {kind: text, value: quota}
                  told: {}
                """);
        Workshop.Result result = record("""
                meta: {name: x}
                tree:
                  - step:
                      id: look
                      type: manual
                      title: T
                      instructions: I
                      required_evidence:
                        - {kind: text, name: seen}
                        - {kind: checklist, name: metrics, items: ["Error rate < 1%"]}
                        - {kind: attachment, name: shot}
                      choices: {variable: cause, prompt: P, options: [{value: gateway, label: G}, {value: quota, label: Q}]}
                    branches:
                      - {condition: 'cause == "quota"', label: Quota, steps: [{step: {id: told, type: manual, title: T, instructions: I}}]}
                """, "--answers", "answers.yaml");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(file("scenario.yaml"))
                .contains("seen: {kind: text, value: \"up: yes # now\"}")
                .contains("cause: {kind: text, value: quota}");
        assertThat(scenario.resolve("attachments/001-look-shot.png")).hasContent("a picture, password=***");
        passes();
        shop.file(SCENARIO + "/attachments/001-look-shot.png", "another");
        assertThat(shop.gert("test", "--scenario", SCENARIO).exit()).isEqualTo(1);
    }

    @Test
    void whatServersAnswerIsInStepFilesWhoseTimesMove() throws Exception {
        shop.standIn("srv", """
                echo ready >&2
                while IFS= read -r line; do
                  id=$(printf '%s' "$line" | sed -n 's/.*"id":\\([0-9]*\\).*/\\1/p')
                  case "$line" in
                    *look*) result='{"at":"2026-01-02T03:04:05Z","n":[1,2.50]}' ;;
                    *word*) result='"just a word"' ;;
                    *refuse*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":7,"message":"not today"}}\\n' "$id"; continue ;;
                    *shutdown*) printf '{"jsonrpc":"2.0","id":%s,"result":null}\\n' "$id"; exit 0 ;;
                  esac
                  [ -z "$id" ] || printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$result"
                done
                """);
        shop.file("tools/s.tool.yaml", """
                apiVersion: tool/v0
                meta: {name: s, version: "1", description: Looks., binary: srv}
                transport: {mode: jsonrpc, startup: {ready_signal: ready, timeout: 20s, shutdown_method: shutdown}}
                actions:
                  look: {description: Looks., method: look, capture: {at: {from: $.at}}}
                  word: {description: Says., method: word}
                  refuse: {description: Refuses., method: refuse}
                """);
        Workshop.Result result = record("""
                meta: {name: x}
                tools: [s]
                steps:
                  - {id: look_once, type: tool, title: T, tool: {name: s, action: look}, capture: {at: at, n: '$.n[1]'}}
                  - {id: look_twice, type: tool, title: T, tool: {name: s, action: look}, capture: {again: at}}
                  - {id: word, type: tool, title: T, tool: {name: s, action: word}, capture: {said: stdout}}
                  - {id: no, type: tool, title: T, tool: {name: s, action: refuse}}
                """, "--incident-time", "2026-01-02T03:00:00Z");
        assertThat(result.exit()).as(result.all()).isEqualTo(1);
        assertThat(file("steps/000-look-once.json")).contains("\"at\": \"2026-01-02T03:04:05Z\"");
        assertThat(file("steps/003-no.json")).contains("\"success\": false").contains("not today");
        assertThat(file("scenario.yaml"))
                .contains("step_files: [\"000-look-once.json\", \"001-look-twice.json\", \"002-word.json\","
                        + " \"003-no.json\"]")
                .doesNotContain("commands:");
        assertThat(file("expected.yaml"))
                .contains("# captures left out: again (a time), at (a time)\n")
                .contains("captures:\n  \"n\": \"2.50\"\n  said: \"just a word\"\n");
        passes();
        passes("--rebase-time", "query_end_time");
        Workshop.Result wrong = shop.gert("test", "--scenario", SCENARIO, "--rebase-time", "start_time");
        assertThat(wrong.exit()).as(wrong.all()).isEqualTo(1);
        shop.file(SCENARIO + "/expected.yaml", file("expected.yaml") + "  at: \"2026-01-02T03:04:05Z\"\n");
        passes();
        assertThat(shop.gert("test", "--scenario", SCENARIO, "--rebase-time", "query_end_time")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void whatPeopleDecideIsRecorded() throws Exception {
        shop.file(
                "governance.yaml",
                "apiVersion: governance/v0\nrequire_approval_for: [{pattern: say, min_approvers: 1}]\n");
        shop.file("x.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: x}
                steps: [{id: tell, type: cli, title: T, with: {argv: [say, hello]}, outcomes: [{state: resolved}]}]
                """);
        String[][] cases = {{"tell\r", "0", "decision: approve", "resolved"}, {"n\r", "4", "decision: deny", "error"}};
        for (String[] each : cases) {
            try (PtySession session = new PtySession(shop, "run", "x.runbook.yaml", "--record", SCENARIO)) {
                session.shows("to acknowledge");
                session.type(each[0]);
                assertThat(session.exit()).as(session.text()).isEqualTo(Integer.parseInt(each[1]));
            }
            assertThat(file("scenario.yaml")).contains("approvals:\n  tell: {" + each[2] + ", person: ");
            assertThat(file("expected.yaml")).contains("outcome: " + each[3]);
            passes();
            delete(scenario);
        }
    }

    @Test
    void aKilledRunIsRecordedWhenItIsOver() throws Exception {
        shop.standIn("wait", "[ -e go ] || { touch begun; sleep 60; }; echo went");
        shop.file("x.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: x, inputs: {token: {from: env.TOKEN, sensitive: true, default: none-at-all}}}
                steps:
                  - {id: first, type: cli, title: T, with: {argv: [say, one]}, capture: {a: stdout}}
                  - {id: second, type: cli, title: T, effect: idempotent, with: {argv: [wait, '{{ .token }}']}, capture: {b: stdout}}
                  - {id: third, type: cli, title: T, with: {argv: [say, '{{ .a }} {{ .b }}']}, outcomes: [{state: resolved}]}
                """);
        Process process =
                shop.start(folder.resolve("out"), folder.resolve("err"), "run", "x.runbook.yaml", "--record", SCENARIO);
        Workshop.await("the second step", () -> Files.exists(shop.folder.resolve("begun")) || !process.isAlive());
        process.destroyForcibly();
        assertThat(process.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        Workshop.await("the children's end", () -> !shop.aliveChildren());
        assertThat(scenario).doesNotExist();
        shop.file("go", "");
        Workshop.Result result = shop.gert("resume", "latest", "--record", SCENARIO);
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(file("expected.yaml")).contains("[first, second, third]").contains("b: went");
        assertThat(file("inputs.yaml")).doesNotContain("none-at-all");
        passes();
    }

    @Test
    void aRunThatIsLeftSaysHowItIsGoneOnWith() throws Exception {
        Workshop.Result left = record("""
                meta: {name: x}
                steps: [{id: a, type: manual, title: T, instructions: I}]
                """);
        assertThat(left.exit()).isEqualTo(8);
        assertThat(left.err()).contains(" --record " + SCENARIO).contains("no scenario yet");
        none(left);
        shop.file("answers.yaml", "evidence: {a: {}}\n");
        Workshop.Result done =
                shop.gert("resume", "latest", "--non-interactive", "--answers", "answers.yaml", "--record", SCENARIO);
        assertThat(done.exit()).as(done.all()).isZero();
        passes();
    }

    @Test
    void aPlaceThatIsTakenRunsNothing() throws Exception {
        String runbook = "meta: {name: x}\nsteps: [{id: a, type: cli, title: T, with: {argv: [say, one]}}]\n";
        shop.file(SCENARIO + "/notes.txt", "mine");
        Workshop.Result full = record(runbook);
        assertThat(full.exit()).isEqualTo(2);
        assertThat(full.err()).contains("`--record " + SCENARIO + "` is a folder that holds files");
        Files.delete(scenario.resolve("notes.txt"));
        Files.delete(scenario);
        Files.createSymbolicLink(scenario, shop.folder.resolve("bin"));
        assertThat(record(runbook).err()).contains("is a link");
        Files.delete(scenario);
        Files.writeString(scenario, "");
        assertThat(record(runbook).exit()).isEqualTo(2);
        Files.delete(scenario);
        Files.delete(scenario.getParent());
        Files.writeString(scenario.getParent(), "");
        assertThat(record(runbook).err()).contains("/scenarios/x` is not a folder");
        Files.delete(scenario.getParent());
        assertThat(record(runbook, "--mode", "dry-run").err()).contains("`--record` belongs to `--mode real`");
        assertThat(shop.ran()).isEmpty();
        assertThat(shop.journal()).isNull();
        Files.createDirectories(scenario);
        assertThat(record(runbook).exit()).isZero();
        passes();
    }

    @Test
    void aFolderThatCantBeWrittenChangesNoExitCode() throws Exception {
        shop.standIn("spoil", "rm -rf scenarios; touch scenarios");
        Workshop.Result result =
                record("meta: {name: x}\nsteps: [{id: a, type: cli, title: T, with: {argv: [spoil]}}]\n");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.err()).contains("warning: no scenario was recorded: it can't be written");
    }

    @Test
    void elsewhereTheRunbookIsNamed() throws Exception {
        shop.file(
                "x.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: x}\nsteps: [{id: a, type: cli, title: T, with: {argv: [say, one]}}]\n");
        Workshop.Result result =
                shop.gert("run", "x.runbook.yaml", "--record", "../" + shop.folder.getFileName() + "/else where");
        assertThat(result.exit()).as(result.all()).isZero();
        String line =
                result.out().substring(result.out().indexOf("replay it: ") + 11).strip();
        assertThat(line).startsWith("gert test x.runbook.yaml --scenario '");
        Workshop.Result test = shop.gert("test", "x.runbook.yaml", "--scenario", "else where");
        assertThat(test.exit()).as(test.all()).isZero();
    }

    @Test
    void theHowToWorksByCopyAndPaste() throws Exception {
        StringBuilder script = new StringBuilder("set -e\n");
        for (String part : Files.readString(Path.of("docs/how-to/record.md")).split("(?m)^```")) {
            String first = part.substring(0, Math.max(0, part.indexOf('\n')));
            String body = part.substring(part.indexOf('\n') + 1);
            if (first.startsWith("yaml ")) {
                shop.file(first.substring("yaml ".length()), body);
            } else if (first.equals("sh")) {
                script.append(body);
            }
        }
        String gert = "gert() { " + String.join(" ", shop.commandLine()) + " \"$@\"; }\n";
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", gert + script)
                .directory(shop.folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(shop.folder.resolve("said").toFile());
        builder.environment().putAll(shop.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(shop.folder.resolve("said"));
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("1 passed");
        Path recorded = shop.folder.resolve("scenarios/disk/friday");
        assertThat(Files.readString(recorded.resolve("inputs.yaml"))).contains("token: \"***\"");
        assertThat(Files.readString(recorded.resolve("expected.yaml")))
                .contains("outcome: escalated", "captures:\n  used: ");
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

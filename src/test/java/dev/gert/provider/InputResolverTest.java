package dev.gert.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.decode.AnswersDecoder;
import dev.gert.decode.RunbookDecoder;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Answers;
import dev.gert.model.Runbook;
import dev.gert.provider.InputResolver.Result;
import dev.gert.source.Source;
import dev.gert.terminal.ScriptedDialogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where values come from, which of several counts, and what is no value (formats.md, section 1). */
class InputResolverTest {
    private static final String RUNBOOK = """
            apiVersion: runbook/v0
            meta:
              name: sample
              vars: {region: westeurope, size: "1.10"}
              inputs:
                server: {from: prompt, description: the server, pattern: "^[a-z0-9-]+$", example: web-1}
                zone: {from: env.ZONE, default: a, pattern: "^[a-c]$"}
                ticket: {from: env.TICKET}
                note: {from: prompt, required: false}
                password: {from: prompt, sensitive: true, pattern: "^.{8,}$"}
            steps:
              - {id: look, type: manual, instructions: look}
            """;

    private final List<String> flags = new ArrayList<>();
    private @Nullable String file;
    private @Nullable String answers;
    private Map<String, String> env = Map.of();
    private ScriptedDialogue dialogue = ScriptedDialogue.nobody("standard input is not a terminal");
    private boolean asks = true;

    @Test
    void everySourceInItsPlace() {
        flags.addAll(List.of("server=web-1", "size=2", "password=hunter2hunter2"));
        file = "server: web-2\nregion: 010\nnote: yes\n";
        env = Map.of("TICKET", "T=1", "ZONE", "");

        assertThat(resolve())
                .isEqualTo(new Result.Resolved(
                        Map.of(
                                "region", "010",
                                "size", "2",
                                "server", "web-1",
                                "zone", "a",
                                "ticket", "T=1",
                                "note", "yes",
                                "password", "hunter2hunter2"),
                        Map.of(
                                "region", "vars-file",
                                "size", "var",
                                "server", "var",
                                "zone", "default",
                                "ticket", "env.TICKET",
                                "note", "vars-file",
                                "password", "var"),
                        List.of("hunter2hunter2")));
    }

    @Test
    void answersComeAfterFlagsAndFileAndBeforeTheRest() {
        flags.add("server=web-1");
        file = "note: written\n";
        answers =
                "inputs: {server: web-2, note: answered, zone: b, password: hunter2hunter2, region: north, ticket: T}\n";
        env = Map.of("ZONE", "c");
        Result.Resolved resolved = (Result.Resolved) resolve();
        assertThat(resolved.values())
                .containsEntry("server", "web-1")
                .containsEntry("note", "written")
                .containsEntry("zone", "b")
                .containsEntry("region", "north")
                .containsEntry("ticket", "T");
        assertThat(resolved.from()).containsEntry("zone", "answers").containsEntry("region", "answers");
        assertThat(resolved.secrets()).containsExactly("hunter2hunter2");

        answers = "inputs: {zone: d, password: short}\n";
        assertThat(findings())
                .containsExactly(
                        "R207 `zone` is `d` and does not match `^[a-c]$`, which came from the file of `--answers`",
                        "R207 the value of `password` does not match `^.{8,}$`, which came from the file of `--answers`");
    }

    @Test
    void answersDoNotReplaceWhatARunHandsOn() {
        answers = "inputs: {server: web-2, region: north, ticket: T, password: hunter2hunter2, other: x}\n";
        Result.Resolved resolved =
                (Result.Resolved) resolver().handed(Map.of("server", "web-1")).resolve(List.of(), null);
        assertThat(resolved.values())
                .containsEntry("server", "web-1")
                .containsEntry("region", "westeurope")
                .containsEntry("ticket", "T");
    }

    @Test
    void whatNobodyGivesIsMissing() {
        assertThat(resolve())
                .isEqualTo(new Result.Missing(
                        List.of("server", "ticket", "password"), "standard input is not a terminal"));
        asks = false;
        dialogue = ScriptedDialogue.typing("web-1");
        assertThat(resolve())
                .isEqualTo(new Result.Missing(List.of("server", "ticket", "password"), "asking is switched off"));
        assertThat(dialogue.shown()).isEmpty();
    }

    @Test
    void aPersonIsAskedInTheOrderOfTheRunbook() {
        dialogue = ScriptedDialogue.typing("Web 1", "web-1", "T1", "", "short", "long enough");

        Result.Resolved resolved = (Result.Resolved) resolve();
        assertThat(resolved.values())
                .containsExactly(
                        Map.entry("region", "westeurope"),
                        Map.entry("size", "1.10"),
                        Map.entry("server", "web-1"),
                        Map.entry("zone", "a"),
                        Map.entry("ticket", "T1"),
                        Map.entry("password", "long enough"));
        assertThat(resolved.from()).containsEntry("server", "prompt").doesNotContainKey("note");
        assertThat(resolved.secrets()).containsExactly("long enough");
        assertThat(dialogue.shown())
                .containsExactly(
                        "server: the server",
                        "    for example web-1",
                        "    must match ^[a-z0-9-]+$",
                        "    server >",
                        "    `server` is `Web 1` and does not match `^[a-z0-9-]+$`",
                        "    server >",
                        "ticket",
                        "    ticket >",
                        "note",
                        "    note (Enter leaves it out) >",
                        "password",
                        "    must match ^.{8,}$",
                        "hidden    password >",
                        "    the value of `password` does not match `^.{8,}$`",
                        "hidden    password >");
    }

    @Test
    void noAnswerIsNoValue() {
        dialogue = ScriptedDialogue.typing("web-1");
        assertThat(resolve())
                .isEqualTo(new Result.Missing(List.of("ticket", "password"), "no value that fits was given"));
        dialogue = ScriptedDialogue.typing("?", "?", "?", "T1", "", "longer than 8");
        assertThat(resolve()).isEqualTo(new Result.Missing(List.of("server"), "no value that fits was given"));
        dialogue = ScriptedDialogue.typing("web-1").thenSignal();
        assertThat(resolve()).isEqualTo(new Result.Interrupted());
    }

    @Test
    void aValueMustMatchWhereverItCameFrom() {
        flags.add("server=Web 1");
        env = Map.of("ZONE", "d", "TICKET", "1");
        assertThat(findings())
                .containsExactly(
                        "R207 `server` is `Web 1` and does not match `^[a-z0-9-]+$`, which came from `--var`",
                        "R207 `zone` is `d` and does not match `^[a-c]$`, which came from `env.ZONE`");
        flags.clear();
        file = "server: 'web-1 '\npassword: short\nticket: ''\n";
        env = Map.of();
        assertThat(findings())
                .containsExactly(
                        "R207 `server` is `web-1 ` and does not match `^[a-z0-9-]+$`, which came from the file of `--vars`",
                        "R207 the value of `password` does not match `^.{8,}$`, which came from the file of `--vars`");
    }

    @Test
    void aLineEndBehindAValueIsPartOfIt() {
        flags.add("server=web-1\n");
        assertThat(findings()).singleElement().asString().startsWith("R207 `server`");
    }

    @Test
    void namesThatTheRunbookDoesNotHave() {
        flags.addAll(List.of("sever=x", "look", "=x", "zone=a", "zone=b"));
        file = "tikcet: 1\nregion: [a]\nzone: ~\n";
        assertThat(findings())
                .containsExactlyInAnyOrder(
                        "R203 `--var` gives `sever`, and the runbook has no var or input of that name",
                        "E002 `--var` needs NAME=VALUE",
                        "E002 `--var` needs NAME=VALUE",
                        "E002 `--var` gives `zone` twice",
                        "R203 the file gives `tikcet`, and the runbook has no var or input of that name",
                        "Y106 `region` must be text",
                        "Y106 `zone` must be text");
    }

    @Test
    void aFileOfValuesIsAFlatMap() {
        file = "- a\n";
        assertThat(findings()).containsExactly("Y106 a file of values must be a map of names to values");
        file = "a: 1\na: 2\n";
        assertThat(findings()).anyMatch(finding -> finding.startsWith("Y105"));
    }

    private List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (Diagnostic finding : ((Result.Wrong) resolve()).findings()) {
            findings.add(finding.code() + " " + finding.message());
        }
        return findings;
    }

    private Result resolve() {
        return resolver().resolve(flags, file == null ? null : Source.of("vars.yaml", file));
    }

    private InputResolver resolver() {
        Diagnostics diagnostics = new Diagnostics();
        Runbook runbook = RunbookDecoder.decode(Source.of("x.runbook.yaml", RUNBOOK), diagnostics);
        Answers given = answers == null
                ? Answers.none()
                : AnswersDecoder.decode(Source.of("answers.yaml", answers), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return new InputResolver(Objects.requireNonNull(runbook), env, dialogue, asks)
                .answers(Objects.requireNonNull(given).inputs());
    }
}

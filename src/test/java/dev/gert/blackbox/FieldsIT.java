package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every field of a step and of an input has its effect in a real run; each test fails when the field is ignored. */
class FieldsIT {
    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void work() throws Exception {
        shop = new Workshop(folder);
        shop.standIn("say", "pwd; echo \"X=$X\"; cat; echo oops >&2");
        shop.standIn("json", "echo '{\"a\": {\"b\": [10, 20]}, \"n\": 1.50}'");
        shop.standIn("slow", "sleep 30");
        shop.standIn("fails", "exit 7");
        shop.file("governance.yaml", "apiVersion: governance/v0\nread_commands: [say]\n");
        Files.createDirectories(shop.folder.resolve("sub"));
    }

    private Workshop.Result run(String meta, String steps, String... arguments) throws Exception {
        shop.file("x.runbook.yaml", "apiVersion: runbook/v0\nmeta: {name: x" + meta + "}\nsteps:\n" + steps);
        String[] all = new String[arguments.length + 2];
        all[0] = "run";
        all[1] = "x.runbook.yaml";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return shop.gert(all);
    }

    private String step(String fields) {
        return "  - {id: one, type: cli, title: One, " + fields + "}\n";
    }

    private String output(String ending) throws IOException {
        try (var files = Files.list(shop.journal().resolveSibling("output"))) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(ending)) {
                    return Files.readString(file);
                }
            }
        }
        return "";
    }

    @Test
    void cwdEnvStdinAndBothStreams() throws Exception {
        Workshop.Result result = run(
                "",
                step("with: {argv: [say, a], cwd: sub, env: {X: \"a b\"}, stdin: \"typed\\n\"},"
                                + " capture: {out: stdout, err: stderr, code: exit_code}")
                        + "  - {id: two, type: manual, title: T, instructions: \"{{ .code }} {{ .err }} {{ .out }}\"}\n");
        assertThat(result.exit()).isEqualTo(8);
        assertThat(output(".out")).isEqualTo(shop.folder.resolve("sub") + "\nX=a b\ntyped\n");
        assertThat(output(".err")).isEqualTo("oops\n");
        assertThat(Files.readString(shop.journal()))
                .contains("\"instructions\":\"0 oops " + shop.folder.resolve("sub") + "\\nX=a b\\ntyped\"");
    }

    @Test
    void capturesReadIntoJson() throws Exception {
        Workshop.Result result = run(
                "",
                step(
                        "with: {argv: [json]}, capture: {item: \"$.a.b[1]\", number: stdout.n},"
                                + " outcomes: [{when: 'item == 20 and number == 1.5', state: no_action, label: \"{{ .number }}\"}]"));
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).contains("no_action   \"1.50\"");
    }

    @Test
    void aCaptureThatIsNotThereFailsTheStep() throws Exception {
        Workshop.Result result = run("", step("with: {argv: [json]}, capture: {item: $.a.c}"));
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.all()).contains("$.a.c");
    }

    @Test
    void theStepsTimeoutAndTheDefaultOne() throws Exception {
        assertThat(run("", step("timeout: 300ms, with: {argv: [slow]}")).exit()).isEqualTo(1);
        Workshop.Result result = run(", defaults: {timeout: 300ms}", step("with: {argv: [slow]}"));
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("timed out");
        assertThat(shop.aliveChildren()).isFalse();
    }

    @Test
    void anExitCodeThatIsNotZeroFailsAndNothingComesAfter() throws Exception {
        Workshop.Result result = run(
                "",
                step("with: {argv: [fails]}, outcomes: [{state: resolved}]")
                        + "  - {id: two, type: cli, title: Two, with: {argv: [json]}}\n");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(shop.ran()).containsExactly("fails ");
        assertThat(result.out()).contains("exit code 7");
    }

    @Test
    void whenSkipsAndOutcomesAreTriedInOrder() throws Exception {
        Workshop.Result result = run(
                ", vars: {go: \"no\"}",
                step("when: 'go == \"yes\"', with: {argv: [json]}, outcomes: [{state: resolved}]")
                        + "  - {id: two, type: cli, title: Two, with: {argv: [json]}, outcomes: ["
                        + "{when: 'go == \"yes\"', state: resolved, label: a}, {state: needs_rca, label: b,"
                        + " recommendation: \"do {{ .go }}\"}, {state: escalated, label: c}]}\n");
        assertThat(result.exit()).isZero();
        assertThat(shop.ran()).containsExactly("json ");
        assertThat(result.out()).contains("outcome  needs_rca   \"b\"").contains("do no");
    }

    @Test
    void aValueThatBecomesAnOptionIsRefusedUnlessTheStepSaysFlags() throws Exception {
        String meta = ", inputs: {v: {from: prompt}}";
        Workshop.Result refused = run(meta, step("with: {argv: [json, \"{{ .v }}\"]}"), "--var", "v=--force");
        assertThat(refused.exit()).isEqualTo(4);
        assertThat(shop.ran()).isEmpty();
        Workshop.Result passed =
                run(meta, step("with: {argv: [json, \"{{ .v }}\"], args: flags}"), "--var", "v=--force");
        assertThat(passed.exit()).as(passed.all()).isZero();
        assertThat(shop.ran()).containsExactly("json --force");
    }

    @Test
    void oneTemplateIsOneWordWhateverItHolds() throws Exception {
        String hostile = "a b\n'\"$(touch x) * {{ .v }} é \uD83D\uDE00";
        shop.standIn("count", "printf '%s\\n' \"$#\"; printf '%s' \"$2\"");
        Workshop.Result result = run(
                ", inputs: {v: {from: prompt}}",
                step("with: {argv: [count, first, \"{{ .v }}\", last]}, capture: {all: stdout}"),
                "--var",
                "v=" + hostile);
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(output(".out")).isEqualTo("3\n" + hostile);
    }

    @Test
    void inputsComeFromWhereTheySayAndMatchTheirPattern() throws Exception {
        String meta = ", inputs: {host: {from: env.HOME, pattern: \"^/\"}, n: {from: prompt, default: \"5\"},"
                + " opt: {from: prompt, required: false}, must: {from: prompt, pattern: \"^[0-9]+$\", example: \"12\"}}";
        String steps = step("with: {argv: [json, \"{{ .host }}\", \"{{ .n }}\", \"{{ .must }}\"]}");
        Workshop.Result missing = run(meta, steps);
        assertThat(missing.exit()).isEqualTo(8);
        assertThat(missing.err()).contains("gert run x.runbook.yaml --var must=");
        Workshop.Result wrong = run(meta, steps, "--var", "must=abc");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("R207").contains("12");
        Workshop.Result unknown = run(meta, steps, "--var", "mus=1");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("did you mean `must`?");
        shop.file("values.yaml", "must: 010\n");
        Workshop.Result given = run(meta, steps, "--vars", "values.yaml");
        assertThat(given.exit()).as(given.all()).isZero();
        assertThat(shop.ran()).isEqualTo(List.of("json " + shop.folder + " 5 010"));
    }

    @Test
    void anUnbelievedReadIsRefusedAndABelievedOneNeedsNoYes() throws Exception {
        shop.file("governance.yaml", "apiVersion: governance/v0\ndefault: acknowledge\nread_commands: [say]\n");
        assertThat(run("", step("effect: read, with: {argv: [json]}")).exit()).isEqualTo(3);
        assertThat(shop.ran()).isEmpty();
        assertThat(run("", step("effect: read, with: {argv: [say]}")).exit()).isZero();
        assertThat(run("", step("with: {argv: [say]}")).exit()).isEqualTo(8);
        assertThat(shop.ran()).containsExactly("say ");
    }

    @Test
    void theRunbooksOwnGovernanceNarrows() throws Exception {
        assertThat(run(", governance: {allowed_commands: [say]}", step("with: {argv: [json]}"))
                        .exit())
                .isEqualTo(3);
        assertThat(run(", governance: {denied_commands: [\"js*\"]}", step("with: {argv: [json]}"))
                        .exit())
                .isEqualTo(3);
        assertThat(run(", governance: {deny_env_vars: [X]}", step("with: {argv: [json], env: {X: \"1\"}}"))
                        .exit())
                .isEqualTo(3);
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void failOnIncidentAndActor() throws Exception {
        String steps =
                step("with: {argv: [json, \"{{ .incident_id }}\", \"{{ .actor }}\"]}, outcomes: [{state: escalated}]");
        Workshop.Result result =
                run("", steps, "--incident", "INC-7", "--as", "ann", "--fail-on", "escalated,needs_rca");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(shop.ran()).containsExactly("json INC-7 ann");
        Workshop.Result without = run("", steps);
        assertThat(without.exit()).isZero();
        assertThat(without.err()).contains("--incident");
    }

    @Test
    void jsonOutputIsOneEventALineAndNothingElse() throws Exception {
        Workshop.Result result = run("", step("with: {argv: [json]}"), "--output", "json");
        assertThat(result.exit()).isZero();
        assertThat(result.out().lines())
                .allMatch(line -> dev.gert.json.JsonReader.read(line) instanceof dev.gert.json.JsonResult.Ok)
                .anyMatch(line -> line.contains("\"type\":\"run_completed\""));
    }
}

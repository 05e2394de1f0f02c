package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.model.Branch;
import dev.gert.model.Node;
import dev.gert.model.Outcome;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every field of nodes, and of steps beyond {@link FieldsIT}, in a real run; each test fails when the field is ignored. */
class NodesIT {
    /** Every component of the model's records, and the test that shows it; {@code -}: it is a place, or holds others. */
    private static final Map<String, String> SHOWN = new TreeMap<>();

    static {
        at("FieldsIT", "CliStep.argv", "CliStep.flagsAllowed", "CliStep.cwd", "CliStep.environment", "CliStep.stdin");
        at("FieldsIT", "Common.id", "Common.when", "Common.timeoutMillis", "Common.captures", "Common.outcomes");
        at("FieldsIT", "Work.effect", "Outcome.when", "Outcome.state", "Outcome.label", "Outcome.recommendation");
        at("FieldsIT", "Runbook.inputs", "Runbook.vars", "Runbook.governance", "Input.from", "Input.defaultValue");
        at(
                "FieldsIT",
                "Input.pattern",
                "Input.example",
                "Input.required",
                "Input.name",
                "Variable.name",
                "Variable.value");
        at("FieldsIT", "EnvironmentEntry.name", "EnvironmentEntry.value", "Common.instructions");
        at("TerminalIT", "CliStep.interactive", "Common.title", "Input.description", "ManualStep.common");
        at("SecretsIT", "Input.sensitive");
        at("delayLetsTimePass", "Common.delayMillis");
        at(
                "retryTriesAgain",
                "Work.retry",
                "Retry.attempts",
                "Retry.delayMillis",
                "Retry.backoff",
                "Retry.maxDelayMillis");
        at("exitCodesPass", "Work.exitCodes", "ExitCodes.any", "ExitCodes.codes");
        at("assertionsFailTheStep", "Work.assertions");
        at(
                "preconditions",
                "Work.precondition",
                "Precondition.argv",
                "Precondition.skipIfSucceeds",
                "Precondition.message");
        at("approvalsOfAStep", "Common.approvals", "Approvals.min");
        at(
                "iterate",
                "UntilNode.max",
                "UntilNode.until",
                "UntilNode.nodes",
                "EachNode.over",
                "EachNode.as",
                "EachNode.nodes");
        at("branchesSideBySide", "ParallelNode.arms", "Arm.nodes");
        at("maxConcurrentAndFailFast", "ParallelNode.maxConcurrent", "ParallelNode.failFast");
        at(
                "finallyAndBranches",
                "StepNode.step",
                "StepNode.branches",
                "StepNode.finallyNodes",
                "Branch.condition",
                "Branch.nodes");
        at("aBudgetThatIsPassed", "Branch.budgetMillis", "Branch.label");
        at(
                "invokeWithGate",
                "InvokeStep.runbook",
                "InvokeStep.inputs",
                "InvokeStep.gate",
                "Gate.stopIf",
                "Gate.skipsErrors");
        at("invokeWithGate", "Argument.name", "Argument.value", "Runbook.name");
        at(
                "chainThroughAnImport",
                "Outcome.next",
                "NextRunbook.file",
                "NextRunbook.inputs",
                "Runbook.imports",
                "Runbook.nodes");
        at("aToolOfTheProject", "Runbook.tools", "ToolStep.tool", "ToolStep.action", "ToolStep.args");
        at(
                "ManualIT",
                "ManualStep.requiredEvidence",
                "ManualStep.choices",
                "RequiredEvidence.kind",
                "RequiredEvidence.name",
                "RequiredEvidence.items",
                "Choices.variable",
                "Choices.options",
                "Choices.prompt",
                "Option.value",
                "Option.label",
                "Option.description");
        at("FieldsTest", "Approvals.roles", "Common.blastRadius", "ManualStep.impact", "Work.elevation", "Arm.label");
        at("FieldsTest", "Runbook.kind", "Runbook.description", "Runbook.about", "About.*", "Reference.*");
        // Not run by this version: R218 says so.
        at("FieldsTest", "XtsStep.*", "AwsStep.*", "Elevation.*");
        at("-", "Runbook.source", "CliStep.common", "CliStep.work", "ToolStep.common", "ToolStep.work");
        at("-", "InvokeStep.common", "InvokeStep.work", "Prompt.*", "Env.*", "Provider.*", "Dialect.*");
    }

    @TempDir
    Path folder;

    private Workshop shop;

    private static void at(String test, String... components) {
        for (String component : components) {
            SHOWN.put(component, test);
        }
    }

    @BeforeEach
    void work() throws Exception {
        shop = new Workshop(folder);
        shop.standIn("say", "echo \"$*\"");
        shop.standIn("fails", "exit 7");
        shop.standIn("slow", "sleep 30");
        shop.file(
                "governance.yaml", "apiVersion: governance/v0\nallow_commands: [\"*\"]\nread_commands: [say, fails]\n");
    }

    private void runbook(String name, String text) throws Exception {
        String meta = text.contains("meta:") ? "" : "meta: {name: " + name + "}\n";
        shop.file(name + ".runbook.yaml", "apiVersion: runbook/v0\n" + meta + text);
    }

    private Workshop.Result run(String text, String... arguments) throws Exception {
        runbook("x", text);
        List<String> all = new ArrayList<>(List.of("run", "x.runbook.yaml"));
        all.addAll(Arrays.asList(arguments));
        return shop.gert(all.toArray(new String[0]));
    }

    private static String cli(String id, String more, String... argv) {
        return "{id: " + id + ", type: cli, title: T, " + more + "with: {argv: [" + String.join(", ", argv) + "]}}";
    }

    @Test
    void everyComponentOfTheModelIsOnTheList() {
        List<String> missing = new ArrayList<>();
        for (Class<?> outer : List.of(Step.class, Node.class, Outcome.class, Branch.class, Runbook.class)) {
            components(outer, missing);
            for (Class<?> inner : outer.getDeclaredClasses()) {
                components(inner, missing);
                Arrays.stream(inner.getDeclaredClasses()).forEach(deeper -> components(deeper, missing));
            }
        }
        assertThat(missing).as("a new field needs a test of its own").isEmpty();
        List<String> tests = Arrays.stream(NodesIT.class.getDeclaredMethods())
                .map(java.lang.reflect.Method::getName)
                .toList();
        assertThat(SHOWN.values())
                .allMatch(test ->
                        test.equals("-") || test.endsWith("IT") || test.endsWith("Test") || tests.contains(test));
    }

    private static void components(Class<?> type, List<String> missing) {
        if (!type.isRecord()) {
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            String key = type.getSimpleName() + "." + name;
            boolean place = name.equals("span") || name.endsWith("Span") || name.endsWith("Spans");
            if (!place && !SHOWN.containsKey(key) && !SHOWN.containsKey(type.getSimpleName() + ".*")) {
                missing.add(key);
            }
        }
    }

    @Test
    void delayLetsTimePass() throws Exception {
        long before = System.nanoTime();
        assertThat(run("steps: [" + cli("a", "delay: 1500ms, ", "say") + "]").exit())
                .isZero();
        assertThat(System.nanoTime() - before).isGreaterThan(1_500_000_000L);
    }

    @Test
    void retryTriesAgain() throws Exception {
        shop.standIn("third", "n=$(grep -c ^third '" + shop.log + "'); test \"$n\" -ge 3");
        String retry = "effect: idempotent, retry: {attempts: 3, delay: 100ms, backoff: 9.0, max_delay: 200ms}, ";
        Workshop.Result result = run("steps: [" + cli("a", retry, "third") + "]");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(shop.ran()).hasSize(3);
    }

    @Test
    void exitCodesPass() throws Exception {
        assertThat(run("steps: [" + cli("a", "", "fails") + "]").exit()).isEqualTo(1);
        assertThat(run("steps: [" + cli("a", "exit_codes: [7], ", "fails") + "]")
                        .exit())
                .isZero();
        assertThat(run("steps: [" + cli("a", "exit_codes: [8], ", "fails") + "]")
                        .exit())
                .isEqualTo(1);
        assertThat(run("steps: [" + cli("a", "exit_codes: any, ", "fails") + "]")
                        .exit())
                .isZero();
        shop.file("gert.yaml", "name: p\ncompatibility: upstream\n");
        assertThat(run("steps: [" + cli("a", "", "fails") + "]").exit()).isZero();
    }

    @Test
    void assertionsFailTheStep() throws Exception {
        Workshop.Result result = run("steps: [" + cli("a", "assertions: [{contains: up}], ", "say", "down") + "]");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.all()).contains("failed: assertion");
    }

    @Test
    void preconditions() throws Exception {
        String message = "precondition: {check: [fails], message: \"not today\"}, ";
        Workshop.Result result = run("steps: [" + cli("a", message, "say", "a") + "]");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.all()).contains("not today");
        String skip = "precondition: {check: [say, probe], skip_if_succeeds: true}, ";
        assertThat(run("steps: [" + cli("a", skip, "say", "a") + "]").exit()).isZero();
        assertThat(shop.ran()).containsExactly("fails ", "say probe");
    }

    @Test
    void approvalsOfAStep() throws Exception {
        assertThat(run("steps: [" + cli("a", "approvals: {min: 1}, ", "say") + "]")
                        .exit())
                .isEqualTo(8);
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void iterate() throws Exception {
        Workshop.Result result = run("""
                meta: {name: x, vars: {all: "p,q"}}
                tree:
                  - iterate: {over: "{{ .all }}", as: it, steps: [{step: %s}]}
                  - iterate: {max: 4, until: 'n == "2"', steps: [{step: %s}]}
                  - iterate: {max: 1, until: 'false', steps: [{step: %s}]}
                """.formatted(
                        cli("a", "", "say", "\"{{ .it }}\""),
                        cli("b", "capture: {n: stdout}, ", "say", "\"{{ .iteration }}\""),
                        cli("c", "", "say", "last")));
        assertThat(result.exit()).isEqualTo(1);
        assertThat(shop.ran()).containsExactly("say p", "say q", "say 1", "say 2", "say last");
    }

    /** Each waits until the other has begun. */
    @Test
    void branchesSideBySide() throws Exception {
        String wait =
                "touch \"$1\"; n=0; while [ ! -e \"$2\" ] && [ $n -lt 300 ]; do sleep 0.1; n=$((n+1)); done; [ -e \"$2\" ]";
        shop.standIn("meet", wait);
        Workshop.Result result = run("tree: [{parallel: {branches: [{steps: [{step: "
                + cli("a", "", "meet", "one", "two") + "}]}, {steps: [{step: " + cli("b", "", "meet", "two", "one")
                + "}]}]}}]");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(shop.ran()).hasSize(2);
    }

    @Test
    void maxConcurrentAndFailFast() throws Exception {
        String branches = "branches: [{steps: [{step: " + cli("a", "", "fails") + "}]}, {steps: [{step: "
                + cli("b", "", "say") + "}]}]}}]";
        assertThat(run("tree: [{parallel: {max_concurrent: 1, " + branches).exit())
                .isEqualTo(1);
        assertThat(shop.ran()).containsExactly("fails ", "say ");
        Files.delete(shop.log);
        assertThat(run("tree: [{parallel: {max_concurrent: 1, fail_fast: true, " + branches)
                        .exit())
                .isEqualTo(1);
        assertThat(shop.ran()).containsExactly("fails ");
    }

    @Test
    void finallyAndBranches() throws Exception {
        Workshop.Result result = run("""
                tree:
                  - step: {id: a, type: cli, title: T, with: {argv: [say, a]}, finally: [{step: %s}]}
                    branches:
                      - {condition: 'false', label: No, steps: [{step: %s}]}
                      - {condition: 'true', label: Yes, steps: [{step: %s}]}
                  - step: %s
                """.formatted(
                        cli("f", "", "say", "\"{{ .outcome }}\""),
                        cli("b", "", "say", "b"),
                        cli("c", "", "fails"),
                        cli("d", "", "say", "d")));
        assertThat(result.exit()).isEqualTo(1);
        assertThat(shop.ran()).containsExactly("say a", "fails ", "say error");
    }

    @Test
    void aBudgetThatIsPassed() throws Exception {
        shop.standIn("nap", "sleep 0.4");
        Workshop.Result result = run("tree: [{step: " + cli("a", "", "say")
                + ", branches: [{condition: 'true', label: Slow one, budget: 100ms, steps: [{step: "
                + cli("b", "", "nap") + "}]}]}]");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(Files.readString(shop.journal()))
                .contains("\"type\":\"warning\"")
                .contains("Slow one");
    }

    @Test
    void invokeWithGate() throws Exception {
        runbook(
                "child",
                "meta: {name: child, inputs: {h: {from: prompt}}}\nsteps: ["
                        + cli("b", "outcomes: [{state: escalated}], ", "say", "\"{{ .h }}\"") + "]\n");
        runbook("broken", "steps: [" + cli("b", "", "fails") + "]\n");
        Workshop.Result result = run("""
                steps:
                  - {id: a, type: invoke, invoke: {runbook: broken}, gate: {on_error: skip}}
                  - {id: c, type: invoke, invoke: {runbook: child, inputs: {h: first}}}
                  - {id: d, type: invoke, invoke: {runbook: child, inputs: {h: second}}, gate: {stop_if: [escalated]}}
                  - %s
                """.formatted(cli("e", "", "say", "never")));
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).contains("escalated");
        assertThat(shop.ran()).containsExactly("fails ", "say first", "say second");
    }

    @Test
    void theTimeoutOfAnInvoke() throws Exception {
        runbook("child", "steps: [" + cli("b", "", "slow") + "]\n");
        assertThat(run("steps: [{id: a, type: invoke, timeout: 500ms, invoke: {runbook: child}}]")
                        .exit())
                .isEqualTo(1);
        assertThat(shop.aliveChildren()).isFalse();
    }

    @Test
    void chainThroughAnImport() throws Exception {
        shop.file(
                "deep/other.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: other, inputs: {h: {from: prompt}}}\nsteps: ["
                        + cli("b", "outcomes: [{state: no_action}], ", "say", "\"{{ .h }}\"") + "]\n");
        String outcomes =
                "capture: {v: stdout}, outcomes: [{state: escalated, next_runbook: {file: \"{{ .v }}\", inputs: {h: \"from {{ .v }}\"}}}], ";
        Workshop.Result result =
                run("imports: {next: deep/other.runbook.yaml}\nsteps: [" + cli("a", outcomes, "say", "next") + "]");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).contains("no_action");
        assertThat(shop.ran()).containsExactly("say next", "say from next");
        assertThat(run("imports: {next: deep/other.runbook.yaml}\nsteps: ["
                                + cli("a", outcomes, "say", "deep/other.runbook.yaml") + "]")
                        .exit())
                .isEqualTo(1);
        assertThat(shop.ran()).hasSize(3);
    }

    @Test
    void aToolOfTheProject() throws Exception {
        shop.file("tools/talk.tool.yaml", """
                apiVersion: tool/v0
                meta: {name: talk, version: "1", description: Says it., binary: say}
                actions:
                  aloud:
                    description: Says a word.
                    argv: [word, "{{ .word }}"]
                    args: {word: {required: true, description: a word}}
                    capture: {heard: {from: stdout}}
                """);
        Workshop.Result result = run("""
                tools: [talk]
                steps:
                  - {id: a, type: tool, title: T, tool: {name: talk, action: aloud, args: {word: hello}}, capture: {v: heard}, outcomes: [{when: 'v == "word hello"', state: resolved}]}
                """);
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).contains("resolved");
        assertThat(shop.ran()).containsExactly("say word hello");
    }

    /** kill -9 in the third turn of a loop in the second runbook of a chain, then resume. */
    @Test
    void killedInALoopInAChain() throws Exception {
        shop.standIn(
                "turn",
                "if [ \"$1\" = 3 ] && [ ! -e '" + shop.folder + "/slept' ]; then touch '" + shop.folder
                        + "/slept'; sleep 60; fi");
        runbook("next", """
                meta: {name: next, vars: {all: "1,2,3,4"}}
                tree:
                  - iterate: {over: "{{ .all }}", as: it, steps: [{step: %s}]}
                  - step: %s
                """.formatted(
                        cli("t", "effect: idempotent, ", "turn", "\"{{ .it }}\""),
                        cli("e", "outcomes: [{state: resolved}], ", "say", "end")));
        runbook(
                "x",
                "steps: [" + cli("a", "outcomes: [{state: escalated, next_runbook: {file: next}}], ", "say", "a")
                        + "]");
        Process process = shop.start(folder.resolve("out"), folder.resolve("err"), "run", "x.runbook.yaml");
        Workshop.await("the third turn", () -> Files.exists(shop.folder.resolve("slept")) || !process.isAlive());
        process.destroyForcibly();
        assertThat(process.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        Workshop.await("the children's end", () -> !shop.aliveChildren());
        Workshop.Result result = shop.gert("resume", "latest");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).contains("resolved");
        assertThat(shop.ran()).containsExactly("say a", "turn 1", "turn 2", "turn 3", "turn 3", "turn 4", "say end");
    }
}

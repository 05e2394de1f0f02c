package dev.gert.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.StepLifecycle.Transition;
import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.Operator;
import dev.gert.event.Envelope;
import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Import;
import dev.gert.model.ToolFile;
import dev.gert.plan.Surroundings;
import dev.gert.policy.Captured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table is what runs do, all of it, and what the documentation draws. */
class StepLifecycleTest {
    private static final String CLI = """
            apiVersion: runbook/v0
            meta: {name: x, vars: {empty: ""}}
            steps: [{id: a, type: cli, title: A, FIELDS with: {argv: [change, "{{ .empty }}"]}}]
            """;

    private final Set<Transition> walked = new LinkedHashSet<>();

    @Test
    void runsWalkEveryRowButThoseOfElevation() {
        walk(fixture("allow", ""));
        walk(fixture("allow", "when: 'false',"));
        walk(fixture("allow", "title: '{{ index (split .empty \",\") 5 }}',"));
        walk(denied());
        walk(refusedValue());
        walk(manual());
        walk(fixture("acknowledge", ""));
        EngineFixture no = fixture("acknowledge", "");
        no.approver = q -> new Approver.Answer.Denied("ann", "no");
        no.start();
        walk(no);
        for (Dispatcher.Result result : List.of(
                new Dispatcher.Result.Exited(1, "", "", null, null),
                new Dispatcher.Result.TimedOut(null, null),
                new Dispatcher.Result.Refused("changed"),
                new Dispatcher.Result.Exited(
                        0, "", "", new RunEvent.OutputFile("output/001-a.out", 1, "0", false), null))) {
            EngineFixture fixture = fixture("allow", "");
            fixture.result = order -> result;
            fixture.start();
            walk(fixture);
        }
        approvedByTwo();
        interruptedAndLost();
        missingProgram();
        retried();
        probed();
        stopped();
        evidence();
        invoked();
        beside();
        again();

        List<Transition> missed = new ArrayList<>(StepLifecycle.TRANSITIONS);
        missed.removeAll(walked);
        missed.removeIf(t -> t.from() == StepPhase.AWAITING_JIT || t.to() == StepPhase.AWAITING_JIT);
        // A unit test's undecided command and a gateway that finds no program: walked where those are tested.
        missed.removeIf(t -> t.word().equals("undetermined"));
        // An invoked runbook that a unit test lets pass.
        missed.removeIf(t -> t.from() == StepPhase.STARTED && t.word().equals("passed"));
        // A service that a test or a recording answers for.
        missed.removeIf(t -> t.from() == StepPhase.ADMITTED && t.word().equals("passed"));
        assertThat(missed).isEmpty();
    }

    private static EngineFixture fixture(String decision, String fields) {
        String field = fields.startsWith("title") ? CLI.replace("title: A, ", "") : CLI;
        return EngineFixture.of(
                field.replace("FIELDS", fields), "apiVersion: governance/v0\ndefault: " + decision + "\n");
    }

    private void again() {
        EngineFixture failed = fixture("allow", "");
        failed.result = order -> new Dispatcher.Result.Exited(1, "", "", null, null);
        EngineFixture late = fixture("allow", "");
        late.result = order -> new Dispatcher.Result.TimedOut(null, null);
        failed.start();
        late.start();
        for (EngineFixture fixture : List.of(failed, late, refusedValue())) {
            String step = fixture.tree().failed("a").place().address();
            fixture.records.add(new Envelope(
                    fixture.records.size(),
                    "1970-01-01T00:00:00Z",
                    "run",
                    null,
                    new RunEvent.StepRetried(step, fixture.fold().attempt(step), "ann", null)));
            fixture.result = order -> new Dispatcher.Result.Exited(0, "", "", null, null);
            fixture.resume();
            walk(fixture);
        }
        assertThat(failed.tree().completed().exitCode()).isZero();
        assertThat(late.tree().completed().exitCode()).isZero();
    }

    private EngineFixture denied() {
        EngineFixture fixture = EngineFixture.of(
                CLI.replace("FIELDS", "")
                        .replace("change,", "\"{{ .tool }}\",")
                        .replace("vars:", "inputs: {tool: {from: prompt, pattern: '.'}}, vars:"),
                "apiVersion: governance/v0\ndeny_commands: [danger]\n");
        fixture.inputs.put("tool", Captured.recorded("danger", false));
        fixture.start();
        return fixture;
    }

    private EngineFixture refusedValue() {
        EngineFixture fixture = EngineFixture.of(
                CLI.replace("FIELDS", "")
                        .replace("\"{{ .empty }}\"", "\"{{ .flag }}\"")
                        .replace("vars:", "inputs: {flag: {from: prompt}}, vars:"),
                "apiVersion: governance/v0\n");
        fixture.inputs.put("flag", Captured.recorded("--force", false));
        fixture.start();
        return fixture;
    }

    private EngineFixture manual() {
        EngineFixture fixture = EngineFixture.of(
                "apiVersion: runbook/v0\nmeta: {name: x}\nsteps: [{id: a, type: manual, instructions: Do it}]\n",
                "apiVersion: governance/v0\n");
        fixture.start();
        return fixture;
    }

    private void approvedByTwo() {
        Approver.Decided one = new Approver.Decided("ann", "ssh");
        Approver.Decided two = new Approver.Decided("bob", "ssh");
        for (Approver.Answer answer : List.of(
                new Approver.Answer.Granted(List.of(one, two)), new Approver.Answer.Blocked("its time is over"))) {
            EngineFixture fixture = EngineFixture.of(
                    CLI.replace("FIELDS", ""),
                    "apiVersion: governance/v0\nrequire_approval_for: [{pattern: change, min_approvers: 2}]\n");
            fixture.approver = question -> answer;
            fixture.start();
            walk(fixture);
        }
    }

    private void missingProgram() {
        EngineFixture fixture = fixture("allow", "");
        fixture.result = order -> new Dispatcher.Result.NotStarted("gone");
        fixture.start();
        walk(fixture);
    }

    private void retried() {
        EngineFixture fixture = fixture("allow", "effect: idempotent, retry: {attempts: 2},");
        fixture.result = order -> new Dispatcher.Result.Exited(order.attempt() == 1 ? 1 : 0, "", "", null, null);
        fixture.start();
        walk(fixture);
    }

    private void probed() {
        for (String decision : List.of("allow", "acknowledge")) {
            for (boolean skips : new boolean[] {true, false}) {
                EngineFixture fixture =
                        fixture(decision, "precondition: {check: [probe], skip_if_succeeds: " + skips + "},");
                fixture.result = order -> new Dispatcher.Result.Exited(
                        order.stepId().endsWith(".precondition") && !skips ? 1 : 0, "", "", null, null);
                fixture.start();
                walk(fixture);
            }
        }
    }

    /** Governance stops the probe, or the time of the step that waits for the run is over. */
    private void stopped() {
        for (String decision : List.of("allow", "acknowledge")) {
            EngineFixture fixture = EngineFixture.of(
                    CLI.replace("FIELDS", "precondition: {check: ['{{ .tool }}']},")
                            .replace("vars:", "inputs: {tool: {from: prompt, pattern: '.'}}, vars:"),
                    "apiVersion: governance/v0\ndefault: " + decision + "\ndeny_commands: [danger]\n");
            fixture.inputs.put("tool", Captured.recorded("danger", false));
            walk(fixture);
        }
        walk(EngineFixture.of(
                "apiVersion: runbook/v0\nmeta: {name: p}\nsteps: [{id: call, type: invoke, timeout: 1s,"
                        + " invoke: {runbook: late}}]\n",
                "apiVersion: governance/v0\n",
                Map.of("late", CLI.replace("FIELDS", "delay: 2s,")),
                false));
    }

    private void evidence() {
        for (Operator.Answer answer : List.of(
                new Operator.Answer.Done(
                        null, List.of(new Operator.Given("why", EvidenceKind.TEXT, "so", List.of(), null, "person"))),
                new Operator.Answer.Failed("no"),
                new Operator.Answer.TimedOut())) {
            EngineFixture fixture = EngineFixture.of(
                    "apiVersion: runbook/v0\nmeta: {name: x}\nsteps: [{id: a, type: manual, instructions: Do it,"
                            + " required_evidence: [{kind: text, name: why}]}]\n",
                    "apiVersion: governance/v0\n");
            fixture.operator = task -> answer;
            fixture.start();
            walk(fixture);
        }
    }

    private void invoked() {
        for (Dispatcher.Result result : List.of(
                new Dispatcher.Result.Exited(0, "", "", null, null),
                new Dispatcher.Result.Exited(1, "", "", null, null),
                new Dispatcher.Result.TimedOut(null, null),
                new Dispatcher.Result.Refused("changed"))) {
            EngineFixture fixture = invoking();
            fixture.result = order -> result;
            fixture.start();
            walk(fixture);
        }
    }

    private static EngineFixture invoking() {
        EngineFixture child = fixture("allow", "");
        return EngineFixture.of(
                "apiVersion: runbook/v0\nmeta: {name: p}\nsteps: [{id: call, type: invoke, invoke: {runbook: x}}]\n",
                "apiVersion: governance/v0\n",
                new Surroundings() {
                    @Override
                    public ToolFile tool(Import declared) {
                        throw new AssertionError("no tool is declared");
                    }

                    @Override
                    public Link runbook(String reference) {
                        return new Link.Found(child.plan);
                    }

                    @Override
                    public boolean upstream() {
                        return false;
                    }
                });
    }

    /** An outcome in one branch ends what stands in the others before it has an effect. */
    private void beside() {
        for (String decision : List.of("allow", "acknowledge")) {
            EngineFixture fixture = EngineFixture.of("""
                    apiVersion: runbook/v0
                    meta: {name: x}
                    tree:
                      - parallel:
                          branches:
                            - {steps: [{step: {id: a, type: manual, instructions: A, outcomes: [{state: resolved}]}}]}
                            - {steps: [{step: {id: b, type: cli, with: {argv: [change]}}}]}
                    """, "apiVersion: governance/v0\ndefault: " + decision + "\n");
            fixture.start();
            walk(fixture);
        }
    }

    /** A signal, then a resume: a read is made again, a mutation is in doubt and settled in each way. */
    private void interruptedAndLost() {
        for (String effect : List.of("read", "mutate")) {
            for (boolean lost : new boolean[] {true, false}) {
                for (String verdict : List.of("did_run", "did_not_run", "abort")) {
                    EngineFixture fixture = EngineFixture.of(
                            CLI.replace("FIELDS", "effect: " + effect + ","),
                            "apiVersion: governance/v0\nread_commands: [change]\n");
                    fixture.result = order -> {
                        fixture.result = again -> new Dispatcher.Result.Exited(0, "", "", null, null);
                        fixture.stop.raise("INT");
                        if (lost) {
                            throw new EngineFixture.Died();
                        }
                        return new Dispatcher.Result.Interrupted(null, null);
                    };
                    try {
                        fixture.start();
                    } catch (EngineFixture.Died expected) {
                        // the process is gone
                    }
                    fixture.freshProcess();
                    fixture.resume();
                    if (effect.equals("mutate")) {
                        assertThat(fixture.fold().phase("a"))
                                .as("%s", fixture.story())
                                .isEqualTo(StepPhase.IN_DOUBT);
                        fixture.records.add(new Envelope(
                                fixture.records.size(),
                                "",
                                "run",
                                null,
                                new RunEvent.StepDecided("a", 1, verdict, "ann", null)));
                        fixture.resume();
                    }
                    walk(fixture);
                }
            }
        }
    }

    private void walk(EngineFixture fixture) {
        if (fixture.records.isEmpty()) {
            fixture.start();
        }
        Map<String, StepPhase> phases = new HashMap<>();
        for (Envelope record : fixture.records) {
            RunEvent event = record.event();
            if (event instanceof RunEvent.RunResumed) {
                phases.replaceAll((step, phase) -> phase.beforeEffect() ? StepPhase.STARTED : phase);
            }
            EventType type = event.type();
            String step = event.step();
            if (type == null || step == null || !StepLifecycle.governs(type)) {
                continue;
            }
            StepPhase from = phases.getOrDefault(step, StepPhase.NOT_REACHED);
            StepPhase to = StepLifecycle.next(from, event);
            assertThat(to).as("%s after %s", type, from).isNotNull();
            phases.put(step, to);
            StepLifecycle.TRANSITIONS.stream()
                    .filter(t -> t.from() == from && t.type() == type && t.to() == to)
                    .filter(t -> t.word().isEmpty() || t.word().equals(StepLifecycle.word(event)))
                    .forEach(walked::add);
        }
    }

    @Test
    void theDocumentationDrawsTheTable() throws IOException {
        StringBuilder drawn = new StringBuilder("<!-- lifecycle -->\n```mermaid\nstateDiagram-v2\n");
        for (Transition t : StepLifecycle.TRANSITIONS) {
            drawn.append("    ")
                    .append(name(t.from()))
                    .append(" --> ")
                    .append(name(t.to()))
                    .append(": ");
            drawn.append(t.type().wire())
                    .append(t.word().isEmpty() ? "" : " " + t.word())
                    .append('\n');
        }
        drawn.append("```\n<!-- /lifecycle -->");
        Path page = Path.of("docs/architecture.md");
        String text = Files.readString(page);
        int start = text.indexOf("<!-- lifecycle -->");
        int end = text.indexOf("<!-- /lifecycle -->") + "<!-- /lifecycle -->".length();
        if (!text.substring(start, end).contentEquals(drawn)) {
            Files.writeString(page, text.substring(0, start) + drawn + text.substring(end));
            throw new AssertionError("docs/architecture.md did not draw the table; it does now: look, and run again");
        }
    }

    private static String name(StepPhase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }
}

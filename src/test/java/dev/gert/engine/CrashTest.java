package dev.gert.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.port.Dispatcher;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.runtime.RunEnd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that dies before any record, and the run that goes on: nothing lost, nothing repeated silently. */
class CrashTest {
    private static final String POLICY = "apiVersion: governance/v0\nread_commands: [look]\n";
    private static final String RUNBOOK = """
            apiVersion: runbook/v0
            meta: {name: x}
            tree:
              - step: {id: one, type: cli, effect: read, with: {argv: [look]}, capture: {a: stdout}}
              - step: {id: two, type: cli, effect: EFFECT, with: {argv: [change]}}
                branches:
                  - condition: 'a == "1"'
                    label: No
                    steps: [{step: {id: never, type: manual, instructions: No}}]
                  - condition: 'a == "2"'
                    label: Yes
                    steps:
                      - step: {id: three, type: manual, instructions: Do it}
                      - step: {id: four, type: cli, effect: EFFECT, with: {argv: [change]}}
              - step: {id: five, type: cli, effect: EFFECT, with: {argv: [change]}, outcomes: [{state: resolved}]}
            """;

    private static EngineFixture fixture(String effect) {
        EngineFixture fixture = EngineFixture.of(RUNBOOK.replace("EFFECT", effect), POLICY);
        fixture.result =
                order -> new Dispatcher.Result.Exited(0, order.stepId().equals("one") ? "2\n" : "", "", null, null);
        return fixture;
    }

    @Test
    void everyPointOfARunOfMutatingSteps() {
        EngineFixture whole = fixture("mutate");
        assertThat(whole.start()).isInstanceOf(RunEnd.Completed.class);
        int points = whole.records.size();
        assertThat(points).isGreaterThan(20);
        for (int point = 1; point < points; point++) {
            EngineFixture run = fixture("mutate");
            run.dieBefore = point;
            try {
                run.start();
                throw new AssertionError("did not die before record " + point);
            } catch (EngineFixture.Died expected) {
                run.dieBefore = -1;
            }
            RunEnd end = run.resume();
            if (end instanceof RunEnd.InDoubt doubt) {
                boolean ran = run.performed.contains(doubt.stepId());
                run.records.add(new dev.gert.event.Envelope(
                        run.records.size(),
                        "",
                        "run",
                        null,
                        new RunEvent.StepDecided(doubt.step(), 1, ran ? "did_run" : "did_not_run", "ann", null)));
                end = run.resume();
            }
            assertThat(end)
                    .as("after dying before record %d: %s", point, run.story())
                    .isInstanceOfSatisfying(
                            RunEnd.Completed.class, c -> assertThat(c.outcome()).isEqualTo("resolved"));
            for (String step : List.of("two", "four", "five")) {
                assertThat(Collections.frequency(run.performed, step))
                        .as("%s, after dying before record %d: %s", step, point, run.story())
                        .isEqualTo(1);
            }
            assertThat(run.story()).doesNotContain("step_started never");
        }
    }

    @Test
    void idempotentStepsAreMadeAgainWithoutAsking() {
        EngineFixture whole = fixture("idempotent");
        whole.start();
        for (int point = 1; point < whole.records.size(); point++) {
            EngineFixture run = fixture("idempotent");
            run.dieBefore = point;
            try {
                run.start();
            } catch (EngineFixture.Died expected) {
                run.dieBefore = -1;
            }
            assertThat(run.resume()).isInstanceOf(RunEnd.Completed.class);
            assertThat(run.performed).contains("one", "two", "four", "five");
        }
    }

    @Test
    void theSameRecordsGiveTheSameState() {
        EngineFixture run = fixture("mutate");
        run.start();
        RunState a = run.fold();
        RunState b = run.fold();
        run.plan.nodes().keySet().forEach(at -> assertThat(a.phase(at)).isEqualTo(b.phase(at)));
        assertThat(a.values().keySet()).isEqualTo(b.values().keySet());
        assertThat(a.completed()).isEqualTo(b.completed());
    }

    private static final String EVERYTHING = """
            apiVersion: runbook/v0
            meta: {name: x, vars: {all: "1,2"}}
            tree:
              - step: {id: begin, type: cli, effect: read, with: {argv: [look]}, capture: {v: stdout}, finally: [{step: {id: cleanup, type: cli, with: {argv: [change]}}}]}
                branches:
                  - condition: 'v == "2"'
                    label: Yes
                    steps:
                      - iterate:
                          over: "{{ .all }}"
                          as: it
                          steps:
                            - step: {id: turn, type: cli, with: {argv: [change, "{{ .it }}"]}}
                            - step: {id: again, type: cli, effect: idempotent, retry: {attempts: 9}, with: {argv: [change]}}
                      - parallel:
                          branches:
                            - steps: [{step: {id: left, type: cli, with: {argv: [change]}}}, {step: {id: left2, type: cli, with: {argv: [change]}}}]
                            - steps: [{step: {id: right, type: cli, with: {argv: [change]}}}, {step: {id: right2, type: cli, with: {argv: [change]}}}]
                      - step: {id: call, type: invoke, invoke: {runbook: child, inputs: {host: "{{ .v }}"}}, capture: {host: host}}
                      - step: {id: end, type: cli, with: {argv: [change]}, outcomes: [{state: escalated, next_runbook: {file: last, inputs: {host: "{{ .host }}"}}}]}
            """;
    private static final Map<String, String> OTHERS = Map.of("child", """
            apiVersion: runbook/v0
            meta: {name: child, inputs: {host: {from: prompt}}}
            steps:
              - {id: inner, type: cli, with: {argv: [change, "{{ .host }}"]}, finally: [{step: {id: swept, type: cli, with: {argv: [change]}}}]}
            """, "last", """
            apiVersion: runbook/v0
            meta: {name: last, inputs: {host: {from: prompt}}}
            steps:
              - {id: final, type: cli, with: {argv: [change, "{{ .host }}"]}, outcomes: [{state: resolved}]}
            """);
    private static final List<String> MUTATING =
            List.of("cleanup", "left", "left2", "right", "right2", "inner", "swept", "end", "final");

    private static EngineFixture everything(List<String> order) {
        EngineFixture fixture = EngineFixture.of(EVERYTHING, POLICY, OTHERS, false);
        fixture.result = order(fixture, order);
        return fixture;
    }

    private static Function<Dispatcher.Order, Dispatcher.Result> order(EngineFixture fixture, List<String> order) {
        return dispatched -> {
            int index = order.indexOf(dispatched.stepId());
            if (index > 0) {
                String before = order.get(index - 1).startsWith("left")
                        ? ".parallel.branches[0].steps[0]"
                        : ".parallel.branches[1].steps[0]";
                fixture.await(event -> event instanceof RunEvent.StepCompleted done
                        && done.step().endsWith(before));
            }
            boolean fails = dispatched.stepId().equals("again") && dispatched.attempt() == 1;
            return new Dispatcher.Result.Exited(
                    fails ? 1 : 0, dispatched.stepId().equals("begin") ? "2" : "", "", null, null);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"left right", "right left"})
    void everyPointOfARunOfEverything(String sides) {
        List<String> order = List.of(sides.split(" "));
        EngineFixture whole = everything(order);
        assertThat(whole.start().exitCode()).isZero();
        Map<String, String> expected = FlowTest.statuses(whole.records);
        assertThat(expected.keySet()).hasSizeGreaterThan(20);
        for (int point = 2; point < whole.records.size(); point++) {
            EngineFixture run = everything(order);
            Crash.at(run, point);
            run.result = order(run, List.of());
            RunEnd end = run.resume();
            while (end instanceof RunEnd.InDoubt) {
                decide(run);
                run.reread();
                end = run.resume();
            }
            assertThat(end.exitCode())
                    .as("cut before record %d: %s", point, run.story())
                    .isZero();
            assertThat(FlowTest.statuses(run.records).keySet())
                    .as("cut before record %d: %s", point, run.story())
                    .isSubsetOf(expected.keySet());
            for (String step : MUTATING) {
                assertThat(Collections.frequency(run.performed, step))
                        .as("%s, cut before record %d: %s", step, point, run.story())
                        .isEqualTo(1);
            }
            assertThat(Collections.frequency(run.performed, "turn")).isEqualTo(2);
            assertThat(run.tree().runs().keySet()).isEqualTo(whole.tree().runs().keySet());
        }
    }

    /** A person looks whether the step in doubt ran, and says so. */
    private static void decide(EngineFixture run) {
        for (Map.Entry<String, RunState> each : run.tree().runs().entrySet()) {
            RunState state = each.getValue();
            for (EngineEffect.Place place : state.open()) {
                if (state.phase(place.address()) != StepPhase.IN_DOUBT) {
                    continue;
                }
                String id = place.node().step().id();
                int so = id.equals("turn") && place.address().contains("#2") ? 2 : 1;
                boolean ran = Collections.frequency(run.performed, id) >= so;
                run.records.add(new Envelope(
                        run.records.size(),
                        "1970-01-01T00:00:00Z",
                        each.getKey(),
                        null,
                        new RunEvent.StepDecided(
                                place.address(),
                                state.attempt(place.address()),
                                ran ? "did_run" : "did_not_run",
                                "ann",
                                null)));
            }
        }
    }

    /** At every point of a run, the records so far ask for the same, whoever folds them, and from bytes as well. */
    @Test
    void theSameRecordsAskForTheSame() {
        EngineFixture whole = everything(List.of("left", "right"));
        whole.start();
        List<Envelope> records = new ArrayList<>(whole.records);
        whole.reread();
        for (int end = 2; end <= records.size(); end++) {
            assertThat(asked(whole, records.subList(0, end)))
                    .as("after %d records", end)
                    .isEqualTo(asked(whole, whole.records.subList(0, end)));
        }
    }

    private static List<String> asked(EngineFixture run, List<Envelope> records) {
        RunTree tree = new RunTree(run.plan);
        records.forEach(tree::evolve);
        List<String> asked = new ArrayList<>();
        for (RunState state : tree.runs().values()) {
            for (EngineEffect effect : state.isReady() ? Crash.next(state) : List.<EngineEffect>of()) {
                String shown = effect.getClass().getSimpleName();
                if (effect instanceof EngineEffect.Append append) {
                    for (RunEvent event : append.events()) {
                        shown += " " + event.type() + " " + event.step() + " " + event.attempt();
                    }
                }
                asked.add(state.run() + " " + shown);
            }
        }
        return asked;
    }
}

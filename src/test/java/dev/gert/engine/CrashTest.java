package dev.gert.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.port.Dispatcher;
import dev.gert.event.RunEvent;
import dev.gert.runtime.RunEnd;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}

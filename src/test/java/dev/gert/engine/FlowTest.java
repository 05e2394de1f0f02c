package dev.gert.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.policy.Captured;
import dev.gert.runtime.RunEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every flow of the language, as data: what runs, in which order, and what the run comes to (formats.md, section 1). */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FlowTest {
    static List<Flow> flows() {
        return Flow.all();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void flow(Flow flow) {
        EngineFixture run = flow.fixture();
        RunEnd end = run.start();
        if (flow.has("any")) {
            assertThat(Flow.story(run.records))
                    .as("%s", run.story())
                    .containsExactlyInAnyOrderElementsOf(flow.texts("story"));
        } else {
            assertThat(Flow.story(run.records)).as("%s", run.story()).isEqualTo(flow.texts("story"));
        }
        if (flow.has("outcome")) {
            assertThat(end)
                    .isInstanceOfSatisfying(
                            RunEnd.Completed.class,
                            completed -> assertThat(completed.outcome()).isEqualTo(flow.text("outcome")));
        }
        assertThat(end.exitCode()).as("%s", end).isEqualTo(Integer.parseInt(flow.text("exit")));
        assertThat(values(run)).containsAllEntriesOf(flow.map("values"));
        assertThat(run.waits.stream().map(String::valueOf)).isEqualTo(flow.texts("waits"));
        for (String said : flow.texts("says")) {
            assertThat(reasons(run.records)).anyMatch(reason -> reason.contains(said));
        }
        if (flow.has("ran")) {
            assertThat(run.performed).isEqualTo(flow.texts("ran"));
        }
        flow.map("times")
                .forEach((step, millis) -> assertThat(run.ordered).containsEntry(step, Long.parseLong(millis)));
        settled(run);
    }

    /** The process dies before any record: what is resumed comes to the same. */
    @ParameterizedTest
    @MethodSource("flows")
    void flowThatIsCutAnywhere(Flow flow) {
        if (flow.has("crash")) {
            return;
        }
        EngineFixture whole = flow.fixture();
        RunEnd end = whole.start();
        for (int point = 2; point < whole.records.size(); point++) {
            EngineFixture run = flow.fixture();
            Crash.at(run, point);
            RunEnd again = Crash.goOn(run);
            assertThat(again.exitCode())
                    .as("cut before record %d: %s %s", point, again, run.story())
                    .isEqualTo(end.exitCode());
            assertThat(again.getClass()).isEqualTo(end.getClass());
            assertThat(statuses(run.records)).as("cut before record %d", point).isEqualTo(statuses(whole.records));
            settled(run);
        }
    }

    @Test
    void thereAreEnough() {
        assertThat(flows()).hasSizeGreaterThan(90);
        assertThat(flows().stream().map(Flow::toString)).doesNotHaveDuplicates();
    }

    /** The same records give the same state, and one that is over asks for nothing. */
    private static void settled(EngineFixture run) {
        RunTree tree = run.tree();
        if (tree.completed() == null) {
            return;
        }
        for (Map.Entry<String, RunState> each : tree.runs().entrySet()) {
            RunState state = each.getValue();
            assertThat(Crash.next(state)).as("%s", each.getKey()).isEmpty();
            assertThat(state.open())
                    .as("what is open of %s: %s", each.getKey(), run.story())
                    .isEmpty();
        }
        int ended = 0;
        for (Envelope record : run.records) {
            boolean over = record.event() instanceof RunEvent.RunCompleted;
            ended += over && record.run().equals("run") ? 1 : 0;
        }
        assertThat(ended).isEqualTo(1);
    }

    private static Map<String, String> values(EngineFixture run) {
        Map<String, String> values = new TreeMap<>();
        run.tree()
                .runs()
                .values()
                .forEach(state ->
                        state.values().forEach((name, value) -> values.put(name, String.valueOf(value.raw()))));
        return values;
    }

    static List<String> reasons(List<Envelope> records) {
        List<String> reasons = new ArrayList<>();
        for (Envelope record : records) {
            RunEvent event = record.event();
            if (event instanceof RunEvent.StepCompleted done && done.reason() != null) {
                reasons.add(done.reason().text());
            } else if (event instanceof RunEvent.NodeFailed failed) {
                reasons.add(failed.reason().text());
            } else if (event instanceof RunEvent.StepBlocked blocked) {
                reasons.add(blocked.reason().text());
            } else if (event instanceof RunEvent.RunCompleted end && end.reason() != null) {
                reasons.add(end.reason().text());
            } else if (event instanceof RunEvent.RunPaused paused) {
                reasons.add(paused.reason());
            } else if (event instanceof RunEvent.Warning warning) {
                reasons.add(warning.message().text());
            }
        }
        return reasons;
    }

    /** How every step, loop and run ended, whatever the order. */
    static Map<String, String> statuses(List<Envelope> records) {
        Map<String, String> statuses = new TreeMap<>();
        for (Envelope record : records) {
            RunEvent event = record.event();
            String at = record.run() + " " + event.step();
            if (event instanceof RunEvent.StepCompleted done) {
                statuses.put(at, done.status().word() + captured(done.captures()));
            } else if (event instanceof RunEvent.OutcomeReached reached) {
                statuses.put(at + " outcome", reached.state());
            } else if (event instanceof RunEvent.NodeFailed failed) {
                statuses.put(at + " fault", failed.reason().text());
            } else if (event instanceof RunEvent.IterationEnded loop) {
                statuses.put(at + " loop", loop.iterations() + " " + loop.converged());
            } else if (event instanceof RunEvent.RunCompleted over) {
                statuses.put(at, over.outcome() + " " + over.exitCode());
            }
        }
        return statuses;
    }

    private static Map<String, String> captured(Map<String, Captured> captures) {
        Map<String, String> values = new TreeMap<>();
        captures.forEach((name, value) -> values.put(name, String.valueOf(value.raw())));
        return values;
    }
}

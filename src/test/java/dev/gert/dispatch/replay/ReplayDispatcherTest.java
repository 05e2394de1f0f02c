package dev.gert.dispatch.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.Dispatcher.Result;
import dev.gert.model.Effect;
import dev.gert.model.ScenarioRecording.Command;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import dev.gert.source.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayDispatcherTest {
    private static Command recorded(String stdout, String... argv) {
        return new Command(
                List.of(argv), stdout, "", 0, Source.of("scenario.yaml", "").span(0, 0));
    }

    private static Result ask(Dispatcher dispatcher, String... argv) {
        ResolvedCommand command =
                new ResolvedCommand(List.of(argv), null, null, null, "/", Map.of(), null, Effect.MUTATE, 1000);
        try (Dispatcher.Prepared prepared = dispatcher.prepare(new Dispatcher.Order(
                "run", "step", "step", 1, 1, command, true, false, null, 1, Redactor.of(List.of())))) {
            assertThat(prepared.pid()).isZero();
            return prepared.perform();
        }
    }

    private static String stdout(Result result) {
        return ((Result.Exited) result).stdout();
    }

    @Test
    void eachIsUsedOnceInOrder() {
        ReplayDispatcher dispatcher = new ReplayDispatcher(
                List.of(recorded("one", "a", "b"), recorded("other", "a"), recorded("two", "a", "b")), List.of());
        assertThat(stdout(ask(dispatcher, "a", "b"))).isEqualTo("one");
        assertThat(stdout(ask(dispatcher, "a", "b"))).isEqualTo("two");
        assertThat(dispatcher.unused()).extracting(Command::stdout).containsExactly("other");
        assertThat(ask(dispatcher, "a", "b")).isInstanceOf(Result.NotStarted.class);
        assertThat(dispatcher.misses())
                .singleElement()
                .satisfies(miss -> assertThat(miss.used()).isEqualTo(2));
    }

    @Test
    void onlyTheWholeArgvCounts() {
        ReplayDispatcher dispatcher = new ReplayDispatcher(List.of(recorded("x", "a", "b")), List.of());
        for (String[] argv : new String[][] {{"a"}, {"a", "b", ""}, {"a", "B"}, {"a b"}, {"b", "a"}}) {
            assertThat(ask(dispatcher, argv)).as(List.of(argv).toString()).isInstanceOf(Result.NotStarted.class);
        }
        assertThat(dispatcher.unused()).hasSize(1);
    }

    @Test
    void preparingUsesNothing() {
        ReplayDispatcher dispatcher = new ReplayDispatcher(List.of(recorded("x", "a")), List.of());
        ResolvedCommand command =
                new ResolvedCommand(List.of("a"), null, null, null, "/", Map.of(), null, Effect.MUTATE, 1000);
        dispatcher
                .prepare(new Dispatcher.Order(
                        "run", "step", "step", 1, 1, command, true, false, null, 1, Redactor.of(List.of())))
                .close();
        assertThat(dispatcher.unused()).hasSize(1);
    }

    @Test
    void theNearestIsTheOneThatAPersonWouldPick() {
        List<Command> recordings = List.of(
                recorded("0", "kubectl", "get", "nodes"),
                recorded("1", "kubectl", "get", "pods", "-n", "team-a"),
                recorded("2", "kubectl", "delete", "pod", "x"),
                recorded("3", "df"));
        assertThat(nearest(recordings, "kubectl", "get", "pods", "-n", "team-b"))
                .isEqualTo("1");
        assertThat(nearest(recordings, "kubectl", "get", "pods")).isEqualTo("0");
        assertThat(nearest(recordings, "kubectl", "delete", "pod", "y")).isEqualTo("2");
        assertThat(nearest(recordings, "du")).isEqualTo("3");
        assertThat(Nearest.of(List.of("a"), List.of())).isNull();
    }

    private static String nearest(List<Command> recordings, String... argv) {
        return Nearest.of(List.of(argv), recordings).stdout();
    }

    @Test
    void hugeCommandsAreComparedInBoundedTime() {
        String[] many = new String[20_000];
        Arrays.fill(many, "x".repeat(20));
        assertThat(Nearest.of(List.of(many), List.of(recorded("0", many), recorded("1", "y"))))
                .isNotNull();
    }
}

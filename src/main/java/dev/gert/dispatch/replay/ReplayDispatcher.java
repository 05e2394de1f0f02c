package dev.gert.dispatch.replay;

import dev.gert.engine.port.Dispatcher;
import dev.gert.model.ScenarioRecording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers commands from a scenario's recordings, each used once, in order, by the whole argv
 * (formats.md, section 4). What was not recorded fails its step; nothing is ever run.
 */
public final class ReplayDispatcher implements Dispatcher {
    /** A command that no recording was left for; {@code used}: how many of its recordings were used before. */
    public record Miss(
            String step, String stepId, List<String> argv, int used, ScenarioRecording.@Nullable Command nearest) {
        public Miss {
            argv = List.copyOf(argv);
        }
    }

    private final List<ScenarioRecording.Command> recordings;
    private final boolean[] used;
    private final List<Miss> misses = new ArrayList<>();

    public ReplayDispatcher(List<ScenarioRecording.Command> recordings) {
        this.recordings = List.copyOf(recordings);
        this.used = new boolean[recordings.size()];
    }

    /** The commands that had no recording, in the order they were asked for. */
    public List<Miss> misses() {
        return List.copyOf(misses);
    }

    /** The recordings that no command asked for, in the order of the file. */
    public List<ScenarioRecording.Command> unused() {
        List<ScenarioRecording.Command> unused = new ArrayList<>();
        for (int i = 0; i < used.length; i++) {
            if (!used[i]) {
                unused.add(recordings.get(i));
            }
        }
        return unused;
    }

    @Override
    public Prepared prepare(Order order) {
        return new Replay(order);
    }

    private Result answer(Order order) {
        List<String> argv = order.command().argv();
        int before = 0;
        for (int i = 0; i < used.length; i++) {
            ScenarioRecording.Command recording = recordings.get(i);
            if (recording.argv().equals(argv)) {
                if (!used[i]) {
                    used[i] = true;
                    return new Result.Exited(recording.exitCode(), recording.stdout(), recording.stderr(), null, null);
                }
                before++;
            }
        }
        misses.add(new Miss(order.step(), order.stepId(), argv, before, Nearest.of(argv, recordings)));
        return new Result.NotStarted("no recording is left for the command");
    }

    private final class Replay implements Prepared {
        private final Order order;

        Replay(Order order) {
            this.order = order;
        }

        @Override
        public long pid() {
            return 0;
        }

        @Override
        public Result perform() {
            return answer(order);
        }

        @Override
        public void close() {
            // nothing was made ready
        }
    }
}

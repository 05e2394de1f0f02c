package dev.gert.dispatch.replay;

import dev.gert.engine.port.Dispatcher;
import dev.gert.model.ScenarioRecording;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Redactor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers commands from a scenario's recordings, each used once, in order, by the whole argv, and tools
 * and services by their step's id (formats.md, section 4). What was not recorded fails its step; nothing
 * is ever run.
 */
public final class ReplayDispatcher implements Dispatcher {
    /**
     * What no recording was left for.
     *
     * @param run the run that asked
     * @param argv of a command; empty where a service was asked
     * @param used how many of its recordings were used before
     * @param redactor what hides the secrets of the run that asked
     */
    public record Miss(
            String run,
            String step,
            String stepId,
            List<String> argv,
            int used,
            ScenarioRecording.@Nullable Command nearest,
            Redactor redactor) {
        public Miss {
            argv = List.copyOf(argv);
        }
    }

    private final List<ScenarioRecording.Command> recordings;
    private final boolean[] used;
    private final List<ScenarioRecording.Response> responses;
    private final boolean[] answered;
    private final List<Miss> misses = new ArrayList<>();

    /** {@code responses}: of one step in their order. */
    public ReplayDispatcher(List<ScenarioRecording.Command> recordings, List<ScenarioRecording.Response> responses) {
        this.recordings = List.copyOf(recordings);
        this.used = new boolean[recordings.size()];
        this.responses = List.copyOf(responses);
        this.answered = new boolean[responses.size()];
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

    /** The same of responses. */
    public List<ScenarioRecording.Response> unusedResponses() {
        List<ScenarioRecording.Response> unused = new ArrayList<>();
        for (int i = 0; i < answered.length; i++) {
            if (!answered[i]) {
                unused.add(responses.get(i));
            }
        }
        return unused;
    }

    @Override
    public Result simulate(Simulation simulation) {
        String id = simulation.node().step().id();
        ScenarioRecording.Response response = next(id);
        if (response != null) {
            return ToolAnswer.service(response.document());
        }
        misses.add(
                new Miss(simulation.run(), simulation.step(), id, List.of(), count(id), null, simulation.redactor()));
        return new Result.NotStarted("no recording is left for it");
    }

    private ScenarioRecording.@Nullable Response next(String id) {
        for (int i = 0; i < answered.length; i++) {
            if (!answered[i] && responses.get(i).step().equals(id)) {
                answered[i] = true;
                return responses.get(i);
            }
        }
        return null;
    }

    private int count(String id) {
        int count = 0;
        for (ScenarioRecording.Response response : responses) {
            count += response.step().equals(id) ? 1 : 0;
        }
        return count;
    }

    @Override
    public Prepared prepare(Order order) {
        return new Replay(order);
    }

    private Result answer(Order order) {
        ScenarioRecording.Response response = isProbe(order) ? null : next(order.stepId());
        if (response != null) {
            return ToolAnswer.command(response.document());
        }
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
        misses.add(new Miss(
                order.run(),
                order.step(),
                order.stepId(),
                argv,
                before,
                Nearest.of(argv, recordings),
                order.redactor()));
        return new Result.NotStarted("no recording is left for the command");
    }

    /** A precondition is a command beside its step's, which has the answers. */
    private static boolean isProbe(Order order) {
        return order.step().endsWith(PlanStep.PROBE);
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

package dev.gert.scenario;

import dev.gert.engine.port.Dispatcher;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.projection.AnswerMaker;
import dev.gert.projection.OutputMaker;
import dev.gert.projection.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers commands and services as a route needs it, and keeps what was asked and answered. */
final class RouteDispatcher implements Dispatcher {
    /** A command with its answer. */
    record Asked(List<String> argv, OutputMaker.Output output) {
        Asked {
            argv = List.copyOf(argv);
        }
    }

    /** A service's answer to a step; {@code run}: its id behind that of the first. */
    record Responded(String run, String stepId, JsonValue document) {}

    /** The end of the hours that queries of a rehearsal ask about. */
    private static final String EXECUTED = "1970-01-01T04:00:00Z";

    private static final OutputMaker.Output NOTHING = new OutputMaker.Output("", "", 0);

    private final Plan plan;
    private final Map<String, Route.Answer> answers = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private final List<Responded> responses = new ArrayList<>();
    private @Nullable PlanStep unmade;

    RouteDispatcher(Plan plan, Route route) {
        this.plan = plan;
        for (Route.Answer answer : route.answers()) {
            answers.put(answer.run() + " " + answer.address(), answer);
        }
    }

    List<Asked> asked() {
        return asked;
    }

    /** Of xts and aws steps, in the order in which they ran. */
    List<Responded> responses() {
        return responses;
    }

    /** A step of which no output gives all that the route wants of it; null where there is none. */
    @Nullable
    PlanStep unmade() {
        return unmade;
    }

    @Override
    public Prepared prepare(Order order) {
        return new Prepared() {
            @Override
            public long pid() {
                return 0;
            }

            @Override
            public Result perform() {
                OutputMaker.Output output = output(order.run().substring(Rehearsal.RUN.length()), order.step());
                asked.add(new Asked(order.command().argv(), output));
                return new Result.Exited(output.exitCode(), output.stdout(), output.stderr(), null, null);
            }

            @Override
            public void close() {
                // nothing was made ready
            }
        };
    }

    @Override
    public Result simulate(Simulation simulation) {
        String run = simulation.run().substring(Rehearsal.RUN.length());
        Route.Answer answer = answers.get(run + " " + simulation.step());
        PlanStep node = simulation.node();
        JsonValue made = AnswerMaker.of(node, answer == null ? Map.of() : answer.values(), EXECUTED);
        if (made == null) {
            unmade = node;
            return new Result.NotStarted("no answer gives what it captures");
        }
        responses.add(new Responded(run, node.step().id(), made));
        return new Result.Exited(0, JsonText.of(made), "", null, null);
    }

    private OutputMaker.Output output(String run, String address) {
        if (address.endsWith(PlanStep.PROBE)) {
            Route.Answer answer =
                    answers.get(run + " " + address.substring(0, address.length() - PlanStep.PROBE.length()));
            boolean succeeds = answer != null && answer.probe();
            return new OutputMaker.Output("", "", succeeds ? 0 : 1);
        }
        Route.Answer answer = answers.get(run + " " + address);
        PlanStep node = answer != null ? answer.node() : run.isEmpty() ? plan.step(address) : null;
        if (node == null) {
            return NOTHING;
        }
        OutputMaker.Output made = OutputMaker.of(
                node, answer == null ? Map.of() : answer.values(), answer == null ? null : answer.exitCode());
        if (made == null) {
            unmade = node;
        }
        return made == null ? NOTHING : made;
    }
}

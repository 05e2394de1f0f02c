package dev.gert.scenario;

import dev.gert.engine.port.Dispatcher;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.projection.OutputMaker;
import dev.gert.projection.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers commands as a route needs it, and keeps what was asked and answered. */
final class RouteDispatcher implements Dispatcher {
    /** A command with its answer. */
    record Asked(List<String> argv, OutputMaker.Output output) {
        Asked {
            argv = List.copyOf(argv);
        }
    }

    private static final OutputMaker.Output NOTHING = new OutputMaker.Output("", "", 0);

    private final Plan plan;
    private final Map<String, Route.Answer> answers = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();
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

    /** Of a service's recorded response nothing is made up: a unit test has its captures instead. */
    @Override
    public Result simulate(Simulation simulation) {
        return new Result.NotStarted(
                "a response to `" + simulation.node().step().id() + "` has to be recorded");
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

package dev.gert.dispatch.replay;

import dev.gert.engine.port.Dispatcher;
import dev.gert.model.Capture;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets every command succeed with the values that a unit test gives to the names its step captures
 * (formats.md, section 4). A name without a value stays unset.
 */
public final class SimulatedDispatcher implements Dispatcher {
    private final Plan plan;
    private final Map<String, List<String>> vars;
    private final Map<String, Integer> used = new HashMap<>();

    /** {@code vars}: the values of successive captures of a name; the last one stays. */
    public SimulatedDispatcher(Plan plan, Map<String, List<String>> vars) {
        this.plan = plan;
        this.vars = Map.copyOf(vars);
    }

    @Override
    public Result simulate(Simulation simulation) {
        return new Result.Simulated(captures(simulation.node()));
    }

    private Map<String, String> captures(PlanStep node) {
        Map<String, String> captures = new LinkedHashMap<>();
        for (Capture capture : node.step().common().captures()) {
            List<String> values = vars.get(capture.name());
            if (values != null) {
                int turn = used.merge(capture.name(), 1, Integer::sum) - 1;
                captures.put(capture.name(), values.get(Math.min(turn, values.size() - 1)));
            }
        }
        return captures;
    }

    @Override
    public Prepared prepare(Order order) {
        PlanStep node = plan.step(order.step());
        return new Simulated(node == null ? Map.of() : captures(node));
    }

    private static final class Simulated implements Prepared {
        private final Map<String, String> captures;

        Simulated(Map<String, String> captures) {
            this.captures = captures;
        }

        @Override
        public long pid() {
            return 0;
        }

        @Override
        public Result perform() {
            return new Result.Simulated(captures);
        }

        @Override
        public void close() {
            // nothing was made ready
        }
    }
}

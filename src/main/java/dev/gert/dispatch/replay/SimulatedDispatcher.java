package dev.gert.dispatch.replay;

import dev.gert.engine.port.Dispatcher;
import dev.gert.model.Capture;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets every command succeed with the values that a unit test gives to the names its step captures
 * (formats.md, section 4). A name without a value stays unset.
 */
public final class SimulatedDispatcher implements Dispatcher {
    private final Plan plan;
    private final Map<String, String> vars;

    public SimulatedDispatcher(Plan plan, Map<String, String> vars) {
        this.plan = plan;
        this.vars = Map.copyOf(vars);
    }

    @Override
    public Prepared prepare(Order order) {
        Map<String, String> captures = new LinkedHashMap<>();
        PlanNode node = plan.node(order.step());
        if (node != null) {
            for (Capture capture : node.step().common().captures()) {
                String value = vars.get(capture.name());
                if (value != null) {
                    captures.put(capture.name(), value);
                }
            }
        }
        return new Simulation(captures);
    }

    private static final class Simulation implements Prepared {
        private final Map<String, String> captures;

        Simulation(Map<String, String> captures) {
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

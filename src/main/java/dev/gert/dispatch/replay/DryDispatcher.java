package dev.gert.dispatch.replay;

import dev.gert.engine.port.Dispatcher;
import dev.gert.model.Step;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import java.util.Map;

/**
 * Runs nothing: every command succeeds and nothing is known of what it printed (design.md, "dry-run").
 * A precondition comes out so that its step would run.
 */
public final class DryDispatcher implements Dispatcher {
    private static final String PROBE = ".precondition";

    private final Plan plan;

    public DryDispatcher(Plan plan) {
        this.plan = plan;
    }

    @Override
    public Prepared prepare(Order order) {
        return new Nothing(result(order.step()));
    }

    private Result result(String address) {
        PlanStep probe = plan.step(address);
        if (probe == null || !probe.isProbe()) {
            return new Result.Simulated(Map.of());
        }
        PlanStep step = plan.step(address.substring(0, address.length() - PROBE.length()));
        Step.Work work = step == null ? null : step.step().work();
        Step.Precondition check = work == null ? null : work.precondition();
        return new Result.Exited(check != null && check.skipIfSucceeds() ? 1 : 0, "", "", null, null);
    }

    private record Nothing(Result result) implements Prepared {
        @Override
        public long pid() {
            return 0;
        }

        @Override
        public Result perform() {
            return result;
        }

        @Override
        public void close() {
            // nothing was made ready
        }
    }
}

package dev.gert.projection;

import dev.gert.expr.Symbol;
import dev.gert.plan.PlanStep;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a step has to come out on a route.
 *
 * @param run the run's id behind that of the first, {@code ""} or {@code .2}
 * @param address with the numbers of iterations
 * @param captures what its captures, or its choice, have to be
 * @param exitCode null: one that passes
 * @param probe whether its precondition succeeds
 */
record RouteAnswer(
        String run,
        String address,
        PlanStep node,
        Map<String, Symbol> captures,
        @Nullable Symbol exitCode,
        boolean probe) {}

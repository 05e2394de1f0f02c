package dev.gert.projection;

import dev.gert.plan.PlanStep;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way to a site with values that lead there, as far as conditions tell; whether it does is told by
 * running it.
 *
 * @param inputs values of inputs, vars and built-in names that differ from what they are by themselves
 * @param answers how the steps on the way have to come out, in order
 */
public record Route(Map<String, String> inputs, List<Answer> answers) {
    /**
     * How a step has to come out.
     *
     * @param run the run's id behind that of the first, {@code ""} or {@code .2}
     * @param address with the numbers of iterations
     * @param values what its captures, or its choice, have to be
     * @param exitCode null: one that passes
     * @param probe whether its precondition succeeds
     */
    public record Answer(
            String run,
            String address,
            PlanStep node,
            Map<String, String> values,
            @Nullable Integer exitCode,
            boolean probe) {}

    public Route {
        answers = List.copyOf(answers);
    }
}

package dev.gert.scenario;

import dev.gert.engine.port.Operator;
import dev.gert.model.Step;
import dev.gert.projection.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses as a route needs it, and keeps what was chosen. */
final class RouteOperator implements Operator {
    private final List<Route.Answer> left;
    private final Map<String, Map<String, String>> chosen = new LinkedHashMap<>();

    RouteOperator(Route route) {
        this.left = new ArrayList<>(route.answers());
    }

    /** Values by variable, by step. */
    Map<String, Map<String, String>> chosen() {
        return chosen;
    }

    @Override
    public Answer perform(Task task) {
        Step.Choices choices = task.manual().choices();
        if (choices == null) {
            return new Answer.Done();
        }
        String value = value(task.step(), choices);
        chosen.computeIfAbsent(task.stepId(), id -> new LinkedHashMap<>()).put(choices.variable(), value);
        return new Answer.Done(value, List.of());
    }

    private String value(String address, Step.Choices choices) {
        Route.Answer answer = null;
        for (Route.Answer each : left) {
            if (each.address().equals(address)) {
                answer = each;
                break;
            }
        }
        left.remove(answer);
        @Nullable String value = answer == null ? null : answer.values().get(choices.variable());
        return value == null ? choices.options().get(0).value() : value;
    }
}

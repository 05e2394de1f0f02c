package dev.gert.cli;

import dev.gert.diagnostic.Suggestions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code --fail-on escalated,needs_rca}: outcomes that a pipeline wants to see as exit code 1. */
final class FailOn {
    private static final List<String> STATES = List.of("resolved", "escalated", "no_action", "needs_rca", "completed");

    private FailOn() {}

    static List<String> states(@Nullable String value) {
        List<String> states = new ArrayList<>();
        int from = 0;
        while (value != null && from <= value.length()) {
            int comma = value.indexOf(',', from);
            int end = comma < 0 ? value.length() : comma;
            String state = value.substring(from, end).strip();
            if (!STATES.contains(state)) {
                String nearest = Suggestions.didYouMean(state, STATES);
                throw new UsageException(
                        "`--fail-on` names `" + state + "`, which is no outcome",
                        nearest.isEmpty() ? "outcomes are " + String.join(", ", STATES) : nearest);
            }
            states.add(state);
            from = end + 1;
        }
        return states;
    }
}

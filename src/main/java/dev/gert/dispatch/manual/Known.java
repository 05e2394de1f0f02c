package dev.gert.dispatch.manual;

import dev.gert.engine.port.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a step's answers is there before anybody is asked.
 *
 * @param problems why answers that were written down do not count
 */
record Known(List<Operator.Given> evidence, @Nullable String choice, List<String> problems) {
    Known {
        evidence = List.copyOf(evidence);
        problems = List.copyOf(problems);
    }

    static Known nothing() {
        return new Known(List.of(), null, List.of());
    }

    /** The piece of that name, or null. */
    Operator.@Nullable Given piece(String name) {
        for (Operator.Given given : evidence) {
            if (given.name().equals(name)) {
                return given;
            }
        }
        return null;
    }
}

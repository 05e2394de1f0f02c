package dev.gert.dispatch.replay;

import dev.gert.model.Step;
import java.util.ArrayList;
import java.util.List;

/** Whether a value is one of a step's choices. */
final class Choice {
    private Choice() {}

    static boolean isOne(Step.Choices choices, String value) {
        for (Step.Option option : choices.options()) {
            if (option.value().equals(value)) {
                return true;
            }
        }
        return false;
    }

    static String refusal(Step.Choices choices, String value) {
        List<String> known = new ArrayList<>();
        for (Step.Option option : choices.options()) {
            known.add(option.value());
        }
        return "`" + value + "` is not one of the choices for `" + choices.variable() + "`: "
                + String.join(", ", known);
    }
}

package dev.gert.dispatch.manual;

import dev.gert.engine.port.Dialogue.Offer;
import dev.gert.model.Step;
import dev.gert.policy.Redactor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of a choice as a person sees and names them. */
final class ChoiceList {
    private final Step.Choices choices;
    private final Redactor redactor;
    private final boolean numbered;

    ChoiceList(Step.Choices choices, Redactor redactor) {
        this.choices = choices;
        this.redactor = redactor;
        this.numbered = !takesNumbers(choices);
    }

    /** Whether a value could be taken for the number of another option. */
    private static boolean takesNumbers(Step.Choices choices) {
        List<Step.Option> options = choices.options();
        for (int i = 0; i < options.size(); i++) {
            for (int j = 0; j < options.size(); j++) {
                if (i != j && options.get(i).value().equals(Integer.toString(j + 1))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an option can be named by its number. */
    boolean isNumbered() {
        return numbered;
    }

    boolean has(String value) {
        for (Step.Option option : choices.options()) {
            if (option.value().equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** The value that was meant, or null. */
    @Nullable
    String value(String typed) {
        List<Step.Option> options = choices.options();
        for (int i = 0; i < options.size(); i++) {
            String value = options.get(i).value();
            if (value.equals(typed) || numbered && typed.equals(Integer.toString(i + 1))) {
                return value;
            }
        }
        return null;
    }

    /** A button for each. */
    List<Offer> offers() {
        List<Offer> offers = new ArrayList<>();
        for (Step.Option option : choices.options()) {
            String label = option.label().isBlank() ? option.value() : option.label();
            offers.add(new Offer(option.value(), redactor.safe(label).text()));
        }
        return offers;
    }

    /** A line for each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (Step.Option option : choices.options()) {
            number++;
            StringBuilder line = new StringBuilder("      ");
            line.append(numbered ? Integer.toString(number) : "-").append("  ").append(option.value());
            boolean labelled = !option.label().isBlank() && !option.label().equals(option.value());
            if (labelled) {
                line.append("  ").append(option.label());
            }
            if (!option.description().isBlank()) {
                line.append(labelled ? ": " : "  ").append(option.description());
            }
            lines.add(redactor.safe(line.toString()).text());
        }
        return lines;
    }
}

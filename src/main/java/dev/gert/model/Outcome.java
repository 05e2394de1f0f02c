package dev.gert.model;

import dev.gert.expr.Condition;
import dev.gert.expr.Template;
import dev.gert.source.Span;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a run may end after a step: the first whose {@code when} is absent or true. */
public record Outcome(
        @Nullable Condition when,
        State state,
        Template label,
        Template recommendation,
        @Nullable NextRunbook next,
        Span span) {
    /** The states that a runbook may end in. */
    public enum State {
        RESOLVED,
        ESCALATED,
        NO_ACTION,
        NEEDS_RCA;

        private final String word = name().toLowerCase(Locale.ROOT);

        public String word() {
            return word;
        }

        public static @Nullable State of(String word) {
            for (State state : values()) {
                if (state.word.equals(word)) {
                    return state;
                }
            }
            return null;
        }
    }

    /** The runbook that the run goes on with. */
    public record NextRunbook(Template file, Span fileSpan, List<Step.Argument> inputs) {
        public NextRunbook {
            inputs = List.copyOf(inputs);
        }
    }
}

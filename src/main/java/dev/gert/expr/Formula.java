package dev.gert.expr;

import java.util.ArrayList;
import java.util.List;

/** What must hold of terms for a condition to be true, or to be false; perhaps less than is needed, never more. */
sealed interface Formula {
    Formula ALWAYS = new Known(true);
    Formula NEVER = new Known(false);

    record Known(boolean value) implements Formula {}

    record Both(List<Formula> parts) implements Formula {}

    record Either(List<Formula> parts) implements Formula {}

    record Fact(Term term, Question question, boolean wanted) implements Formula {}

    /** All of them. */
    static Formula all(List<Formula> parts) {
        List<Formula> kept = new ArrayList<>(parts.size());
        for (Formula part : parts) {
            if (part == NEVER) {
                return NEVER;
            }
            if (part instanceof Both both) {
                kept.addAll(both.parts());
            } else if (part != ALWAYS) {
                kept.add(part);
            }
        }
        return kept.isEmpty() ? ALWAYS : kept.size() == 1 ? kept.get(0) : new Both(kept);
    }

    /** One of them. */
    static Formula any(List<Formula> parts) {
        List<Formula> kept = new ArrayList<>(parts.size());
        for (Formula part : parts) {
            if (part == ALWAYS) {
                return ALWAYS;
            }
            if (part instanceof Either either) {
                kept.addAll(either.parts());
            } else if (part != NEVER) {
                kept.add(part);
            }
        }
        return kept.isEmpty() ? NEVER : kept.size() == 1 ? kept.get(0) : new Either(kept);
    }

    static Formula known(boolean value) {
        return value ? ALWAYS : NEVER;
    }

    /** How many facts it holds. */
    static int size(Formula formula) {
        List<Formula> parts = formula instanceof Both both
                ? both.parts()
                : formula instanceof Either either ? either.parts() : List.<Formula>of();
        int size = 1;
        for (Formula part : parts) {
            size += size(part);
        }
        return size;
    }
}

package dev.gert.expr;

import java.util.List;

/** One of its parts holds. Two clauses are the same only if they are one object. */
final class Clause {
    private final List<Formula> parts;
    private final int origin;

    /** {@code origin} as in {@link Held}. */
    Clause(List<Formula> parts, int origin) {
        this.parts = parts;
        this.origin = origin;
    }

    List<Formula> parts() {
        return parts;
    }

    int origin() {
        return origin;
    }
}

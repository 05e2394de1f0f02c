package dev.gert.expr;

/** Steps that an analysis may take: so many for one question, and so many for all. */
final class Budget {
    private static final int QUESTION = 10_000;
    private static final long ALL = 2_000_000;

    private long all = ALL;
    private long question;

    /** A new question; {@code size} is that of what is asked, which is read in any case. */
    void ask(int size) {
        question = Math.min(all, QUESTION + 4L * size);
    }

    /** Takes steps; false once there are none left. */
    boolean spend(int steps) {
        question -= steps;
        all -= steps;
        return question >= 0 && all >= 0;
    }

    boolean isSpent() {
        return question < 0 || all < 0;
    }
}

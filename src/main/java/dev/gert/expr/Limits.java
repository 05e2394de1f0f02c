package dev.gert.expr;

/** What keeps every expression small enough to end at once (formats.md, section 2: "it always ends"). */
final class Limits {
    /** Parentheses, brackets, calls and pipes within each other. */
    static final int DEPTH = 200;

    /** Digits of a number, written or computed. */
    static final int DIGITS = 1_000;

    /** Characters of a text that a template or function makes. */
    static final int TEXT = 1 << 24;

    /** Items of a list that a function makes. */
    static final int ITEMS = 1_000_000;

    /** Characters of a pattern for {@code matches}. */
    static final int PATTERN = 1_000;

    private Limits() {}
}

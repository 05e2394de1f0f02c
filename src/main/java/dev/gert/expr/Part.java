package dev.gert.expr;

/** A stretch of a template under a scope with open names. */
public sealed interface Part {
    /** Text that is known now. */
    record Known(String text) implements Part {}

    /** An action that is not known now, as written, braces included. */
    record Open(String source) implements Part {}
}

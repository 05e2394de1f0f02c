package dev.gert.expr;

import dev.gert.json.JsonValue;

/** What a {@link Scope} knows of a name (formats.md, section 2). */
public sealed interface Lookup {
    /** The name has a value. */
    record Known(JsonValue value) implements Lookup {}

    /**
     * Declared, without a value: an error when read, except as an argument of {@code default}.
     * {@code why} goes into the message after a colon, such as "step `query` was skipped".
     */
    record Unset(String why) implements Lookup {}

    /** Not known yet: what depends on it is {@link Evaluation.Unknown}. */
    record Open() implements Lookup {}

    /** Nothing declares the name: an error when read, in {@code default} too. */
    record Undeclared() implements Lookup {}
}

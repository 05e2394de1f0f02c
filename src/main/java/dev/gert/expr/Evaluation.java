package dev.gert.expr;

import dev.gert.json.JsonValue;
import dev.gert.source.Span;
import java.util.List;

/** What evaluating came to. */
public sealed interface Evaluation {
    /** A value; of a template, text. */
    record Value(JsonValue value) implements Evaluation {}

    /** The value depends on these open names; each once, in the order of reading. */
    record Unknown(List<String> names) implements Evaluation {
        public Unknown {
            names = List.copyOf(names);
        }
    }

    /** An error: a message in the manner of diagnostics, and the place in the expression. */
    record Failure(String message, Span span) implements Evaluation {}
}

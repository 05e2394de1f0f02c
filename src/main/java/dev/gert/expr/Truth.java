package dev.gert.expr;

import dev.gert.source.Span;
import java.util.List;

/** What testing a condition came to; three-valued (formats.md, section 4). */
public sealed interface Truth {
    /** The condition holds. */
    record True() implements Truth {}

    /** The condition does not hold. */
    record False() implements Truth {}

    /** It depends on these open names; each once, in the order of reading. */
    record Unknown(List<String> names) implements Truth {
        public Unknown {
            names = List.copyOf(names);
        }
    }

    /** An error: a message in the manner of diagnostics, and the place in the expression. */
    record Failure(String message, Span span) implements Truth {}
}

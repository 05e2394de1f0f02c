package dev.gert.expr;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Span;
import org.jspecify.annotations.Nullable;

/** Reports what is wrong with one expression, and keeps the first as what evaluating it fails with. */
final class Problems {
    private final Places places;
    private final Diagnostics diagnostics;
    private final Code syntax;
    private Evaluation.@Nullable Failure first;

    /** {@code syntax} is the code of a form that is broken: T301 or T302. */
    Problems(Places places, Diagnostics diagnostics, Code syntax) {
        this.places = places;
        this.diagnostics = diagnostics;
        this.syntax = syntax;
    }

    Span place(int from, int to) {
        return places.of(from, to);
    }

    /** The form is broken; an empty help is none. */
    void broken(int from, int to, String message, String help) {
        error(syntax, places.of(from, to), message, help);
    }

    void error(Code code, Span span, String message, String help) {
        if (first == null) {
            first = new Evaluation.Failure(message, span);
        }
        diagnostics.error(code, span, message, "", help.isEmpty() ? null : help);
    }

    void warning(Code code, Span span, String message, String help) {
        diagnostics.warning(code, span, message, help);
    }

    Evaluation.@Nullable Failure first() {
        return first;
    }
}

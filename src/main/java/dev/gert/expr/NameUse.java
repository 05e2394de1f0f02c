package dev.gert.expr;

import dev.gert.source.Span;

/**
 * A name that a template or condition reads: the head of a path ({@code a} of {@code .a.b[0]}), its
 * place, whether it stands as an argument of {@code default}, where it may be unset, and whether it is
 * read whatever the others hold: not so behind an {@code or} or {@code and}, nor in a fallback.
 */
public record NameUse(String name, Span span, boolean defaulted, boolean always) {
    /** Whether each evaluation that comes to an end needs the name to be set. */
    public boolean isNeeded() {
        return always && !defaulted;
    }
}

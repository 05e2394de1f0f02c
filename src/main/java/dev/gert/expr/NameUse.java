package dev.gert.expr;

import dev.gert.source.Span;

/**
 * A name that a template or condition reads: the head of a path ({@code a} of {@code .a.b[0]}), its
 * place, and whether it stands as an argument of {@code default}, where it may be unset.
 */
public record NameUse(String name, Span span, boolean defaulted) {}

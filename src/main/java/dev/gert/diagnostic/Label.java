package dev.gert.diagnostic;

import dev.gert.source.Span;

/** A place in a file with the words printed beside its carets ({@code text} may be empty). */
public record Label(Span span, String text) {}

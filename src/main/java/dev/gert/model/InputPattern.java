package dev.gert.model;

import dev.gert.expr.TextPattern;
import dev.gert.source.Span;

/** What an input's whole value must match, wherever it came from. */
public record InputPattern(TextPattern regex, Span span) {}

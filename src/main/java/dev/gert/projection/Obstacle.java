package dev.gert.projection;

import dev.gert.source.Span;
import org.jspecify.annotations.Nullable;

/** What stood in the way to a site: a condition, or a step that no run passes; {@code place} null: none is known. */
public record Obstacle(String message, @Nullable Span place) {}

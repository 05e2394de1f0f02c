package dev.gert.expr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template's text with {@code <name>} for what is open, the open names (each once, in the order of
 * reading), and the first failure, whose action renders as nothing.
 */
public record Rendering(String text, List<String> open, Evaluation.@Nullable Failure failure) {
    public Rendering {
        open = List.copyOf(open);
    }
}

package dev.gert.model;

import dev.gert.expr.Condition;
import dev.gert.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An arm: entered when its condition is the first of its step's that is true.
 *
 * @param budgetMillis how long it should take at most, null: nothing is said
 */
public record Branch(
        Condition condition,
        Span conditionSpan,
        String label,
        Span labelSpan,
        List<Node> nodes,
        @Nullable Long budgetMillis,
        Span span) {
    public Branch {
        nodes = List.copyOf(nodes);
    }
}

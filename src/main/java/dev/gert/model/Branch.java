package dev.gert.model;

import dev.gert.expr.Condition;
import dev.gert.source.Span;
import java.util.List;

/** An arm: entered when its condition is the first of its step's that is true. */
public record Branch(
        Condition condition, Span conditionSpan, String label, Span labelSpan, List<Node> nodes, Span span) {
    public Branch {
        nodes = List.copyOf(nodes);
    }
}

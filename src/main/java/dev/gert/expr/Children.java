package dev.gert.expr;

import java.util.ArrayList;
import java.util.List;

/** The nodes right under a node, in the order they are read. */
final class Children {
    private Children() {}

    static List<Node> of(Node node) {
        if (node instanceof Node.Any any) {
            return any.operands();
        }
        if (node instanceof Node.All all) {
            return all.operands();
        }
        if (node instanceof Node.Not not) {
            return List.of(not.operand());
        }
        if (node instanceof Node.Compare compare) {
            return List.of(compare.left(), compare.right());
        }
        if (node instanceof Node.Match match) {
            return List.of(match.text(), match.pattern());
        }
        if (node instanceof Node.Path path) {
            return ofPath(path);
        }
        if (node instanceof Node.Items items) {
            return items.items();
        }
        if (node instanceof Node.Sum sum) {
            List<Node> terms = new ArrayList<>(sum.rest().size() + 1);
            terms.add(sum.first());
            for (Node.Term term : sum.rest()) {
                terms.add(term.operand());
            }
            return terms;
        }
        if (node instanceof Node.Product product) {
            return product.factors();
        }
        if (node instanceof Node.Negate negate) {
            return List.of(negate.operand());
        }
        if (node instanceof Node.Default fallback) {
            return List.of(fallback.fallback(), fallback.value());
        }
        return node instanceof Node.Call call ? call.arguments() : List.of();
    }

    private static List<Node> ofPath(Node.Path path) {
        List<Node> nodes = new ArrayList<>();
        nodes.add(path.head());
        for (Node.Step step : path.steps()) {
            if (step instanceof Node.Step.At at) {
                nodes.add(at.index());
            }
        }
        return nodes;
    }
}

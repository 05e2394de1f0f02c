package dev.gert.expr;

import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A text that two nodes share only if they have the same value wherever they stand. */
final class NodeKey {
    private final StringBuilder key = new StringBuilder();
    private final Deque<Object> ahead = new ArrayDeque<>();

    private NodeKey() {}

    /** Takes no more of the stack for what is nested deeper. */
    static String of(Node node) {
        NodeKey made = new NodeKey();
        made.ahead.push(node);
        while (!made.ahead.isEmpty()) {
            Object next = made.ahead.pop();
            if (next instanceof Node inner) {
                made.add(inner);
            } else {
                made.key.append(next);
            }
        }
        return made.key.toString();
    }

    /** A literal's; text, number and the rest apart. */
    static String of(JsonValue value) {
        return value instanceof JsonValue.Num num ? "#" + num.value() : JsonWriter.compact(value);
    }

    private void add(Node node) {
        if (node instanceof Node.Literal literal) {
            key.append(of(literal.value()));
            return;
        }
        if (node instanceof Node.Name name) {
            key.append('.').append(name.name());
            return;
        }
        List<Object> parts = node instanceof Node.Path path ? path(path) : operation(node);
        for (int i = parts.size() - 1; i >= 0; i--) {
            ahead.push(parts.get(i));
        }
    }

    private static List<Object> operation(Node node) {
        List<Object> parts = new ArrayList<>();
        parts.add(sign(node) + "(");
        List<Node> children = Children.of(node);
        for (int i = 0; i < children.size(); i++) {
            if (node instanceof Node.Sum sum && i > 0) {
                parts.add(sum.rest().get(i - 1).minus() ? "-" : "+");
            }
            parts.add(children.get(i));
            parts.add(",");
        }
        parts.add(")");
        return parts;
    }

    private static List<Object> path(Node.Path path) {
        List<Object> parts = new ArrayList<>();
        parts.add("path(");
        parts.add(path.head());
        for (Node.Step step : path.steps()) {
            parts.add("[");
            parts.add(step instanceof Node.Step.At at ? at.index() : of(JsonValue.text(((Node.Step.Key) step).name())));
            parts.add("]");
        }
        parts.add(")");
        return parts;
    }

    private static String sign(Node node) {
        if (node instanceof Node.Compare compare) {
            return compare.comparison().sign();
        }
        if (node instanceof Node.Call call) {
            return call.function().word();
        }
        if (node instanceof Node.Any) {
            return "or";
        }
        if (node instanceof Node.All) {
            return "and";
        }
        if (node instanceof Node.Not) {
            return "not";
        }
        if (node instanceof Node.Items) {
            return "list";
        }
        if (node instanceof Node.Match) {
            return "matches";
        }
        if (node instanceof Node.Product) {
            return "*";
        }
        if (node instanceof Node.Negate) {
            return "-";
        }
        return node instanceof Node.Default ? "default" : "+";
    }
}

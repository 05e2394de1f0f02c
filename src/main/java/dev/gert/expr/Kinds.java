package dev.gert.expr;

import dev.gert.json.JsonValue;
import java.util.List;

/** Which kinds of values a node may have; names are text. */
final class Kinds {
    private Kinds() {}

    static boolean isStructure(JsonValue value) {
        return of(value) == Term.STRUCTURE;
    }

    static int of(Node node) {
        if (node instanceof Node.Literal literal) {
            return of(literal.value());
        }
        if (node instanceof Node.Name) {
            return Term.TEXT;
        }
        if (node instanceof Node.Not || node instanceof Node.Compare || node instanceof Node.Match) {
            return Term.BOOLEAN;
        }
        if (node instanceof Node.Sum || node instanceof Node.Product || node instanceof Node.Negate) {
            return Term.NUMBER;
        }
        if (node instanceof Node.Items) {
            return Term.STRUCTURE;
        }
        if (node instanceof Node.Any || node instanceof Node.All || node instanceof Node.Default) {
            return ofOne(Children.of(node));
        }
        return node instanceof Node.Call call ? of(call.function()) : Term.ANY;
    }

    private static int ofOne(List<Node> nodes) {
        int kinds = 0;
        for (Node node : nodes) {
            kinds |= of(node);
        }
        return kinds;
    }

    private static int of(JsonValue value) {
        if (value instanceof JsonValue.Text) {
            return Term.TEXT;
        }
        if (value instanceof JsonValue.Num) {
            return Term.NUMBER;
        }
        if (value instanceof JsonValue.Bool) {
            return Term.BOOLEAN;
        }
        return value instanceof JsonValue.Null ? Term.NULL : Term.STRUCTURE;
    }

    private static int of(Function function) {
        return switch (function) {
            case LOWER, UPPER, TRIM, TRIM_PREFIX, TRIM_SUFFIX, REPLACE, JOIN, JSON -> Term.TEXT;
            case LEN, INT -> Term.NUMBER;
            case SPLIT -> Term.STRUCTURE;
            default -> Term.ANY;
        };
    }
}

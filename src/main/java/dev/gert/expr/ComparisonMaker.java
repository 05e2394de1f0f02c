package dev.gert.expr;

import dev.gert.expr.Evaluation.Failure;
import dev.gert.expr.Evaluation.Value;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonValue.ListValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold for one comparison to be true, or false. */
final class ComparisonMaker {
    private final FormulaMaker maker;
    private final Node.Compare node;
    private @Nullable JsonValue left;
    private @Nullable JsonValue right;

    ComparisonMaker(FormulaMaker maker, Node.Compare node) {
        this.maker = maker;
        this.node = node;
    }

    Formula make(boolean wanted) {
        boolean items = node.comparison() == Comparison.IN && node.right() instanceof Node.Items;
        Evaluation first = maker.folding().fold(node.left());
        Evaluation second = items ? null : maker.folding().fold(node.right());
        if (first instanceof Failure || second instanceof Failure) {
            return Formula.NEVER;
        }
        left = first instanceof Value value ? value.value() : null;
        right = second instanceof Value value ? value.value() : null;
        return left != null && right != null ? maker.settled(node, wanted) : open(wanted);
    }

    private Formula open(boolean wanted) {
        return switch (node.comparison()) {
            case EQUAL -> equal(wanted);
            case NOT_EQUAL -> equal(!wanted);
            case LESS -> less(false, false, wanted);
            case LESS_OR_EQUAL -> less(false, true, wanted);
            case GREATER -> less(true, false, wanted);
            case GREATER_OR_EQUAL -> less(true, true, wanted);
            case IN -> in(wanted);
            case CONTAINS -> contains(wanted);
            case STARTS_WITH, ENDS_WITH -> asked(wanted);
        };
    }

    private Formula equal(boolean wanted) {
        return equal(node.left(), left, node.right(), right, wanted);
    }

    private Formula equal(
            Node one, @Nullable JsonValue oneValue, Node other, @Nullable JsonValue otherValue, boolean wanted) {
        if (oneValue != null && otherValue != null) {
            return Formula.known(Values.equal(oneValue, otherValue) == wanted);
        }
        if (otherValue != null) {
            return maker.fact(one, new Question.Equal(otherValue), wanted);
        }
        if (oneValue != null) {
            return maker.fact(other, new Question.Equal(oneValue), wanted);
        }
        String first = NodeKey.of(one);
        String second = NodeKey.of(other);
        if (first.equals(second)) {
            return Formula.known(wanted);
        }
        boolean inOrder = first.compareTo(second) < 0;
        String key = "==(" + (inOrder ? first + "," + second : second + "," + first);
        Node.Compare pair = new Node.Compare(Comparison.EQUAL, one, other, node.span());
        Formula same = new Formula.Fact(maker.term(key, Term.BOOLEAN, pair), new Question.Truthy(), wanted);
        return wanted
                ? Formula.all(List.of(same, order(first, second, true, true), order(second, first, true, true)))
                : same;
    }

    /** {@code left < right}, or with {@code orEqual} {@code <=}; the sides {@code turned} round. */
    private Formula less(boolean turned, boolean orEqual, boolean wanted) {
        JsonValue known = turned ? left : right;
        if (known != null) {
            return below(turned ? node.right() : node.left(), known, orEqual, wanted);
        }
        JsonValue other = turned ? right : left;
        if (other != null) {
            return below(turned ? node.left() : node.right(), other, !orEqual, !wanted);
        }
        String first = NodeKey.of(turned ? node.right() : node.left());
        String second = NodeKey.of(turned ? node.left() : node.right());
        return first.equals(second) ? Formula.known(orEqual == wanted) : order(first, second, orEqual, wanted);
    }

    private Formula below(Node open, JsonValue bound, boolean orEqual, boolean wanted) {
        if (Values.text(bound) == null) {
            Node known = open == node.left() ? node.right() : node.left();
            return fails("expected something that has an order, found " + Values.kind(bound), known);
        }
        return maker.fact(open, new Question.Below(bound, orEqual), wanted);
    }

    private Formula fails(String message, Node at) {
        maker.folding().fails(new Failure(message, at.span()));
        return Formula.NEVER;
    }

    /** How two open values compare is a number of its own: below 0, 0, or above. */
    private Formula order(String first, String second, boolean orEqual, boolean wanted) {
        boolean inOrder = first.compareTo(second) < 0;
        String key = "<=>(" + (inOrder ? first + "," + second : second + "," + first);
        Term term = maker.term(key, Term.NUMBER, null);
        JsonValue zero = JsonValue.number(0);
        return inOrder
                ? new Formula.Fact(term, new Question.Below(zero, orEqual), wanted)
                : new Formula.Fact(term, new Question.Below(zero, !orEqual), !wanted);
    }

    private Formula in(boolean wanted) {
        if (node.right() instanceof Node.Items items && right == null) {
            List<Formula> parts = new ArrayList<>(items.items().size());
            for (Node item : items.items()) {
                Evaluation value = maker.folding().fold(item);
                if (value instanceof Failure) {
                    return Formula.NEVER;
                }
                parts.add(equal(node.left(), left, item, value instanceof Value found ? found.value() : null, wanted));
            }
            return wanted ? Formula.any(parts) : Formula.all(parts);
        }
        if (right == null) {
            return asked(wanted);
        }
        Evaluation opened = new Reading().opened(right, node.right().span());
        if (opened instanceof Value value && value.value() instanceof ListValue list) {
            return held(list, node.left(), wanted);
        }
        if (opened instanceof Value value && value.value() instanceof JsonValue.MapValue) {
            return asked(wanted);
        }
        return opened instanceof Failure failure
                ? fails(failure.message(), node.right())
                : fails("expected a list or a map, found " + Values.kind(right), node.right());
    }

    private Formula contains(boolean wanted) {
        return left instanceof ListValue list ? held(list, node.right(), wanted) : asked(wanted);
    }

    private Formula held(ListValue list, Node open, boolean wanted) {
        List<Formula> parts = new ArrayList<>(list.items().size());
        for (JsonValue item : list.items()) {
            parts.add(maker.fact(open, new Question.Equal(item), wanted));
        }
        return wanted ? Formula.any(parts) : Formula.all(parts);
    }

    private Formula asked(boolean wanted) {
        if (right != null) {
            return maker.asked(node, node.left(), right, true, wanted);
        }
        return left != null ? maker.asked(node, node.right(), left, false, wanted) : maker.opaque(node, wanted);
    }
}

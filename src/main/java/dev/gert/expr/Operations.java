package dev.gert.expr;

import dev.gert.expr.Evaluation.Failure;
import dev.gert.expr.Evaluation.Value;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonValue.ListValue;
import dev.gert.json.JsonValue.MapValue;
import dev.gert.json.JsonValue.Num;
import dev.gert.json.JsonValue.Text;
import dev.gert.source.Span;
import java.math.BigDecimal;
import java.util.List;

/** What the nodes that need all their operands make of their values. */
final class Operations {
    private Operations() {}

    /** {@code values} are those of {@link Children#of}. */
    static Evaluation apply(Node node, List<JsonValue> values, Reading reading) {
        if (node instanceof Node.Compare compare) {
            return compare(compare, values.get(0), values.get(1), reading);
        }
        if (node instanceof Node.Items) {
            return new Value(new ListValue(values));
        }
        if (node instanceof Node.Call call) {
            return Calls.apply(call, values, reading);
        }
        if (node instanceof Node.Match match) {
            return match(match, values.get(0), values.get(1));
        }
        return calculate(node, values);
    }

    private static Evaluation compare(Node.Compare node, JsonValue left, JsonValue right, Reading reading) {
        return switch (node.comparison()) {
            case EQUAL -> truth(Values.equal(left, right));
            case NOT_EQUAL -> truth(!Values.equal(left, right));
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> order(node, left, right);
            case IN -> member(left, right, node.right().span(), reading);
            case CONTAINS -> contains(node, left, right);
            case STARTS_WITH, ENDS_WITH -> edge(node, left, right);
        };
    }

    private static Evaluation truth(boolean truth) {
        return new Value(JsonValue.bool(truth));
    }

    private static Evaluation order(Node.Compare node, JsonValue left, JsonValue right) {
        Integer order = Values.order(left, right);
        if (order == null) {
            boolean first = Values.text(left) == null;
            return wrong(
                    (first ? node.left() : node.right()).span(), "something that has an order", first ? left : right);
        }
        return switch (node.comparison()) {
            case LESS -> truth(order < 0);
            case LESS_OR_EQUAL -> truth(order <= 0);
            case GREATER -> truth(order > 0);
            default -> truth(order >= 0);
        };
    }

    private static Failure wrong(Span span, String wanted, JsonValue found) {
        return new Failure("expected " + wanted + ", found " + Values.kind(found), span);
    }

    private static Evaluation member(JsonValue item, JsonValue container, Span span, Reading reading) {
        Evaluation opened = reading.opened(container, span);
        if (!(opened instanceof Value value)) {
            return opened;
        }
        if (value.value() instanceof ListValue list) {
            return truth(Values.holds(list.items(), item));
        }
        if (value.value() instanceof MapValue map) {
            return key(map, item);
        }
        String hint = container instanceof Text ? " (`contains` looks for text in text)" : "";
        return new Failure("expected a list or a map, found " + Values.kind(container) + hint, span);
    }

    private static Evaluation key(MapValue map, JsonValue key) {
        String name = Values.text(key);
        return truth(name != null && map.entries().containsKey(name));
    }

    private static Evaluation contains(Node.Compare node, JsonValue container, JsonValue part) {
        if (container instanceof ListValue list) {
            return truth(Values.holds(list.items(), part));
        }
        if (container instanceof MapValue map) {
            return key(map, part);
        }
        String text = Values.text(container);
        String wanted = Values.text(part);
        if (text == null) {
            return wrong(node.left().span(), "text, a list or a map", container);
        }
        if (wanted == null) {
            return wrong(node.right().span(), "text", part);
        }
        return truth(new TextSearch(wanted).find(text, 0) >= 0);
    }

    private static Evaluation edge(Node.Compare node, JsonValue left, JsonValue right) {
        String text = Values.text(left);
        String edge = Values.text(right);
        if (text == null || edge == null) {
            return text == null
                    ? wrong(node.left().span(), "text", left)
                    : wrong(node.right().span(), "text", right);
        }
        return truth(node.comparison() == Comparison.STARTS_WITH ? text.startsWith(edge) : text.endsWith(edge));
    }

    private static Evaluation match(Node.Match node, JsonValue left, JsonValue right) {
        String text = Values.text(left);
        String pattern = Values.text(right);
        if (text == null || pattern == null) {
            return text == null
                    ? wrong(node.text().span(), "text", left)
                    : wrong(node.pattern().span(), "a pattern", right);
        }
        Regex literal = node.compiled();
        Regex compiled = literal == null ? Regex.of(pattern) : literal;
        String problem = compiled.problem();
        return problem == null
                ? truth(compiled.finds(text))
                : new Failure(problem, node.pattern().span());
    }

    private static Evaluation calculate(Node node, List<JsonValue> values) {
        List<Node> operands = Children.of(node);
        BigDecimal result = BigDecimal.ZERO;
        for (int i = 0; i < values.size(); i++) {
            BigDecimal number = Values.number(values.get(i));
            if (number == null) {
                return noNumber(node, operands.get(i).span(), values.get(i));
            }
            if (i == 0) {
                result = node instanceof Node.Negate ? number.negate() : number;
            } else if (node instanceof Node.Product) {
                result = result.multiply(number);
            } else if (node instanceof Node.Sum sum && sum.rest().get(i - 1).minus()) {
                result = result.subtract(number);
            } else {
                result = result.add(number);
            }
            result = plain(result);
            if (digits(result) > Limits.DIGITS) {
                return new Failure("the result has more than 1,000 digits", node.span());
            }
        }
        return new Value(new Num(result));
    }

    private static Failure noNumber(Node node, Span span, JsonValue found) {
        String hint = node instanceof Node.Sum && found instanceof Text
                ? " (a template joins texts: `{{ .a }}{{ .b }}`)"
                : "";
        return new Failure("expected a number, found " + Values.kind(found) + hint, span);
    }

    /** Without zeros at the end of a fraction, so that an integer prints as one. */
    private static BigDecimal plain(BigDecimal number) {
        if (number.scale() <= 0) {
            return number;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** The digits that printing takes. */
    private static long digits(BigDecimal number) {
        long whole = Math.max(1, (long) number.precision() - number.scale());
        return whole + Math.max(0, number.scale());
    }
}

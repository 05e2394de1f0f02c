package dev.gert.expr;

import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonValue.ListValue;
import dev.gert.json.JsonValue.Text;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a value of a term to what one name would have to hold, as far as that is plain to see. */
final class Inversion {
    private static final int LONGEST = 10_000;

    /** A value at a place in what the name holds; without keys: all of it. */
    record Place(List<JsonValue> keys, JsonValue value) {}

    private final String key;
    private final Scope others;

    /** {@code others}: what is known; the name itself is open. */
    Inversion(String key, Scope others) {
        this.key = key;
        this.others = others;
    }

    @Nullable
    JsonValue known(Node node) {
        return new Evaluator(others).evaluate(node) instanceof Evaluation.Value value ? value.value() : null;
    }

    /** Each to be tried; none where it can't be told. */
    List<Place> of(Node node, JsonValue value) {
        if (node instanceof Node.Name name) {
            return name.name().equals(key) ? List.of(new Place(List.of(), value)) : List.of();
        }
        if (node instanceof Node.Path path) {
            return path(path, value);
        }
        if (node instanceof Node.Default fallback) {
            return of(fallback.value(), value);
        }
        if (node instanceof Node.Any || node instanceof Node.All) {
            List<Place> all = new ArrayList<>();
            for (Node operand : Children.of(node)) {
                all.addAll(of(operand, value));
            }
            return all;
        }
        if (node instanceof Node.Call call) {
            return call(call, value);
        }
        BigDecimal number = Values.number(value);
        return number == null ? List.of() : number(node, number);
    }

    private List<Place> path(Node.Path path, JsonValue value) {
        List<JsonValue> keys = new ArrayList<>();
        for (Node.Step step : path.steps()) {
            JsonValue at = step instanceof Node.Step.At index
                    ? known(index.index())
                    : JsonValue.text(((Node.Step.Key) step).name());
            if (at == null) {
                return List.of();
            }
            keys.add(at);
        }
        return within(path.head(), keys, value);
    }

    private List<Place> within(Node head, List<JsonValue> keys, JsonValue value) {
        List<Place> places = new ArrayList<>();
        for (Place place : of(head, JsonValue.text(""))) {
            List<JsonValue> all = new ArrayList<>(place.keys());
            all.addAll(keys);
            places.add(new Place(all, value));
        }
        return places;
    }

    private List<Place> call(Node.Call call, JsonValue value) {
        List<Node> arguments = call.arguments();
        return switch (call.function()) {
            case LOWER, UPPER, TRIM, TRIM_PREFIX, TRIM_SUFFIX, REPLACE, JSON, INT -> of(arguments.get(0), value);
            case LEN -> length(arguments.get(0), value);
            case SPLIT -> {
                JsonValue separator = known(arguments.get(1));
                yield value instanceof ListValue list && separator != null
                        ? of(arguments.get(0), JsonValue.text(joined(list, JsonText.of(separator))))
                        : List.of();
            }
            case JOIN -> arguments.get(0) instanceof Node.Items items ? piece(items, value) : List.of();
            case INDEX -> {
                List<JsonValue> keys = new ArrayList<>();
                for (Node argument : arguments.subList(1, arguments.size())) {
                    JsonValue at = known(argument);
                    keys.add(at == null ? JsonValue.number(0) : at);
                }
                yield within(arguments.get(0), keys, value);
            }
            default -> List.of();
        };
    }

    private static String joined(ListValue list, String separator) {
        List<String> texts = new ArrayList<>();
        for (JsonValue item : list.items()) {
            texts.add(JsonText.of(item));
        }
        return String.join(separator, texts);
    }

    private List<Place> length(Node of, JsonValue value) {
        BigDecimal number = Values.number(value);
        if (number == null || number.signum() < 0 || number.compareTo(BigDecimal.valueOf(LONGEST)) > 0) {
            return List.of();
        }
        int length = number.intValue();
        List<JsonValue> items = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            items.add(JsonValue.text("x"));
        }
        List<Place> places = new ArrayList<>(of(of, JsonValue.text("x".repeat(length))));
        places.addAll(of(of, new ListValue(items)));
        return places;
    }

    /** A text put together from pieces of which all but one are known. */
    private List<Place> piece(Node.Items items, JsonValue value) {
        String left = Values.text(value);
        Node open = null;
        StringBuilder before = new StringBuilder();
        StringBuilder behind = new StringBuilder();
        for (Node item : items.items()) {
            JsonValue known = known(item);
            if (known == null && open != null) {
                return List.of();
            }
            if (known == null) {
                open = item;
            } else {
                (open == null ? before : behind).append(JsonText.of(known));
            }
        }
        if (left == null || open == null) {
            return List.of();
        }
        boolean fits = left.length() >= before.length() + behind.length()
                && left.startsWith(before.toString())
                && left.endsWith(behind.toString());
        return fits
                ? of(open, JsonValue.text(left.substring(before.length(), left.length() - behind.length())))
                : List.of();
    }

    private List<Place> number(Node node, BigDecimal wanted) {
        if (node instanceof Node.Negate negate) {
            return of(negate.operand(), new JsonValue.Num(wanted.negate()));
        }
        boolean product = node instanceof Node.Product;
        List<Node> operands = Children.of(node);
        BigDecimal rest = product ? BigDecimal.ONE : BigDecimal.ZERO;
        int open = -1;
        for (int i = 0; i < operands.size(); i++) {
            JsonValue known = known(operands.get(i));
            BigDecimal number = known == null ? null : Values.number(known);
            if (number == null) {
                if (open >= 0) {
                    return List.of();
                }
                open = i;
            } else {
                rest = product ? rest.multiply(number) : rest.add(minus(node, i) ? number.negate() : number);
            }
        }
        if (open < 0 || (product && rest.signum() == 0)) {
            return List.of();
        }
        BigDecimal alone =
                product ? wanted.divide(rest, MathContext.DECIMAL64).stripTrailingZeros() : wanted.subtract(rest);
        return of(operands.get(open), new JsonValue.Num(minus(node, open) ? alone.negate() : alone));
    }

    private static boolean minus(Node node, int operand) {
        return operand > 0
                && node instanceof Node.Sum sum
                && sum.rest().get(operand - 1).minus();
    }

    /** The text of a value as a name may hold it. */
    static String text(JsonValue value) {
        if (value instanceof Text text) {
            return text.value();
        }
        return value instanceof JsonValue.Num num ? num.value().toPlainString() : JsonText.of(value);
    }
}

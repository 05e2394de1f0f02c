package dev.gert.expr;

import dev.gert.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is asked of one term, and values that may answer it. */
final class TermHints {
    private static final int BOUNDS = 40;

    final Node node;
    private final Set<JsonValue> wanted = new LinkedHashSet<>();
    private final List<JsonValue> refused = new ArrayList<>();
    private final List<BigDecimal> bounds = new ArrayList<>();
    private final List<String> borders = new ArrayList<>();
    private final List<String> parts = new ArrayList<>();
    private String prefix = "";
    private String suffix = "";
    private boolean truth;

    TermHints(Node node) {
        this.node = node;
    }

    /** A comparison of the term, on its left, with a value that is known. */
    void compared(Comparison comparison, JsonValue other, boolean holds) {
        switch (comparison) {
            case EQUAL -> equal(other, holds);
            case NOT_EQUAL -> equal(other, !holds);
            case LESS -> ordered(other, !holds, holds);
            case LESS_OR_EQUAL -> ordered(other, holds, holds);
            case GREATER -> ordered(other, !holds, !holds);
            case GREATER_OR_EQUAL -> ordered(other, holds, !holds);
            case IN -> in(other, holds);
            case CONTAINS -> part(other, holds);
            case STARTS_WITH -> prefix = holds && text(other).length() > prefix.length() ? text(other) : prefix;
            case ENDS_WITH -> suffix = holds && text(other).length() > suffix.length() ? text(other) : suffix;
        }
        if (!holds && comparison.compareTo(Comparison.IN) >= 0) {
            refused.add(other);
        }
    }

    private static String text(JsonValue value) {
        String text = Values.text(value);
        return text == null ? "" : text;
    }

    private void equal(JsonValue other, boolean holds) {
        if (holds) {
            wanted.add(other);
        } else {
            refused.add(other);
        }
    }

    /** {@code orEqual}: the bound itself will do. */
    private void ordered(JsonValue other, boolean orEqual, boolean below) {
        BigDecimal number = Values.number(other);
        if (orEqual) {
            wanted.add(other);
        }
        if (number != null) {
            BigDecimal next = below ? number.subtract(BigDecimal.ONE) : number.add(BigDecimal.ONE);
            wanted.add(new JsonValue.Num(next));
            bounds.add(number);
        }
        borders.add(text(other));
    }

    private void in(JsonValue other, boolean holds) {
        JsonValue opened = new Reading().openedIfSound(other);
        if (opened instanceof JsonValue.ListValue list) {
            for (JsonValue item : list.items()) {
                equal(item, holds);
            }
        } else if (opened instanceof JsonValue.MapValue map) {
            for (String key : map.entries().keySet()) {
                equal(JsonValue.text(key), holds);
            }
        }
    }

    private void part(JsonValue other, boolean holds) {
        if (holds && !parts.contains(text(other))) {
            parts.add(text(other));
        }
    }

    /** The term stands on the right of a comparison. */
    void comparedOnRight(Comparison comparison, JsonValue other, boolean holds) {
        switch (comparison) {
            case EQUAL, NOT_EQUAL -> compared(comparison, other, holds);
            case LESS -> compared(Comparison.GREATER, other, holds);
            case LESS_OR_EQUAL -> compared(Comparison.GREATER_OR_EQUAL, other, holds);
            case GREATER -> compared(Comparison.LESS, other, holds);
            case GREATER_OR_EQUAL -> compared(Comparison.LESS_OR_EQUAL, other, holds);
            case IN -> {
                wanted.add(new JsonValue.ListValue(holds ? List.of(other) : List.of()));
                refused.add(other);
            }
            case CONTAINS, STARTS_WITH, ENDS_WITH -> {
                if (comparison == Comparison.CONTAINS) {
                    in(other, holds);
                }
                equal(other, holds);
                refused.add(other);
            }
        }
    }

    void matched(String pattern, boolean holds) {
        if (holds) {
            for (String sample : PatternSamples.of(pattern)) {
                wanted.add(JsonValue.text(sample));
            }
        }
    }

    void truth(boolean holds) {
        truth = true;
        if (holds) {
            wanted.add(JsonValue.text("true"));
        }
    }

    /** Values that may do, those first that were asked for. */
    List<JsonValue> candidates() {
        Set<JsonValue> values = new LinkedHashSet<>(wanted);
        boolean edges = !prefix.isEmpty() || !suffix.isEmpty() || !parts.isEmpty();
        if (edges) {
            edges(values);
        }
        numbers(values);
        for (JsonValue each : refused) {
            others(each, values);
        }
        for (String border : borders) {
            values.add(JsonValue.text(border + "0"));
            values.add(JsonValue.text(border + "a"));
            if (!border.isEmpty()) {
                values.add(JsonValue.text(border.substring(0, border.length() - 1)));
            }
        }
        if (truth || !refused.isEmpty()) {
            values.add(JsonValue.text("false"));
            values.add(JsonValue.number(0));
            values.add(JsonValue.text(""));
        }
        return new ArrayList<>(values);
    }

    /** What is asked of beginning, middle and end together, alone and with other text around it. */
    private void edges(Set<JsonValue> values) {
        String plain = joined(prefix, "");
        for (String text : List.of(plain, joined(prefix, " "), plain + "1", "1" + plain)) {
            values.add(JsonValue.text(text));
        }
        List<String> inner = new ArrayList<>();
        inner.add(Symbol.ANYTHING);
        for (JsonValue each : wanted) {
            inner.add(text(each));
        }
        for (String each : inner) {
            values.add(JsonValue.text(joined(prefix + each, " ")));
            values.add(JsonValue.text(joined(prefix + each, "")));
            if (each.length() > suffix.length() && !suffix.isEmpty()) {
                values.add(JsonValue.text(each.substring(0, each.length() - suffix.length()) + suffix));
            }
        }
    }

    /** The parts behind {@code start}, as far as they are not in it, and the suffix. */
    private String joined(String start, String between) {
        StringBuilder text = new StringBuilder(start);
        for (String part : parts) {
            if (text.indexOf(part) < 0 && !suffix.contains(part)) {
                text.append(text.length() == 0 ? "" : between).append(part);
            }
        }
        if (!text.toString().endsWith(suffix)) {
            text.append(text.length() == 0 ? "" : between).append(suffix);
        }
        return text.toString();
    }

    private void others(JsonValue refusedValue, Set<JsonValue> values) {
        BigDecimal number = Values.number(refusedValue);
        if (number != null) {
            values.add(new JsonValue.Num(number.add(BigDecimal.ONE)));
            values.add(new JsonValue.Num(number.subtract(BigDecimal.ONE)));
        }
        values.add(JsonValue.text("other"));
        String text = Values.text(refusedValue);
        if (text != null && !text.isEmpty()) {
            values.add(JsonValue.text("not-" + text));
        }
    }

    /** Around the bounds and between them. */
    private void numbers(Set<JsonValue> values) {
        List<BigDecimal> sorted = new ArrayList<>(bounds.subList(0, Math.min(BOUNDS, bounds.size())));
        for (JsonValue each : refused) {
            BigDecimal number = Values.number(each);
            if (number != null && sorted.size() < BOUNDS && !bounds.isEmpty()) {
                sorted.add(number);
            }
        }
        sorted.sort(null);
        for (int i = 0; i < sorted.size(); i++) {
            BigDecimal at = sorted.get(i);
            values.add(new JsonValue.Num(at));
            values.add(new JsonValue.Num(at.add(BigDecimal.ONE)));
            values.add(new JsonValue.Num(at.subtract(BigDecimal.ONE)));
            if (i > 0) {
                BigDecimal middle = at.add(sorted.get(i - 1)).multiply(new BigDecimal("0.5"));
                values.add(new JsonValue.Num(middle));
            }
        }
    }
}

package dev.gert.expr;

import dev.gert.expr.Evaluation.Value;
import dev.gert.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a condition asks of one value; all else in it is known. */
sealed interface Question {
    /** The answer for a value, null where asking fails. */
    @Nullable
    Boolean answer(JsonValue value);

    /** Whether the answer for a number may depend on how it is written. */
    default boolean readsText() {
        return false;
    }

    /** Whether it is true. */
    record Truthy() implements Question {
        @Override
        public Boolean answer(JsonValue value) {
            return Values.isTrue(value);
        }
    }

    /** {@code value == other}. */
    record Equal(JsonValue other) implements Question {
        @Override
        public Boolean answer(JsonValue value) {
            return Values.equal(value, other);
        }
    }

    /** {@code value < other}, or with {@code orEqual} {@code value <= other}. */
    record Below(JsonValue other, boolean orEqual) implements Question {
        @Override
        public @Nullable Boolean answer(JsonValue value) {
            Integer order = Values.order(value, other);
            return order == null ? null : Boolean.valueOf(orEqual ? order <= 0 : order < 0);
        }

        @Override
        public boolean readsText() {
            return Values.number(other) == null;
        }
    }

    /**
     * A comparison or search with another operand; {@code onLeft}: the value stands on its left. Two
     * with the same {@code key} have the same answers.
     */
    record Asked(Node node, JsonValue other, boolean onLeft, String key) implements Question {
        @Override
        public @Nullable Boolean answer(JsonValue value) {
            List<JsonValue> operands = onLeft ? List.of(value, other) : List.of(other, value);
            return Operations.apply(node, operands, new Reading()) instanceof Value found
                    ? Boolean.valueOf(Values.isTrue(found.value()))
                    : null;
        }

        @Override
        public boolean readsText() {
            return true;
        }

        /** Whether every value that is text, a number or a boolean makes it fail. */
        boolean needsOtherText() {
            return Values.text(other) == null
                    && (!(node instanceof Node.Compare compare) || compare.comparison() != Comparison.IN)
                    && (onLeft || !(other instanceof JsonValue.ListValue || other instanceof JsonValue.MapValue));
        }

        /** Which of the comparisons of text with text it is; null for any other. */
        @Nullable
        Comparison searches() {
            return onLeft
                            && Values.text(other) != null
                            && node instanceof Node.Compare compare
                            && compare.comparison() != Comparison.IN
                    ? compare.comparison()
                    : null;
        }

        /** Whether a list or a map makes it fail. */
        boolean refusesStructure() {
            return onLeft
                    && !(node instanceof Node.Compare compare
                            && (compare.comparison() == Comparison.IN || compare.comparison() == Comparison.CONTAINS));
        }
    }
}

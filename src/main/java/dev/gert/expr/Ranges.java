package dev.gert.expr;

import java.math.BigDecimal;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a term's value may stand: a text that spells a number by that number and by its spelling, any
 * other text by code point, a number. Each is ordered by itself alone.
 */
final class Ranges {
    private final Range<BigDecimal> spelled;
    private final Range<String> spelling;
    private final Range<String> worded;
    private final Range<BigDecimal> number;

    Ranges() {
        spelled = new Range<>(BigDecimal::compareTo);
        spelling = new Range<>(Values::byCodePoint);
        worded = new Range<>(Values::byCodePoint);
        number = new Range<>(BigDecimal::compareTo);
        worded.atLeast("", false, -1);
        // From "+" on and before ":", which follows "9": so all texts that spell numbers stand.
        spelling.atLeast("+", false, -1);
        spelling.atMost(":", true, -1);
    }

    Ranges(Ranges other) {
        spelled = new Range<>(other.spelled);
        spelling = new Range<>(other.spelling);
        worded = new Range<>(other.worded);
        number = new Range<>(other.number);
    }

    /** What is no number but text must spell this one. */
    void spells(BigDecimal value, int origin) {
        spelled.exactly(value, origin);
        worded.shut(origin);
    }

    void noText(int origin) {
        spelled.shut(origin);
        worded.shut(origin);
    }

    /** What is a number is this one; null: there is none. */
    void isNumber(@Nullable BigDecimal value, int origin) {
        if (value == null) {
            number.shut(origin);
        } else {
            number.exactly(value, origin);
        }
    }

    void notNegative() {
        number.atLeast(BigDecimal.ZERO, false, -1);
    }

    /** Below a bound, or not; {@code value} is the number that the bound is or spells. */
    void limit(String text, @Nullable BigDecimal value, boolean orEqual, Held held) {
        limit(worded, text, orEqual, held);
        if (value == null) {
            limit(spelling, text, orEqual, held);
        } else {
            limit(spelled, value, orEqual, held);
            limit(number, value, orEqual, held);
        }
    }

    private static <V> void limit(Range<V> range, V bound, boolean orEqual, Held held) {
        if (held.wanted()) {
            range.atMost(bound, !orEqual, held.origin());
        } else {
            range.atLeast(bound, orEqual, held.origin());
        }
    }

    /** Whether a text that spells a number is left, but for those that are excluded. */
    boolean someSpelled(Exclusions exclusions, BitSet core) {
        BigDecimal point = spelled.point();
        if (spelled.isEmpty() || (point != null && exclusions.hasNumber(point, core))) {
            spelled.origins(core);
            return false;
        }
        if (spelling.isEmpty()) {
            spelling.origins(core);
        }
        return !spelling.isEmpty();
    }

    /** Whether a text that spells none is left; it may be only {@link #onlyWorded}. */
    boolean someWorded(BitSet core) {
        if (worded.isEmpty() || worded.point() != null) {
            worded.origins(core);
        }
        return !worded.isEmpty();
    }

    /** The only text that spells no number; null where there are more or none. */
    @Nullable
    String onlyWorded() {
        return worded.point();
    }

    /** Whether a number is left; it may be only {@link #onlyNumber}. */
    boolean someNumber(BitSet core) {
        if (number.isEmpty() || number.point() != null) {
            number.origins(core);
        }
        return !number.isEmpty();
    }

    /** The only number; null where there are more or none. */
    @Nullable
    BigDecimal onlyNumber() {
        return number.point();
    }

    boolean holds(String text, BitSet core) {
        BigDecimal value = Values.spelled(text);
        return value == null ? holds(worded, text, core) : holds(spelled, value, core);
    }

    boolean holds(BigDecimal value, BitSet core) {
        return holds(number, value, core);
    }

    private static <V> boolean holds(Range<V> range, V value, BitSet core) {
        boolean holds = range.holds(value);
        if (!holds) {
            range.origins(core);
        }
        return holds;
    }
}

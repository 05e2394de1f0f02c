package dev.gert.expr;

import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The single values that a term is not, each with the origin of the first fact that says so. */
final class Exclusions {
    private final @Nullable Exclusions parent;
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> plainNumbers = new HashMap<>();

    Exclusions(@Nullable Exclusions parent) {
        this.parent = parent;
    }

    /** Not this text, nor what is no text and written like it. */
    void text(String text, int origin) {
        texts.putIfAbsent(text, origin);
    }

    /** Not this number, however it is spelled. */
    void number(BigDecimal number, int origin) {
        numbers.putIfAbsent(key(number), origin);
    }

    /** Not this number; a text may spell it. */
    void plainNumber(BigDecimal number, int origin) {
        plainNumbers.putIfAbsent(key(number), origin);
    }

    private static String key(BigDecimal number) {
        return number.stripTrailingZeros().toString();
    }

    boolean hasText(String text, BitSet core) {
        for (Exclusions each = this; each != null; each = each.parent) {
            if (found(each.texts.get(text), core)) {
                return true;
            }
        }
        return false;
    }

    boolean hasNumber(BigDecimal number, BitSet core) {
        String key = key(number);
        for (Exclusions each = this; each != null; each = each.parent) {
            if (found(each.numbers.get(key), core)) {
                return true;
            }
        }
        return false;
    }

    boolean hasPlainNumber(BigDecimal number, BitSet core) {
        String key = key(number);
        for (Exclusions each = this; each != null; each = each.parent) {
            if (found(each.plainNumbers.get(key), core)) {
                return true;
            }
        }
        return false;
    }

    private static boolean found(@Nullable Integer origin, BitSet core) {
        if (origin != null) {
            Range.add(origin, core);
        }
        return origin != null;
    }
}

package dev.gert.expr;

import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The single values that a term is not, each with the origin of the first fact that says so. */
final class Exclusions {
    private static final String TEXT = "t";
    private static final String NUMBER = "n";
    private static final String PLAIN_NUMBER = "p";

    private final @Nullable Exclusions parent;
    private @Nullable Map<String, Integer> origins;

    Exclusions(@Nullable Exclusions parent) {
        this.parent = parent != null && parent.origins == null ? parent.parent : parent;
    }

    /** Not this text, nor what is no text and written like it. */
    void text(String text, int origin) {
        add(TEXT + text, origin);
    }

    /** Not this number, however it is spelled. */
    void number(BigDecimal number, int origin) {
        add(NUMBER + key(number), origin);
    }

    /** Not this number; a text may spell it. */
    void plainNumber(BigDecimal number, int origin) {
        add(PLAIN_NUMBER + key(number), origin);
    }

    private void add(String key, int origin) {
        Map<String, Integer> known = origins;
        if (known == null) {
            known = new HashMap<>();
            origins = known;
        }
        known.putIfAbsent(key, origin);
    }

    private static String key(BigDecimal number) {
        return number.stripTrailingZeros().toString();
    }

    boolean hasText(String text, BitSet core) {
        return has(TEXT + text, core);
    }

    boolean hasNumber(BigDecimal number, BitSet core) {
        return has(NUMBER + key(number), core);
    }

    boolean hasPlainNumber(BigDecimal number, BitSet core) {
        return has(PLAIN_NUMBER + key(number), core);
    }

    private boolean has(String key, BitSet core) {
        for (Exclusions each = this; each != null; each = each.parent) {
            Integer origin = each.origins == null ? null : each.origins.get(key);
            if (origin != null) {
                Range.add(origin, core);
                return true;
            }
        }
        return false;
    }
}

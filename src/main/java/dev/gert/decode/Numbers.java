package dev.gert.decode;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers as text spells them. */
public final class Numbers {
    private static final int DIGITS = 1000;

    private Numbers() {}

    /** The number of a plain decimal (a sign, digits, a fraction), null where the text is anything else. */
    public static @Nullable BigDecimal spelled(String text) {
        int length = text.length();
        int first = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        boolean point = false;
        for (int i = first; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && !point && i > first && i < length - 1) {
                point = true;
            } else if (c < '0' || c > '9') {
                return null;
            }
        }
        return first == length || length > DIGITS ? null : new BigDecimal(text);
    }
}

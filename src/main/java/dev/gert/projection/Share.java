package dev.gert.projection;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** So many of so many. */
public record Share(long part, long whole) {
    private static final int DIGITS = 4;

    /** From 0 to 1 with four digits, rounded down, so that 1 is all of them; null: of none. */
    public @Nullable BigDecimal ratio() {
        return whole == 0
                ? null
                : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), DIGITS, RoundingMode.FLOOR);
    }
}

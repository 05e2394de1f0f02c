package dev.gert.model;

import dev.gert.expr.TextPattern;
import java.math.BigDecimal;

/** What a captured value must be (formats-dialect.md, {@code test.yaml}). */
public sealed interface ValueCheck {
    /** Exactly this text. */
    record Exact(String text) implements ValueCheck {}

    /** The pattern is found in it. */
    record Found(TextPattern pattern) implements ValueCheck {}

    /** It spells a number, and the number stands so to the operand. */
    record Compared(Order order, BigDecimal operand) implements ValueCheck {}

    /** How two numbers may stand to each other. */
    enum Order {
        AT_LEAST(">="),
        AT_MOST("<="),
        OTHER("!="),
        SAME("=="),
        OVER(">"),
        UNDER("<");

        private final String sign;

        Order(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        public boolean holds(int comparison) {
            return switch (this) {
                case AT_LEAST -> comparison >= 0;
                case AT_MOST -> comparison <= 0;
                case OTHER -> comparison != 0;
                case SAME -> comparison == 0;
                case OVER -> comparison > 0;
                case UNDER -> comparison < 0;
            };
        }
    }
}

package dev.gert.decode;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.TextPattern;
import dev.gert.model.ValueCheck;
import dev.gert.yaml.YamlNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** {@code "/re/"} is found, {@code ">= 1"} compares as numbers, anything else is exact (formats-dialect.md). */
final class ValueChecks {
    private ValueChecks() {}

    /** Null, with a diagnostic, when a pattern is broken. */
    static @Nullable ValueCheck decode(YamlNode.Scalar scalar, Diagnostics diagnostics) {
        String text = scalar.text();
        if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
            String pattern = text.substring(1, text.length() - 1);
            TextPattern parsed =
                    TextPattern.parse(new YamlNode.Scalar(pattern, scalar.kind(), scalar.span()), diagnostics);
            return parsed == null ? null : new ValueCheck.Found(parsed);
        }
        for (ValueCheck.Order order : ValueCheck.Order.values()) {
            if (text.startsWith(order.sign())) {
                BigDecimal operand =
                        Numbers.spelled(text.substring(order.sign().length()).strip());
                return operand == null ? new ValueCheck.Exact(text) : new ValueCheck.Compared(order, operand);
            }
        }
        return new ValueCheck.Exact(text);
    }
}

package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/** {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}: a whole number and a unit. */
final class Durations {
    private static final long MAX_MILLIS = 30L * 24 * 3_600_000;

    private Durations() {}

    /** Milliseconds, over 0 and up to 30 days; null with a diagnostic otherwise. */
    static @Nullable Long millis(String key, YamlNode.@Nullable Scalar scalar, Diagnostics diagnostics) {
        if (scalar == null) {
            return null;
        }
        String text = scalar.text();
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        long unit = switch (text.substring(digits)) {
            case "ms" -> 1;
            case "s" -> 1000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 0;
        };
        if (digits > 0 && digits <= 10 && unit > 0) {
            long millis = Long.parseLong(text.substring(0, digits)) * unit;
            if (millis > 0 && millis <= MAX_MILLIS) {
                return millis;
            }
        }
        diagnostics.error(
                Code.Y114,
                scalar.span(),
                "`" + key + "` is `" + text + "`, which is not a duration",
                "",
                "write a whole number and a unit: `500ms`, `30s`, `5m`, `1h`; more than nothing and up to 30 days");
        return null;
    }
}

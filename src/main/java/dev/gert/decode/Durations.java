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
        String meant = meant(text);
        diagnostics.error(
                Code.Y114,
                scalar.span(),
                "`" + key + "` is " + Fields.quoted(text) + ", which is not a duration",
                "",
                meant == null
                        ? "write a whole number and a unit: `500ms`, `30s`, `5m`, `1h`; more than nothing and up to 30 days"
                        : "write `" + meant + "`");
        return null;
    }

    /** A duration in the manner of other tools ({@code 1d}, {@code 1h30m}, {@code 30 sec}), as it is written here. */
    private static @Nullable String meant(String text) {
        long millis = 0;
        int at = 0;
        while (at < text.length()) {
            int digits = at;
            while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
                digits++;
            }
            int letters = digits;
            while (letters < text.length() && (text.charAt(letters) == ' ' || text.charAt(letters) >= 'a')) {
                letters++;
            }
            long unit = unit(text.substring(digits, letters).strip());
            if (digits == at || digits - at > 7 || unit == 0) {
                return null;
            }
            millis += Long.parseLong(text.substring(at, digits)) * unit;
            at = letters;
        }
        return millis <= 0 || millis > MAX_MILLIS ? null : written(millis);
    }

    private static long unit(String word) {
        return switch (word) {
            case "d", "day", "days" -> 24 * 3_600_000L;
            case "h", "hr", "hrs", "hour", "hours" -> 3_600_000;
            case "m", "min", "mins", "minute", "minutes" -> 60_000;
            case "s", "sec", "secs", "second", "seconds" -> 1000;
            case "ms" -> 1;
            default -> 0;
        };
    }

    private static String written(long millis) {
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}

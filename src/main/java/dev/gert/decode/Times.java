package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/** RFC 3339 times, read by hand: {@code 2026-11-23T10:15:00Z}, {@code 2026-11-23T10:15:00.5+01:00}. */
final class Times {
    private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int MICRO_DIGITS = 6;

    private Times() {}

    /** Microseconds since 1970; null when absent, or with a diagnostic. */
    static @Nullable Long micros(String key, YamlNode.@Nullable Scalar scalar, Diagnostics diagnostics) {
        if (scalar == null) {
            return null;
        }
        Long micros = micros(scalar.text());
        if (micros == null) {
            Long midnight = micros(scalar.text() + "T00:00:00Z");
            diagnostics.error(
                    Code.Y114,
                    scalar.span(),
                    "`" + key + "` is " + Fields.quoted(scalar.text()) + ", which is not a time",
                    "",
                    "write "
                            + (midnight == null
                                    ? "it as `2026-11-23T10:15:00Z`"
                                    : "`" + scalar.text() + "T00:00:00Z`"));
        }
        return micros;
    }

    /** Null if it is not a time of the years 1970 to 9999, to the microsecond at the finest. */
    static @Nullable Long micros(String text) {
        int length = SHAPE.length();
        if (text.length() <= length) {
            return null;
        }
        for (int i = 0; i < length; i++) {
            char wanted = SHAPE.charAt(i);
            if (wanted == 'd' ? !digit(text.charAt(i)) : text.charAt(i) != wanted) {
                return null;
            }
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (year < 1970 || month < 1 || month > 12 || day < 1 || day > days(year, month)) {
            return null;
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        int at = length;
        long fraction = 0;
        if (text.charAt(at) == '.') {
            int start = ++at;
            while (at < text.length() && digit(text.charAt(at))) {
                fraction = fraction * 10 + (text.charAt(at++) - '0');
                if (at - start > MICRO_DIGITS) {
                    return null;
                }
            }
            if (at == start) {
                return null;
            }
            for (int i = at - start; i < MICRO_DIGITS; i++) {
                fraction *= 10;
            }
        }
        Integer offset = offsetMinutes(text.substring(at));
        if (offset == null) {
            return null;
        }
        long seconds = (epochDay(year, month, day) * 24 + hour) * 3600L + (minute - offset) * 60L + second;
        return seconds < 0 ? null : seconds * 1_000_000L + fraction;
    }

    /** Minutes east of UTC; null if it is neither {@code Z} nor {@code +01:00}. */
    private static @Nullable Integer offsetMinutes(String zone) {
        if (zone.equals("Z")) {
            return 0;
        }
        boolean east = zone.startsWith("+");
        if (zone.length() != 6 || !east && !zone.startsWith("-") || zone.charAt(3) != ':') {
            return null;
        }
        if (!digit(zone.charAt(1)) || !digit(zone.charAt(2)) || !digit(zone.charAt(4)) || !digit(zone.charAt(5))) {
            return null;
        }
        int hours = number(zone, 1, 3);
        int minutes = number(zone, 4, 6);
        if (hours > 23 || minutes > 59) {
            return null;
        }
        return (east ? 1 : -1) * (hours * 60 + minutes);
    }

    private static long epochDay(int year, int month, int day) {
        long before = year - 1L;
        long days = before * 365 + before / 4 - before / 100 + before / 400 - 719_162;
        for (int m = 1; m < month; m++) {
            days += days(year, m);
        }
        return days + day - 1;
    }

    private static int days(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : DAYS[month - 1];
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }
}

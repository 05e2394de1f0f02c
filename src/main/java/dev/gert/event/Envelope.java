package dev.gert.event;

import org.jspecify.annotations.Nullable;

/**
 * One journal record (formats.md, section 5).
 *
 * @param seq from 0, one sequence for the folder
 * @param time RFC 3339 UTC with six digits
 * @param run the run concerned; a chain's child is {@code <root>.2}
 * @param span 16 hex digits, or null
 */
public record Envelope(
        long seq, String time, String run, @Nullable String span, RunEvent event) {
    private static final int MICROS_AT = 20;

    /** {@code 2026-11-23T10:15:00.123456Z} in microseconds since 1970, or -1 where it has not this shape, or there is no such day. */
    public static long micros(String time) {
        if (time.length() != MICROS_AT + 7) {
            return -1;
        }
        long year = digits(time, 0, 4);
        long month = digits(time, 5, 7);
        long day = digits(time, 8, 10);
        long second = digits(time, 11, 13) * 3600 + digits(time, 14, 16) * 60 + digits(time, 17, 19);
        if (month < 1 || month > 12 || day < 1 || day > days(year, month)) {
            return -1;
        }
        // years that begin in March, so that the leap day is the last of one
        long shiftedYear = month <= 2 ? year - 1 : year;
        long shiftedMonth = (month + 9) % 12;
        long dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1;
        long days = shiftedYear * 365 + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400 + dayOfYear - 719_468;
        return (days * 86_400 + second) * 1_000_000 + digits(time, MICROS_AT, MICROS_AT + 6);
    }

    private static long days(long year, long month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 ? leap ? 29 : 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    private static long digits(String text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }
}

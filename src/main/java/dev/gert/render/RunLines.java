package dev.gert.render;

import dev.gert.event.Envelope;

/** Text of a run as it may be printed, and its times. */
public final class RunLines {

    private RunLines() {}

    /** One line: everything that a terminal would act on, or not show, is written out as {@code \\u{1b}}. */
    public static String safe(String text, boolean unicode) {
        return SafeLine.of(text, unicode);
    }

    /** The same, cut with an ellipsis where it takes more than {@code limit} columns. */
    public static String safe(String text, boolean unicode, int limit) {
        return SafeLine.of(text, unicode, limit);
    }

    /** The same, never wider than {@code columns}, with the ellipsis. */
    static String fitting(String text, boolean unicode, int columns) {
        String whole = SafeLine.of(text, unicode);
        return columns(whole) <= columns
                ? whole
                : SafeLine.of(
                        text,
                        unicode,
                        Math.max(0, columns - SafeLine.ellipsis(unicode).length()));
    }

    /** A line of a file or of a command's output: as {@link #safe}, with tabs as blanks and without a carriage return at its end. */
    public static String source(String text, boolean unicode) {
        SafeLine line = new SafeLine(unicode);
        int end = text.endsWith("\r") ? text.length() - 1 : text.length();
        for (int i = 0; i < end; ) {
            int point = text.codePointAt(i);
            line.addSource(point);
            i += Character.charCount(point);
        }
        return line.toString();
    }

    /** The columns that a text takes which {@link #safe} or {@link #source} made. */
    static int columns(String safe) {
        int columns = 0;
        for (int i = 0; i < safe.length(); ) {
            int point = safe.codePointAt(i);
            columns += Glyphs.width(point);
            i += Character.charCount(point);
        }
        return columns;
    }

    /** {@code 0.1 s}, {@code 41.2 s}, {@code 3m 05s}, {@code 2h 10m}: never more than it took. */
    static String duration(long micros) {
        long tenths = Math.max(0, micros) / 100_000;
        long seconds = tenths / 10;
        if (seconds < 60) {
            return seconds + "." + tenths % 10 + " s";
        }
        long minutes = seconds / 60;
        return minutes < 60
                ? minutes + "m " + twoDigits(seconds % 60) + "s"
                : minutes / 60 + "h " + twoDigits(minutes % 60) + "m";
    }

    /** Time that is yet to pass, in milliseconds: {@code 300 ms}, {@code 2 s}, {@code 1m 30s}; never less than it is. */
    static String waiting(long millis) {
        return millis < 1000 ? millis + " ms" : seconds((millis + 999) / 1000);
    }

    /** {@code 12 s}, {@code 3m 05s}, {@code 2h 10m}. */
    static String seconds(long seconds) {
        return seconds < 60 ? seconds + " s" : duration(seconds * 1_000_000);
    }

    private static String twoDigits(long number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    /** Microseconds from one record's time to another's; 0 where either has not their shape. */
    static long between(String from, String to) {
        long start = Envelope.micros(from);
        long end = Envelope.micros(to);
        return start < 0 || end < start ? 0 : end - start;
    }
}

package dev.gert.scenario;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/**
 * Moves the times of recorded answers by (now − reference), each with the precision that it was written
 * with (formats-dialect.md, "Time rebasing").
 */
final class Rebase {
    /** {@code 2026-11-23T10:15} */
    private static final int SHORTEST = 16;

    private static final int LONGEST = 40;
    private static final int LAST_YEAR = 9999;

    private final long nanos;
    private final long seconds;

    /** {@code nowMicros}: since the epoch. */
    Rebase(Instant reference, long nowMicros) {
        Instant now = Instant.ofEpochSecond(
                Math.floorDiv(nowMicros, 1_000_000L), Math.floorMod(nowMicros, 1_000_000L) * 1000);
        this.seconds = now.getEpochSecond() - reference.getEpochSecond();
        this.nanos = (long) now.getNano() - reference.getNano();
    }

    /** The time that a text is, or null. Without a zone it is one of UTC. */
    static @Nullable Instant instant(String text) {
        Written written = Written.of(text);
        return written == null ? null : written.time().toInstant(written.zone());
    }

    /** The document with every quoted time in it moved. */
    String moved(String json) {
        StringBuilder out = new StringBuilder(json.length());
        int copied = 0;
        int at = json.indexOf('"');
        while (at >= 0) {
            int end = end(json, at + 1);
            if (end < 0) {
                break;
            }
            String text = json.substring(at + 1, end);
            String moved = text.length() < SHORTEST || text.length() > LONGEST ? null : move(text);
            if (moved != null) {
                out.append(json, copied, at + 1).append(moved);
                copied = end;
            }
            at = json.indexOf('"', end + 1);
        }
        return out.append(json, copied, json.length()).toString();
    }

    private static int end(String json, int from) {
        for (int i = from; i < json.length(); i++) {
            if (json.charAt(i) == '\\') {
                i++;
            } else if (json.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    private @Nullable String move(String text) {
        Written written = Written.of(text);
        if (written == null) {
            return null;
        }
        try {
            LocalDateTime moved = written.time().plusSeconds(seconds).plusNanos(nanos);
            return moved.getYear() < 0 || moved.getYear() > LAST_YEAR ? null : written.text(moved);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A time as it was written: {@code fraction} digits of a second, and the zone's {@code suffix}. */
    private record Written(
            LocalDateTime time, ZoneOffset zone, char separator, boolean seconds, int fraction, String suffix) {
        static @Nullable Written of(String text) {
            if (text.length() < SHORTEST || (text.charAt(10) != 'T' && text.charAt(10) != ' ')) {
                return null;
            }
            int at = SHORTEST;
            boolean seconds = at + 2 < text.length() && text.charAt(at) == ':';
            at += seconds ? 3 : 0;
            int fraction = 0;
            if (seconds && at < text.length() && text.charAt(at) == '.') {
                int from = ++at;
                while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                    at++;
                }
                fraction = at - from;
                if (fraction == 0 || fraction > 9) {
                    return null;
                }
            }
            String suffix = text.substring(at);
            String local = text.substring(0, 10) + "T" + text.substring(11, at);
            try {
                LocalDateTime time = LocalDateTime.parse(local);
                ZoneOffset zone = suffix.isEmpty()
                        ? ZoneOffset.UTC
                        : OffsetDateTime.parse(local + suffix).getOffset();
                return new Written(time, zone, text.charAt(10), seconds, fraction, suffix);
            } catch (DateTimeException e) {
                return null;
            }
        }

        String text(LocalDateTime moved) {
            StringBuilder out = new StringBuilder();
            padded(out, moved.getYear(), 4).append('-');
            padded(out, moved.getMonthValue(), 2).append('-');
            padded(out, moved.getDayOfMonth(), 2).append(separator);
            padded(out, moved.getHour(), 2).append(':');
            padded(out, moved.getMinute(), 2);
            if (seconds) {
                padded(out.append(':'), moved.getSecond(), 2);
            }
            if (fraction > 0) {
                StringBuilder nano = padded(new StringBuilder(), moved.get(ChronoField.NANO_OF_SECOND), 9);
                out.append('.').append(nano, 0, fraction);
            }
            return out.append(suffix).toString();
        }

        private static StringBuilder padded(StringBuilder out, int number, int width) {
            String digits = Integer.toString(number);
            return out.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
        }
    }
}

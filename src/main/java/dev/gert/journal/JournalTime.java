package dev.gert.journal;

/** RFC 3339 in UTC with six digits, made and checked by hand: a formatter costs more than a record. */
final class JournalTime {
    private static final long DAY = 86_400_000_000L;
    private static final long LATEST = 253_402_300_799_999_999L;
    private static final String SHAPE = "dddd-dd-ddTdd:dd:dd.ddddddZ";

    private JournalTime() {}

    /** Microseconds since 1970 as text; a clock before 1970 or after 9999 is held at that end. */
    static String of(long epochMicros) {
        long micros = Math.max(0, Math.min(epochMicros, LATEST));
        StringBuilder out = new StringBuilder(SHAPE.length());
        date(micros / DAY, out, "-");
        long rest = micros % DAY;
        pad(out.append('T'), rest / 3_600_000_000L, 2);
        pad(out.append(':'), rest / 60_000_000L % 60, 2);
        pad(out.append(':'), rest / 1_000_000L % 60, 2);
        return pad(out.append('.'), rest % 1_000_000L, 6).append('Z').toString();
    }

    /** {@code 20261123T101500Z}: the first half of a run id. */
    static String compact(long epochMicros) {
        long micros = Math.max(0, Math.min(epochMicros, LATEST));
        StringBuilder out = new StringBuilder(16);
        date(micros / DAY, out, "");
        long seconds = micros % DAY / 1_000_000L;
        pad(out.append('T'), seconds / 3600, 2);
        pad(out, seconds / 60 % 60, 2);
        return pad(out, seconds % 60, 2).append('Z').toString();
    }

    /** Whether the text has the shape that {@link #of} makes. */
    static boolean isTime(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char wanted = SHAPE.charAt(i);
            if (wanted == 'd' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        return true;
    }

    /** The civil date of a day since 1970, by years that begin in March so that the leap day is the last. */
    private static void date(long epochDay, StringBuilder out, String separator) {
        long shifted = epochDay + 719_468;
        long era = shifted / 146_097;
        long dayOfEra = shifted % 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long month = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * month + 2) / 5 + 1;
        long civilMonth = month < 10 ? month + 3 : month - 9;
        long year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0);
        pad(out, year, 4).append(separator);
        pad(out, civilMonth, 2).append(separator);
        pad(out, day, 2);
    }

    private static StringBuilder pad(StringBuilder out, long value, int digits) {
        String text = Long.toString(value);
        for (int i = text.length(); i < digits; i++) {
            out.append('0');
        }
        return out.append(text);
    }
}

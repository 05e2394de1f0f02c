package dev.gert.cli;

import dev.gert.journal.RunFolders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** How far back an option reaches: {@code 90d}, {@code 24h}, {@code 30m}, or since a date or a time. */
final class Age {
    private Age() {}

    /** The moment that the option names; null where it is not given. */
    static @Nullable Instant moment(Arguments arguments, String option, Instant now) {
        String text = arguments.text(option);
        if (text == null) {
            return null;
        }
        Duration back = duration(text);
        Instant moment = back == null ? instant(text) : now.minus(back);
        if (moment == null) {
            throw new UsageException(
                    "`" + option + "` is `" + text + "`, which is neither an age nor a time",
                    "write it as 90d, 24h, 30m, 2026-11-23 or 2026-11-23T10:15:00Z");
        }
        return moment;
    }

    /** As the time in a journal's record. */
    static String micros(Instant moment) {
        return RunFolders.time(moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1000);
    }

    /** Digits and a unit, {@code 90s 30m 4h 7d}; null for any other text. */
    static @Nullable Duration duration(String text) {
        int last = text.length() - 1;
        if (last < 1 || last > 6) {
            return null;
        }
        for (int i = 0; i < last; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        long number = Long.parseLong(text.substring(0, last));
        return switch (text.charAt(last)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default -> null;
        };
    }

    private static @Nullable Instant instant(String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}

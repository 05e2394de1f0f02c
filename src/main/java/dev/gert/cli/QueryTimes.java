package dev.gert.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** {@code query_start_time} and {@code query_end_time} (formats.md, section 2), RFC 3339 to the second. */
record QueryTimes(String start, String end) {
    private static final Duration WINDOW = Duration.ofHours(4);

    static QueryTimes of(Arguments arguments, long nowMicros) {
        String time = arguments.text("--incident-time");
        String window = arguments.text("--window");
        Instant end = time == null ? Instant.ofEpochSecond(nowMicros / 1_000_000) : instant(time);
        if (end == null) {
            throw new UsageException(
                    "`--incident-time` is `" + time + "`, which is not a time", "write it as 2026-11-23T10:15:00Z");
        }
        Duration before = window == null ? WINDOW : Age.duration(window);
        if (before == null) {
            throw new UsageException(
                    "`--window` is `" + window + "`, which is not a duration", "write it as 30m, 4h or 90s");
        }
        Instant whole = end.truncatedTo(ChronoUnit.SECONDS);
        return new QueryTimes(whole.minus(before).toString(), whole.toString());
    }

    private static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}

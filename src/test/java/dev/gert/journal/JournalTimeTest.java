package dev.gert.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTimeTest {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter COMPACT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Test
    void itIsWhatTheLibrarySays() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long micros = (long) (random.nextDouble() * 253_402_300_799_999_999L);
            Instant instant = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
            assertThat(JournalTime.of(micros)).as("seed " + seed).isEqualTo(FORMAT.format(instant));
            assertThat(JournalTime.compact(micros)).as("seed " + seed).isEqualTo(COMPACT.format(instant));
            assertThat(JournalTime.isTime(JournalTime.of(micros))).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00.000000Z",
        "-1, 1970-01-01T00:00:00.000000Z",
        "951782400000001, 2000-02-29T00:00:00.000001Z",
        "1709251199999999, 2024-02-29T23:59:59.999999Z",
        "4107542399000000, 2100-02-28T23:59:59.000000Z",
        "4107542400000000, 2100-03-01T00:00:00.000000Z",
        "9223372036854775807, 9999-12-31T23:59:59.999999Z"
    })
    void edges(long micros, String text) {
        assertThat(JournalTime.of(micros)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-23T10:15:00Z",
                "2026-11-23T10:15:00.00000Z",
                "2026-11-23T10:15:00.0000000Z",
                "2026-11-23 10:15:00.000000Z",
                "2026-11-23T10:15:00.000000z",
                "2026-11-23T10:15:00.00000\u0660Z"
            })
    void otherShapesAreNone(String text) {
        assertThat(JournalTime.isTime(text)).isFalse();
    }
}

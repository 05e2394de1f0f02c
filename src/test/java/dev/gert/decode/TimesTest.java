package dev.gert.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as Java's own reader has them, and stricter. */
class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00:00.000001Z, 1",
        "1970-01-01T01:00:00.5+01:00, 500000",
        "1969-12-31T23:59:59Z, -1",
        "1970-01-01T00:59:59+01:00, -1",
        "2024-02-29T12:00:00Z, 1709208000000000",
        "2026-11-23T10:15:00-05:30, 1795448700000000",
        "9999-12-31T23:59:59.999999Z, 253402300799999999"
    })
    void areMicroseconds(String text, long micros) {
        assertThat(Times.micros(text)).isEqualTo(micros < 0 ? null : (Long) micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-23",
                "2026-11-23T10:15Z",
                "2026-11-23T10:15:00",
                "2026-11-23 10:15:00Z",
                "2026-11-23t10:15:00Z",
                "2026-11-23T10:15:00z",
                "2026-11-23T10:15:00.Z",
                "2026-11-23T10:15:00.1234567Z",
                "2026-11-23T10:15:00,5Z",
                "2026-11-23T10:15:00+01",
                "2026-11-23T10:15:00+0100",
                "2026-11-23T10:15:00+24:00",
                "2026-11-23T10:15:00+01:60",
                "2026-11-23T10:15:00Z ",
                " 2026-11-23T10:15:00Z",
                "2026-11-23T10:15:60Z",
                "2026-11-23T24:00:00Z",
                "2026-11-23T10:60:00Z",
                "2026-02-29T10:15:00Z",
                "2100-02-29T10:15:00Z",
                "2026-00-23T10:15:00Z",
                "2026-13-23T10:15:00Z",
                "2026-11-00T10:15:00Z",
                "2026-11-31T10:15:00Z",
                "+2026-11-23T10:15:00Z",
                "-2026-11-23T10:15:00Z",
                "20261-1-23T10:15:00Z",
                "\u0662026-11-23T10:15:00Z",
                "1795428900"
            })
    void areWrittenInOneWay(String text) {
        assertThat(Times.micros(text)).isNull();
    }

    @Test
    void agreeWithJava() {
        long seed = Long.getLong("gert.seed", 20261123L);
        Random random = new Random(seed);
        int times = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = two(1970 + random.nextInt(600)) + "-" + two(random.nextInt(14)) + "-"
                    + two(random.nextInt(33))
                    + "T" + two(random.nextInt(25)) + ":" + two(random.nextInt(61)) + ":" + two(random.nextInt(61))
                    + (random.nextBoolean() ? "" : "." + random.nextInt(1_000_000))
                    + (random.nextBoolean()
                            ? "Z"
                            : (random.nextBoolean() ? "+" : "-") + two(random.nextInt(14)) + ":00");
            Long java = byJava(text);
            times += java == null ? 0 : 1;
            assertThat(Times.micros(text)).as("seed %s, %s", seed, text).isEqualTo(java);
        }
        assertThat(times).isGreaterThan(10_000);
    }

    private static @Nullable Long byJava(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            long second = time.toEpochSecond();
            return second < 0 ? null : (Long) (second * 1_000_000 + time.getNano() / 1000);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }
}

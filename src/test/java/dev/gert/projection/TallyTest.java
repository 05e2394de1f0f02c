package dev.gert.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Percentages are floored and compared exactly (formats.md, "Coverage, definition 1"). */
class TallyTest {
    @ParameterizedTest
    @CsvSource({
        "10000, 9999, 99, 100, false",
        "10000, 9999, 99, 99.99, true",
        "10000, 9999, 99, 99.991, false",
        "3, 2, 66, 66, true",
        "3, 2, 66, 66.7, false",
        "3, 2, 66, 66.66666666666666666666, true",
        "5, 3, 60, 60, true",
        "5, 5, 100, 100, true",
        "5, 0, 0, 0, true",
        "5, 0, 0, 0.001, false",
        "0, 0, 100, 100, true",
        "0, 0, 100, 101, true",
        "2147483647, 2147483646, 99, 100, false",
    })
    void flooredAndExact(int total, int covered, long percentage, BigDecimal asked, boolean met) {
        Tally tally = new Tally(total, covered);
        assertThat(tally.percentage()).isEqualTo(percentage);
        assertThat(tally.meets(asked)).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({
        "10000, 10000, 10000, 9999, true",
        "10000, 9999, 10000, 9999, false",
        "10000, 9999, 10000, 10000, false",
        "3, 2, 6, 4, false",
        "3, 2, 100, 66, true",
        "3, 2, 100, 67, false",
        "0, 0, 1, 0, true",
        "0, 0, 1, 1, false",
        "1, 0, 0, 0, false",
        "1, 1, 0, 0, false",
        "2147483647, 2147483647, 2147483647, 2147483646, true",
    })
    void aFallIsExact(int totalBefore, int coveredBefore, int total, int covered, boolean fell) {
        assertThat(new Tally(total, covered).isBelow(new Tally(totalBefore, coveredBefore)))
                .isEqualTo(fell);
    }
}

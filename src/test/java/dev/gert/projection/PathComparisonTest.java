package dev.gert.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PathComparisonTest {
    @Test
    void partsWhereTheFirstDifferenceStands() {
        assertThat(common("a b c", "a b c")).isEqualTo(3);
        assertThat(common("a b c", "a x c")).isEqualTo(1);
        assertThat(common("a b", "a b c")).isEqualTo(2);
        assertThat(common("", "a")).isZero();
    }

    @Test
    void sameIsTheWholePath() {
        assertThat(of("a b", "a b").same()).isTrue();
        assertThat(of("a b", "a b c").same()).isFalse();
        assertThat(of("a b c", "a b").same()).isFalse();
        assertThat(of("a b", "b a").same()).isFalse();
        assertThat(of("", "").same()).isTrue();
    }

    private static int common(String expected, String actual) {
        return of(expected, actual).common();
    }

    private static PathComparison of(String expected, String actual) {
        return new PathComparison(words(expected), words(actual));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}

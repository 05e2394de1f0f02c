package dev.gert.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GlobTest {
    private static final long SEED = Long.getLong("gert.seed", 20260103L);
    private final Random random = new Random(SEED);

    /** What {@code *} and {@code ?} mean, as slowly as it can be said. */
    private static boolean naive(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        if (pattern.charAt(0) == '*') {
            for (int i = 0; i <= text.length(); i++) {
                if (naive(pattern.substring(1), text.substring(i))) {
                    return true;
                }
            }
            return false;
        }
        return !text.isEmpty()
                && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
                && naive(pattern.substring(1), text.substring(1));
    }

    private String random(String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most + 1); n > 0; n--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Test
    void matchesAsTheSlowWay() {
        for (int i = 0; i < 20000; i++) {
            String pattern = random("ab/*?* ", 7);
            String text = random("ab/ ", 7);
            assertThat(Glob.exact(pattern).match(text))
                    .as("`%s` on `%s`, seed %s", pattern, text, SEED)
                    .isEqualTo(Match.of(naive(pattern, text)));
        }
    }

    @Test
    void fromAnyWordIsTheSlowWayFromEachWord() {
        for (int i = 0; i < 20000; i++) {
            String pattern = random("ab*? ", 6);
            String line = random("ab /;", 8);
            boolean any = false;
            for (int start = 0; start <= line.length(); start++) {
                boolean word = start == 0 || Words.beforeWord(line.charAt(start - 1));
                any |= word && naive(pattern, line.substring(start));
            }
            assertThat(Glob.exact(pattern).fromAnyWord(line))
                    .as("`%s` in `%s`, seed %s", pattern, line, SEED)
                    .isEqualTo(any);
        }
    }

    /** Yes holds for everything that may stand in the open place, no for nothing. */
    @Test
    void openPlacesAreNeverTakenForMoreThanIsKnown() {
        int maybe = 0;
        for (int i = 0; i < 5000; i++) {
            String pattern = random("ab*?", 5);
            String head = random("ab", 3);
            String tail = random("ab", 3);
            Match match = Glob.exact(pattern).match(head + Glob.OPEN + tail);
            boolean all = true;
            boolean any = false;
            for (int k = 0; k < 60; k++) {
                boolean holds = naive(pattern, head + random("abc", 6) + tail);
                all &= holds;
                any |= holds;
            }
            String as = "`" + pattern + "` on " + head + "…" + tail + ", seed " + SEED;
            if (match == Match.YES) {
                assertThat(all).as(as).isTrue();
            } else if (match == Match.NO) {
                assertThat(any).as(as).isFalse();
            } else {
                maybe++;
            }
        }
        assertThat(maybe).isGreaterThan(500);
    }

    @Test
    void lettersCompareByAsciiAlone() {
        assertThat(Glob.anyCase("IT*k").match("itisK")).isEqualTo(Match.YES);
        assertThat(Glob.anyCase("k").match("\u212A")).as("the Kelvin sign").isEqualTo(Match.NO);
        assertThat(Glob.anyCase("i").match("\u0130")).isEqualTo(Match.NO);
        assertThat(Glob.anyCase("[").match("{"))
                .as("what a bit would make of it")
                .isEqualTo(Match.NO);
        assertThat(Glob.exact("A").match("a")).isEqualTo(Match.NO);
    }

    @Test
    void aHostilePatternEnds() {
        String text = "a".repeat(200_000);
        assertThat(Glob.anyCase("*a".repeat(400) + "*b").match(text)).isEqualTo(Match.NO);
        assertThat(Glob.anyCase("?*a".repeat(300) + "b").fromAnyWord("a ".repeat(100_000)))
                .isFalse();
    }
}

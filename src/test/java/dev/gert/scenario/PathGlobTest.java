package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PathGlobTest {
    @Test
    void saysTheSameAsTheDefinition() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String pattern = word(random, "ab.*?");
            String name = word(random, "ab.");
            assertThat(PathGlob.matches(pattern, name))
                    .as("seed %d: %s against %s", seed, pattern, name)
                    .isEqualTo(byDefinition(pattern, name) && (!name.startsWith(".") || pattern.startsWith(".")));
        }
    }

    @Test
    void starsDoNotMultiply() {
        assertThat(PathGlob.matches("*a".repeat(2_000) + "b", "a".repeat(20_000)))
                .isFalse();
    }

    private static boolean byDefinition(String pattern, String name) {
        if (pattern.isEmpty()) {
            return name.isEmpty();
        }
        char first = pattern.charAt(0);
        String rest = pattern.substring(1);
        if (first == '*') {
            return byDefinition(rest, name) || (!name.isEmpty() && byDefinition(pattern, name.substring(1)));
        }
        return !name.isEmpty() && (first == '?' || first == name.charAt(0)) && byDefinition(rest, name.substring(1));
    }

    private static String word(Random random, String letters) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }
}

package dev.gert.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing that comes from elsewhere acts on the terminal (threats.md, "Output"). */
class EscapesTest {
    @Test
    void ordinaryTextIsLeftAlone() {
        assertThat(Escapes.line("plain text: 0.1 s → Größe 日本 🙂", true)).isEqualTo("plain text: 0.1 s → Größe 日本 🙂");
    }

    @Test
    void whatActsOrCanNotBeSeenIsWrittenOut() {
        assertThat(Escapes.line("\u001b]0;title\u0007", true)).isEqualTo("\\u{1b}]0;title\\u{7}");
        assertThat(Escapes.line("a\r\nb\tc", true)).isEqualTo("a\\u{d}\\u{a}b\\u{9}c");
        assertThat(Escapes.line("\u009b2J \u007f", true)).isEqualTo("\\u{9b}2J \\u{7f}");
        assertThat(Escapes.line("rm\u202egpj.\u2066x\u2069", true)).isEqualTo("rm\\u{202e}gpj.\\u{2066}x\\u{2069}");
        assertThat(Escapes.line("a\u200bb\u00adc\ufeffd\u00a0e\u2028f", true))
                .isEqualTo("a\\u{200b}b\\u{ad}c\\u{feff}d\\u{a0}e\\u{2028}f");
        assertThat(Escapes.line("half \ud83d pair, \udb40\udc41 tag", true))
                .isEqualTo("half \\u{d83d} pair, \\u{e0041} tag");
    }

    @Test
    void whereOnlyAsciiCanBeShownTheRestIsWrittenOut() {
        assertThat(Escapes.line("Größe 🙂", false)).isEqualTo("Gr\\u{f6}\\u{df}e \\u{1f642}");
    }

    @Test
    void longTextIsCut() {
        assertThat(Escapes.line("abcdef", true, 3)).isEqualTo("abc…");
        assertThat(Escapes.line("abcdef", false, 3)).isEqualTo("abc...");
        assertThat(Escapes.line("abc", true, 3)).isEqualTo("abc");
    }

    @Test
    void aLineOfAFileKeepsTheLookOfItsTabs() {
        assertThat(Escapes.source("a\tb\r", true)).isEqualTo("a   b");
        assertThat(Escapes.source("a\u001b\rb", true)).isEqualTo("a\\u{1b}\\u{d}b");
    }

    @Test
    void whateverComesInNoControlComesOut() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                int kind = random.nextInt(4);
                text.append((char)
                        (kind == 0
                                ? random.nextInt(0xa0)
                                : kind == 1 ? 0x2000 + random.nextInt(0x80) : random.nextInt(0x10000)));
            }
            String line = Escapes.line(text.toString(), true);
            assertThat(line.codePoints().filter(EscapesTest::acts).boxed().toList())
                    .as("seed %d, round %d", seed, round)
                    .isEmpty();
            assertThat(Escapes.line(text.toString(), false)).as("seed %d", seed).matches("[ -~]*");
        }
    }

    private static boolean acts(int point) {
        int type = Character.getType(point);
        return Character.isISOControl(point)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}

package dev.gert.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Long lines on narrow terminals. */
class FoldedTextTest {
    private static String folded(String line, int width) {
        return String.join("\n", FoldedText.lines(line, width));
    }

    @Test
    void aLineIsBrokenAfterBlanksAndGoesOnFurtherIn() {
        assertThat(folded("    one two three four", 12)).isEqualTo("    one two \n      three \n      four");
        assertThat(folded("short", 12)).isEqualTo("short");
    }

    @Test
    void whatFitsNowhereIsBrokenWhereTheLineEnds() {
        assertThat(folded("abcdefghijklmnop", 8)).isEqualTo("abcdefgh\n  ijklmn\n  op");
        assertThat(folded("\u4e2d\u4e2d\u4e2d\u4e2d\u4e2d", 7)).isEqualTo("\u4e2d\u4e2d\u4e2d\n  \u4e2d\u4e2d");
    }

    @Test
    void whatGoesOnStandsUnderTheTextOfALabel() {
        assertThat(folded("  policy   the rule is in governance.yaml", 31))
                .isEqualTo("  policy   the rule is in \n           governance.yaml");
        assertThat(folded("  policy   the rule is in governance.yaml", 22))
                .isEqualTo("  policy   the rule \n    is in \n    governance.yaml");
    }

    @Test
    void aCommandIsBrokenBetweenItsArguments() {
        assertThat(folded("  command  [\"say\",\"one, two\",\"three\",\"four\"]", 33))
                .isEqualTo("  command  [\"say\",\"one, two\",\n           \"three\",\"four\"]");
        assertThat(folded("  command  [\"say\",\"a long text with blanks\"]", 33))
                .isEqualTo("  command  [\"say\",\n           \"a long text with \n           blanks\"]");
        assertThat(folded("  command  [\"say\\\"\",\",,,,,,,,,,,\",\"three\"]", 33))
                .isEqualTo("  command  [\"say\\\"\",\n           \",,,,,,,,,,,\",\"three\"]");
    }

    @Test
    void nothingIsLostAtAnyWidth() {
        String text = "  a  \ud83d\ude00\ud83d\ude00 [\"b\", \"c\\\"d\"] ".repeat(20) + "e".repeat(200);
        for (int width = 20; width < 90; width++) {
            StringBuilder joined = new StringBuilder();
            int margin = -1;
            for (String line : FoldedText.lines(text, width)) {
                assertThat(RunLines.columns(line)).isLessThanOrEqualTo(width);
                if (margin < 0) {
                    margin = width - 5 >= 20 ? 5 : 4;
                    joined.append(line);
                } else {
                    assertThat(line).startsWith(" ".repeat(margin));
                    joined.append(line, margin, line.length());
                }
            }
            assertThat(joined.toString()).isEqualTo(text);
        }
    }
}

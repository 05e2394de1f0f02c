package dev.gert.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.source.Source;
import dev.gert.source.Span;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosticTextTest {
    private static Span span(String text, String part) {
        int start = text.indexOf(part);
        return Source.of("x.yaml", text).span(start, start + part.length());
    }

    private static Diagnostic error(Span span, String label) {
        return new Diagnostic(Code.Y104, Severity.ERROR, "message", new Label(span, label), List.of(), null);
    }

    private static String frame(Span span, boolean unicode) {
        return DiagnosticText.render(List.of(error(span, "")), false, unicode);
    }

    @Test
    void theShapeOfTheContract() {
        String text = "\n".repeat(40) + "      outcome:\n";
        int start = text.indexOf("outcome");
        Span span = Source.of("runbooks/login.runbook.yaml", text).span(start, start + 7);
        Diagnostic diagnostic = new Diagnostic(
                Code.Y104,
                Severity.ERROR,
                "unknown key `outcome`",
                new Label(span, "did you mean `outcomes`?"),
                List.of(),
                "a step ends the run through `outcomes`; see `gert schema runbook`");
        assertThat(DiagnosticText.render(List.of(diagnostic), false, true)).isEqualTo("""
                        error[Y104]: unknown key `outcome`
                          --> runbooks/login.runbook.yaml:41:7
                           |
                        41 |       outcome:
                           |       ^^^^^^^ did you mean `outcomes`?
                           = help: a step ends the run through `outcomes`; see `gert schema runbook`
                        """);
    }

    @Test
    void messagesAndHelpFitANarrowTerminalAndTheExcerptStays() {
        Diagnostic diagnostic = new Diagnostic(
                Code.Y104,
                Severity.ERROR,
                "a message that is longer than the lines of the terminal",
                new Label(span("key: a line of the file, of fifty columns or more\n", "key"), "a label that stays"),
                List.of(),
                "help that is longer than the lines as well");
        String folded = """
                        error[Y104]: a message that is longer
                                     than the lines of the
                                     terminal
                         --> x.yaml:1:1
                          |
                        1 | key: a line of the file, of fifty columns or more
                          | ^^^ a label that stays
                          = help: help that is longer than the
                                  lines as well
                        """;
        assertThat(DiagnosticText.render(List.of(diagnostic), false, true, 40)).isEqualTo(folded);
        assertThat(DiagnosticText.render(List.of(diagnostic), true, true, 40).replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(folded);
        assertThat(DiagnosticText.render(List.of(diagnostic), false, true, 0))
                .isEqualTo(DiagnosticText.render(List.of(diagnostic), false, true))
                .contains("that is longer than the lines of the terminal\n");
    }

    @Test
    void otherPlacesFollowWithDashes() {
        Source policy = Source.of("governance.yaml", "a\n".repeat(99) + "deny_commands: [rm]\n");
        int rule = policy.text().indexOf("rm");
        Diagnostic diagnostic = new Diagnostic(
                Code.P001,
                Severity.ERROR,
                "denied by policy",
                new Label(span("argv: [rm, x]\n", "rm"), "this command"),
                List.of(new Label(policy.span(rule, rule + 2), "by this rule"), new Label(policy.span(0, 1), "")),
                null);
        assertThat(DiagnosticText.render(List.of(diagnostic), false, true)).isEqualTo("""
                        error[P001]: denied by policy
                           --> x.yaml:1:8
                            |
                        1   | argv: [rm, x]
                            |        ^^ this command
                           ::: governance.yaml:100:17
                            |
                        100 | deny_commands: [rm]
                            |                 -- by this rule
                           ::: governance.yaml:1:1
                            |
                        1   | a
                            | -
                        """);
    }

    @Test
    void withoutAPlaceThereIsNoFrame() {
        Diagnostic one = new Diagnostic(Code.S006, Severity.ERROR, "nothing found", null, List.of(), "quote `**`");
        Diagnostic two = new Diagnostic(Code.S007, Severity.WARNING, "never used", null, List.of(), null);
        assertThat(DiagnosticText.render(List.of(one, two), false, true)).isEqualTo("""
                        error[S006]: nothing found
                          = help: quote `**`

                        warning[S007]: never used
                        """);
        assertThat(DiagnosticText.render(List.of(), false, true)).isEmpty();
    }

    @Test
    void aPlaceOfSeveralLinesIsUnderlinedOnItsFirst() {
        assertThat(frame(span("a:\n  - one \n  - two\n", "- one \n  - two"), true))
                .isEqualTo("""
                        error[Y104]: message
                         --> x.yaml:2:3
                          |
                        2 |   - one\s
                          |   ^^^^^
                        """);
    }

    @Test
    void anEmptyPlaceHasOneCaret() {
        Source source = Source.of("x.yaml", "key:\n");
        assertThat(frame(source.span(4, 4), true)).endsWith("1 | key:\n  |     ^\n");
        assertThat(frame(source.span(5, 5), true)).endsWith("2 |\n  | ^\n");
        assertThat(frame(source.span(0, 0), true)).endsWith("1 | key:\n  | ^\n");
    }

    @Test
    void tabsAreExpandedAndTheCaretsFollow() {
        assertThat(frame(span("\ta\tbad\n", "bad"), true)).endsWith("1 |     a   bad\n  |         ^^^\n");
    }

    @Test
    void wideLettersTakeTwoColumns() {
        assertThat(frame(span("\u4E2D\u6587 bad\n", "bad"), true)).endsWith("1 | \u4E2D\u6587 bad\n  |      ^^^\n");
        assertThat(frame(span("x \uD83D\uDE00\uFF01 y\n", "\uD83D\uDE00\uFF01"), true))
                .endsWith("\n  |   ^^^^\n");
    }

    @Test
    void combiningMarksTakeNone() {
        assertThat(frame(span("e\u0301e\u0301 bad\n", "bad"), true)).endsWith("  |    ^^^\n");
    }

    @Test
    void whatCouldHideOrMoveIsWrittenOut() {
        assertThat(frame(span("a\u001B[31m\u202Eb\u200Bc bad\n", "bad"), true)).endsWith("""
                        1 | a\\u{1b}[31m\\u{202e}b\\u{200b}c bad
                          |                               ^^^
                        """);
        assertThat(frame(span("x\u00A0\u3164\uDB40\uDC41\uD83D y\n", "\u00A0"), true))
                .endsWith("1 | x\\u{a0}\\u{3164}\\u{e0041}\\u{d83d} y\n  |  ^^^^^^\n");
    }

    @Test
    void messagesLabelsHelpAndNamesAreSafeToo() {
        Source source = Source.of("a\u001B.yaml", "x\n");
        Diagnostic diagnostic = new Diagnostic(
                Code.Y104,
                Severity.ERROR,
                "key `\u001B[2J\n`",
                new Label(source.span(0, 1), "\u202E"),
                List.of(),
                "\u0007");
        assertThat(DiagnosticText.render(List.of(diagnostic), false, true)).isEqualTo("""
                        error[Y104]: key `\\u{1b}[2J\\u{a}`
                         --> a\\u{1b}.yaml:1:1
                          |
                        1 | x
                          | ^ \\u{202e}
                          = help: \\u{7}
                        """);
    }

    @Test
    void nothingButAsciiWhereTheTerminalHasNoMore() {
        String text =
                DiagnosticText.render(List.of(error(span("\u4E2D caf\u00E9 bad\n", "bad"), "\u2026")), false, false);
        assertThat(text).endsWith("1 | \\u{4e2d} caf\\u{e9} bad\n  |                    ^^^ \\u{2026}\n");
        String cut = frame(span("x ".repeat(500) + "bad\n", "bad"), false);
        assertThat(cut).contains("| ...").doesNotContain("\u2026");
    }

    @Test
    void aLongMessageIsCut() {
        Diagnostic diagnostic = new Diagnostic(Code.Y104, Severity.ERROR, "x".repeat(100_000), null, List.of(), null);
        assertThat(DiagnosticText.render(List.of(diagnostic), false, true))
                .hasSizeLessThan(700)
                .endsWith("x\u2026\n");
    }

    @Test
    void aLongLineIsCutAroundThePlace() {
        String before = "0123456789".repeat(30);
        assertThat(lines(before + "bad" + before, "bad")).satisfies(lines -> {
            assertThat(lines[3]).startsWith("1 | \u2026").endsWith("\u2026").hasSizeLessThanOrEqualTo(4 + 160);
            checkMarked(lines, "bad");
        });
        assertThat(lines("bad" + before, "bad")).satisfies(lines -> {
            assertThat(lines[3]).startsWith("1 | bad").endsWith("\u2026").hasSizeLessThanOrEqualTo(4 + 160);
            checkMarked(lines, "bad");
        });
        assertThat(lines(before + "bad", "bad")).satisfies(lines -> {
            assertThat(lines[3]).startsWith("1 | \u2026").endsWith("bad").hasSizeBetween(150, 4 + 160);
            checkMarked(lines, "bad");
        });
    }

    @Test
    void aPlaceLongerThanTheFrameIsCutWithIt() {
        String[] lines = lines("0".repeat(100) + "b".repeat(1000), "b".repeat(1000));
        assertThat(lines[3]).endsWith("b\u2026").hasSizeLessThanOrEqualTo(4 + 160);
        assertThat(lines[4]).endsWith("^").hasSize(lines[3].length());
    }

    @Test
    void aLineThatFitsIsNotCut() {
        String text = "x".repeat(157) + "bad";
        assertThat(lines(text, "bad")[3]).isEqualTo("1 | " + text);
        assertThat(lines(text + "y", "bad")[3]).contains("\u2026");
    }

    /** Every place of lines of all kinds of letters is underlined where it stands. */
    @Test
    void caretsStandUnderThePlaceWhereverItIs() {
        String unit = "a\t\u4E2D\uD83D\uDE00\u202Ee\u0301 ";
        for (int repeats = 1; repeats < 60; repeats += 7) {
            for (int at = 0; at < repeats; at++) {
                String text = unit.repeat(at) + "<!>" + unit.repeat(repeats - at);
                String[] lines = lines(text, "<!>");
                int column = lines[4].indexOf('^');
                assertThat(cut(lines[3], column)).startsWith("<!>");
                assertThat(lines[4]).endsWith("^^^").doesNotContain("^^^^");
            }
        }
    }

    private static String[] lines(String text, String part) {
        return frame(span(text + "\n", part), true).split("\n", -1);
    }

    private static void checkMarked(String[] lines, String part) {
        assertThat(lines[4].indexOf('^')).isEqualTo(lines[3].indexOf(part));
        assertThat(lines[4].length() - lines[4].indexOf('^')).isEqualTo(part.length());
    }

    /** The rest of a line from a column of the terminal on. */
    private static String cut(String line, int column) {
        int columns = 0;
        int at = 0;
        while (columns < column) {
            int point = line.codePointAt(at);
            columns += Glyphs.width(point);
            at += Character.charCount(point);
        }
        return line.substring(at);
    }

    @Test
    void coloursChangeNoWord() {
        String text = "argv: [rm]\n";
        Diagnostic diagnostic = new Diagnostic(
                Code.P001,
                Severity.WARNING,
                "message",
                new Label(span(text, "rm"), "label"),
                List.of(new Label(span(text, "argv"), "other")),
                "help");
        String plain = DiagnosticText.render(List.of(diagnostic), false, true);
        String coloured = DiagnosticText.render(List.of(diagnostic), true, true);
        assertThat(coloured).contains("\u001B[1;33mwarning[P001]\u001B[0m").isNotEqualTo(plain);
        assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(plain);
        assertThat(plain).doesNotContain("\u001B");
    }

    @ParameterizedTest
    @CsvSource({
        "2,1,3,'2 errors, 1 warning in 3 files checked'",
        "1,2,1,'1 error, 2 warnings in 1 file checked'",
        "1,0,2,1 error in 2 files checked",
        "0,1,2,1 warning in 2 files checked",
        "0,0,1,no problems in 1 file checked",
        "0,0,12,no problems in 12 files checked",
        "0,0,0,no problems in 0 files checked"
    })
    void theSummaryCounts(int errors, int warnings, int files, String expected) {
        assertThat(DiagnosticText.summary(errors, warnings, files)).isEqualTo(expected);
    }

    @Test
    void theSummaryOfAListCountsBySeverity() {
        Diagnostic error = new Diagnostic(Code.S006, Severity.ERROR, "m", null, List.of(), null);
        Diagnostic warning = new Diagnostic(Code.S007, Severity.WARNING, "m", null, List.of(), null);
        assertThat(DiagnosticText.summary(List.of(error, warning, error), 2))
                .isEqualTo("2 errors, 1 warning in 2 files checked");
    }
}

package dev.gert.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.source.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticConciseTest {
    private static final Source SOURCE = Source.of("a b.yaml", "a: \ud83d\ude00 b\nc: d\n");
    private static final List<Diagnostic> TWO = List.of(
            new Diagnostic(Code.S007, Severity.WARNING, "never used", null, List.of(), "remove it"),
            new Diagnostic(
                    Code.Y104, Severity.ERROR, "unknown key `b`", new Label(SOURCE.span(6, 7), "x"), List.of(), "y"));

    @Test
    void aLineForEach() {
        assertThat(DiagnosticConcise.render(TWO, false, true))
                .isEqualTo("warning[S007]: never used\na b.yaml:1:6: error[Y104]: unknown key `b`\n");
        assertThat(DiagnosticConcise.render(List.of(), false, true)).isEmpty();
    }

    @Test
    void coloursAddNoWords() {
        String coloured = DiagnosticConcise.render(TWO, true, true);
        assertThat(coloured).contains("\u001b[1;31merror[Y104]\u001b[0m", "\u001b[1;33mwarning[S007]\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(DiagnosticConcise.render(TWO, false, true));
    }

    @Test
    void nothingMakesASecondLineOrReachesTheTerminal() {
        List<Diagnostic> findings = Hostile.findings();
        String text = DiagnosticConcise.render(findings, false, true);
        assertThat(text.split("\n", -1)).hasSize(findings.size() + 1);
        assertThat(text)
                .contains("\\u{1b}[2J", "two\\u{a}lines\\u{d}.yaml:1:")
                .doesNotContain("\u001b", "\r", "\u202e");
        assertThat(DiagnosticConcise.render(findings, false, false)).matches("[ -~\n]*");
    }

    @Test
    void aMessageAsLongAsTheFileIsCut() {
        String text = DiagnosticConcise.render(
                List.of(new Diagnostic(Code.Y104, Severity.ERROR, "x".repeat(5000), null, List.of(), null)),
                false,
                true);
        assertThat(text).hasSizeLessThan(700).endsWith("\u2026\n");
    }
}

package dev.gert.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gert.source.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
    private static List<String> messages(Diagnostics diagnostics) {
        return diagnostics.sorted().stream().map(Diagnostic::message).toList();
    }

    @Test
    void sortedByFileThenPlaceThenCode() {
        Source a = Source.of("a.yaml", "0123456789");
        Source b = Source.of("b.yaml", "0123456789");
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.error(Code.Y106, b.span(1, 2), "five");
        diagnostics.error(Code.Y106, a.span(7, 8), "four");
        diagnostics.warning(Code.Y107, a.span(3, 4), "three", null);
        diagnostics.error(Code.Y105, a.span(3, 9), "two");
        diagnostics.error(Code.R204, null, "one");
        assertThat(messages(diagnostics)).containsExactly("one", "two", "three", "four", "five");
    }

    @Test
    void aWarningIsNotAnError() {
        Diagnostics diagnostics = new Diagnostics();
        assertThat(diagnostics.hasErrors()).isFalse();
        diagnostics.warning(Code.Y107, null, "careful", null);
        assertThat(diagnostics.hasErrors()).isFalse();
        diagnostics.error(Code.Y107, null, "wrong");
        assertThat(diagnostics.hasErrors()).isTrue();
    }

    @Test
    void aThousandOfOneFileAreKeptAndTheRestCounted() {
        Source a = Source.of("a.yaml", "x".repeat(3000));
        Source b = Source.of("b.yaml", "x");
        Diagnostics diagnostics = new Diagnostics();
        for (int i = 0; i < 1500; i++) {
            diagnostics.warning(Code.Y104, a.span(i, i + 1), "number " + i, null);
        }
        diagnostics.error(Code.Y105, a.span(2000, 2001), "an error that is dropped");
        diagnostics.warning(Code.Y104, b.span(0, 1), "of another file", null);
        List<Diagnostic> sorted = diagnostics.sorted();
        assertThat(sorted).hasSize(1002);
        Diagnostic rest = sorted.get(1000);
        assertThat(rest.message()).isEqualTo("501 more problems in this file are not shown");
        assertThat(rest.severity()).isEqualTo(Severity.ERROR);
        assertThat(sorted.get(1001).message()).isEqualTo("of another file");
        assertThat(diagnostics.hasErrors()).isTrue();
    }

    @Test
    void whatWasDroppedStaysCountedWhenFindingsAreJoined() {
        Source source = Source.of("a.yaml", "x");
        Diagnostics one = new Diagnostics();
        Diagnostics two = new Diagnostics();
        for (int i = 0; i < 1100; i++) {
            one.error(Code.Y104, source.span(0, 1), "of one");
            two.error(Code.Y104, source.span(0, 1), "of two");
        }
        one.addAll(two);
        assertThat(one.sorted()).hasSize(1001);
        assertThat(messages(one)).contains("1200 more problems in this file are not shown");
    }

    @Test
    void aDroppedErrorStaysAnErrorWhenFindingsAreJoined() {
        Source source = Source.of("a.yaml", "x");
        Diagnostics one = new Diagnostics();
        Diagnostics two = new Diagnostics();
        for (int i = 0; i < 1000; i++) {
            two.warning(Code.Y107, source.span(0, 1), "careful", null);
        }
        two.error(Code.Y104, source.span(0, 1), "wrong");
        one.addAll(two);
        assertThat(one.hasErrors()).isTrue();
    }

    @Test
    void thereAreAtMostTwoOtherPlaces() {
        Label label = new Label(Source.of("a.yaml", "x").span(0, 1), "");
        List<Label> three = List.of(label, label, label);
        assertThatThrownBy(() -> new Diagnostic(Code.Y104, Severity.ERROR, "m", null, three, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

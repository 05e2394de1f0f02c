package dev.gert.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceTest {
    private static String at(String text, int offset) {
        Position position = Source.of("x", text).position(offset);
        return position.line() + ":" + position.column();
    }

    @Test
    void linesEndWithNewlineCarriageReturnOrBoth() {
        String text = "a\nbc\r\nd\re";
        Source source = Source.of("x", text);
        assertThat(source.lineCount()).isEqualTo(4);
        assertThat(source.line(1)).isEqualTo("a");
        assertThat(source.line(2)).isEqualTo("bc");
        assertThat(source.line(3)).isEqualTo("d");
        assertThat(source.line(4)).isEqualTo("e");
        assertThat(source.lineStart(3)).isEqualTo(6);
        assertThat(source.lineEnd(2)).isEqualTo(4);
        assertThat(at(text, 2)).isEqualTo("2:1");
        assertThat(at(text, 4)).isEqualTo("2:3");
        assertThat(at(text, 6)).isEqualTo("3:1");
        assertThat(at(text, 8)).isEqualTo("4:1");
    }

    @Test
    void aFinalLineEndOpensAnEmptyLine() {
        Source source = Source.of("x", "a\n\r\n\r");
        assertThat(source.lineCount()).isEqualTo(4);
        assertThat(source.line(2)).isEmpty();
        assertThat(source.line(4)).isEmpty();
        assertThat(source.lineStart(4)).isEqualTo(5);
    }

    @Test
    void anEmptyTextHasOneLine() {
        Source source = Source.of("x", "");
        assertThat(source.lineCount()).isEqualTo(1);
        assertThat(source.line(1)).isEmpty();
        assertThat(at("", 0)).isEqualTo("1:1");
    }

    @Test
    void columnsCountCodePoints() {
        String text = "\uD83D\uDE00x\uD83D\uDE00\ny\uD83D\uDE00z";
        assertThat(at(text, 2)).isEqualTo("1:2");
        assertThat(at(text, 3)).isEqualTo("1:3");
        assertThat(at(text, 5)).isEqualTo("1:4");
        assertThat(at(text, 6)).isEqualTo("2:1");
        assertThat(at(text, 9)).isEqualTo("2:3");
    }

    @Test
    void everyColumnIsTheCountOfCodePoints() {
        String text = "a\uD83D\uDE00b\uD83D\n\uDE00\uD83D\uDE00\uD83D\uDE00c\r\nd\uD83D";
        Source source = Source.of("x", text);
        for (int offset = 0; offset <= text.length(); offset++) {
            Position position = source.position(offset);
            int start = source.lineStart(position.line());
            assertThat(position.column()).isEqualTo(text.codePointCount(start, offset) + 1);
        }
    }

    @Test
    void offsetsOutsideTheTextAreItsEnds() {
        assertThat(at("ab\nc", -5)).isEqualTo("1:1");
        assertThat(at("ab\nc", 99)).isEqualTo("2:2");
    }

    @Test
    void manyLinesAndPairsAreIndexed() {
        String text = "\uD83D\uDE00\n".repeat(1000);
        assertThat(at(text, 3 * 999 + 2)).isEqualTo("1000:2");
        assertThat(Source.of("x", text).lineCount()).isEqualTo(1001);
    }

    @Test
    void aSpanNamesItsPlace() {
        Source source = Source.of("dir/x.yaml", "ab\ncdef\n");
        Span span = source.span(4, 6);
        assertThat(span.place()).isEqualTo("dir/x.yaml:2:2");
        assertThat(span.endPosition()).isEqualTo(new Position(2, 4));
        assertThat(span.part(1, 2)).isEqualTo(source.span(5, 6));
        assertThat(span.part(1, 50)).isEqualTo(source.span(5, 6));
    }
}

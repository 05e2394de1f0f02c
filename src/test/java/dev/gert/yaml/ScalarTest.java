package dev.gert.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode.Mapping;
import dev.gert.yaml.YamlNode.Scalar;
import java.math.BigDecimal;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarTest {
    private static Scalar scalar(String yaml) {
        return (Scalar) Objects.requireNonNull(YamlReader.read(Source.of("x.yaml", yaml), 0, new Diagnostics()));
    }

    private static String covered(Span span) {
        return span.source().text().substring(span.start(), span.end());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-12", "1.10", "0.5", "-0.5", "100", "00.5x", "10.0"})
    void plainDecimalsAreNumbers(String text) {
        BigDecimal expected = text.endsWith("x") ? null : new BigDecimal(text);
        assertThat(scalar(text).decimal()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "010", "-0", "1_0", "0x2", "0o7", "0b1", "1e3", "+1", ".5", "5.", ".inf", "-.inf", ".nan", "00", "1__0",
                "'1'", "\"1\"", "true", "~", "-", "--1", "1-", "1.2.3", "\u0661"
            })
    void whatIsWrittenOddlyIsNoDecimal(String text) {
        assertThat(scalar(text.equals("-") ? "'-'" : text).decimal()).isNull();
    }

    @Test
    void booleansInTheirSpellings() {
        assertThat(scalar("true").truth()).isTrue();
        assertThat(scalar("Yes").truth()).isTrue();
        assertThat(scalar("ON").truth()).isTrue();
        assertThat(scalar("FALSE").truth()).isFalse();
        assertThat(scalar("no").truth()).isFalse();
        assertThat(scalar("off").truth()).isFalse();
        assertThat(scalar("'true'").truth()).isNull();
        assertThat(scalar("yES").truth()).isNull();
        assertThat(scalar("1").truth()).isNull();
    }

    @Test
    void aPlaceInsidePlainAndQuotedTextIsExact() {
        assertThat(covered(scalar("abcdef").spanOf(2, 4))).isEqualTo("cd");
        assertThat(covered(scalar("  'abcdef'").spanOf(2, 4))).isEqualTo("cd");
        assertThat(covered(scalar("\"ab\uD83D\uDE00ef\"").spanOf(2, 4))).isEqualTo("\uD83D\uDE00");
        assertThat(covered(scalar("abc").spanOf(2, 99))).isEqualTo("c");
        assertThat(covered(scalar("abc").spanOf(99, 99))).isEmpty();
        assertThat(covered(scalar("abc").spanOf(2, 1))).isEmpty();
    }

    @Test
    void aPlaceInsideFoldedOrEscapedTextIsTheStart() {
        assertThat(covered(scalar(">\n  abc\n  def\n").spanOf(4, 6))).isEqualTo(">");
        assertThat(covered(scalar("\"a\\tb\"").spanOf(2, 3))).isEqualTo("\"");
        assertThat(covered(scalar("'it''s'").spanOf(3, 4))).isEqualTo("'");
        assertThat(covered(scalar("ab\n cd").spanOf(3, 4))).isEqualTo("a");
    }

    @Test
    void textOnOneLineWithoutQuotesIsPlain() {
        assertThat(scalar("ab cd # no").plain()).isTrue();
        assertThat(scalar("'ab'").plain()).isFalse();
        assertThat(scalar("''").plain()).isFalse();
        assertThat(scalar("ab\n cd").plain()).isFalse();
        assertThat(scalar("|\n ab").plain()).isFalse();
    }

    @Test
    void aMapFindsItsKeys() {
        Mapping map = (Mapping)
                Objects.requireNonNull(YamlReader.read(Source.of("x.yaml", "a: 1\n'b': [x]\n"), 0, new Diagnostics()));
        assertThat(map.get("a")).isInstanceOf(Scalar.class);
        assertThat(map.get("b")).isInstanceOf(YamlNode.Sequence.class);
        assertThat(map.get("c")).isNull();
        assertThat(map.entry("c")).isNull();
        assertThat(Objects.requireNonNull(map.entry("b"))
                        .key()
                        .span()
                        .position()
                        .line())
                .isEqualTo(2);
    }
}

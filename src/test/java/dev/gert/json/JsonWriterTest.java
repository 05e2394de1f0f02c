package dev.gert.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private static String compact(JsonValue value) {
        return JsonWriter.compact(value);
    }

    private static String quoted(String text) {
        return compact(JsonValue.text(text));
    }

    @Test
    void membersStandInTheOrderOfTheCalls() {
        StringBuilder out = new StringBuilder();
        JsonWriter.compact(out)
                .object()
                .name("z")
                .value("text")
                .name("a")
                .value(12L)
                .name("m")
                .array()
                .value(true)
                .nothing()
                .value(new BigDecimal("1E+3"))
                .object()
                .end()
                .array()
                .end()
                .end()
                .name("n")
                .value((String) null)
                .end();
        assertThat(out).hasToString("{\"z\":\"text\",\"a\":12,\"m\":[true,null,1000,{},[]],\"n\":null}");
    }

    @Test
    void indentedByTwoSpaces() {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out).object();
        json.name("a").array().value(1L).value(2L).end();
        json.name("b").object().name("c").array().end().name("d").object().end().end();
        json.end();
        assertThat(out).hasToString("""
                        {
                          "a": [
                            1,
                            2
                          ],
                          "b": {
                            "c": [],
                            "d": {}
                          }
                        }""");
    }

    @Test
    void mapsKeepTheirOrder() {
        Map<String, JsonValue> entries = new LinkedHashMap<>();
        entries.put("b", JsonValue.number(1));
        entries.put("a", new JsonValue.ListValue(List.of(JsonValue.bool(false), JsonValue.Null.NULL)));
        assertThat(compact(new JsonValue.MapValue(entries))).isEqualTo("{\"b\":1,\"a\":[false,null]}");
    }

    @Test
    void controlsAndLineSeparatorsAreEscaped() {
        assertThat(quoted("a\"b\\c/d")).isEqualTo("\"a\\\"b\\\\c/d\"");
        assertThat(quoted("\0\u0001\u001B\u001F\u007F\u0085"))
                .isEqualTo("\"\\u0000\\u0001\\u001b\\u001f\\u007f\\u0085\"");
        assertThat(quoted("\n\r\t\b\f")).isEqualTo("\"\\n\\r\\t\\b\\f\"");
        assertThat(quoted("a\u2028b\u2029c")).isEqualTo("\"a\\u2028b\\u2029c\"");
        assertThat(quoted("\u202E\u2066\u200F\uFEFF")).isEqualTo("\"\\u202e\\u2066\\u200f\\ufeff\"");
    }

    @Test
    void otherLettersStandForThemselves() {
        assertThat(quoted("caf\u00E9 \u4E2D\u6587 \uD83D\uDE00")).isEqualTo("\"caf\u00E9 \u4E2D\u6587 \uD83D\uDE00\"");
    }

    @Test
    void halvesOfPairsAreEscapedSoThatEveryOutputIsUtf8() throws CharacterCodingException {
        assertThat(quoted("\uD83D")).isEqualTo("\"\\ud83d\"");
        assertThat(quoted("\uDE00x")).isEqualTo("\"\\ude00x\"");
        assertThat(quoted("\uD83D\uD83D\uDE00")).isEqualTo("\"\\ud83d\uD83D\uDE00\"");
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x10000; c++) {
            all.append((char) c).append('x');
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(quoted(all.toString())));
        JsonResult back = JsonReader.read(StandardCharsets.UTF_8.decode(bytes).toString());
        assertThat(back).isEqualTo(new JsonResult.Ok(JsonValue.text(all.toString())));
    }

    @Test
    void callsThatMakeNoJsonAreRefused() {
        assertThatThrownBy(
                        () -> JsonWriter.compact(new StringBuilder()).object().value(1L))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JsonWriter.compact(new StringBuilder()).array().name("a"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JsonWriter.compact(new StringBuilder())
                        .object()
                        .name("a")
                        .end())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JsonWriter.compact(new StringBuilder()).end())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void deepDocumentsAreWritten() {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.compact(out);
        for (int i = 0; i < 100; i++) {
            json.array();
        }
        for (int i = 0; i < 100; i++) {
            json.end();
        }
        assertThat(out).hasToString("[".repeat(100) + "]".repeat(100));
    }

    @Test
    void aTemplateShowsTextAsItIsAndNumbersPlain() {
        assertThat(JsonText.of(JsonValue.text("a\n\"b\""))).isEqualTo("a\n\"b\"");
        assertThat(JsonText.of(new JsonValue.Num(new BigDecimal("1.0E+3")))).isEqualTo("1000");
        assertThat(JsonText.of(new JsonValue.Num(new BigDecimal("1.10")))).isEqualTo("1.10");
        assertThat(JsonText.of(JsonValue.bool(true))).isEqualTo("true");
        assertThat(JsonText.of(JsonValue.Null.NULL)).isEmpty();
        assertThat(JsonText.of(new JsonValue.ListValue(List.of(JsonValue.text("a"), JsonValue.number(1)))))
                .isEqualTo("[\"a\",1]");
    }
}

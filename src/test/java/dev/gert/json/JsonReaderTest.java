package dev.gert.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private static String broken(String text) {
        JsonResult result = JsonReader.read(text);
        assertThat(result).isInstanceOf(JsonResult.Broken.class);
        JsonResult.Broken broken = (JsonResult.Broken) result;
        return broken.offset() + " " + broken.message();
    }

    private static JsonValue ok(String text) {
        JsonResult result = JsonReader.read(text);
        assertThat(result).as("%s", result).isInstanceOf(JsonResult.Ok.class);
        return ((JsonResult.Ok) result).value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "-12",
                "\"a\"",
                "[1,2.50,-0.5,\"x\",true,false,null,{},[[]]]",
                "{\"b\":1,\"a\":{\"c\":[]},\"\":\"\"}",
                "\"\\\"\\\\\\n\\r\\t\\b\\f\\u0001/\""
            })
    void whatIsReadIsWrittenTheSame(String text) {
        assertThat(JsonWriter.compact(ok(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|0 the document is empty",
                "`  `|0 the document is empty",
                "{|1 the document ends too early",
                "[1,|3 the document ends too early",
                "[1 2]|3 a comma is missing before this",
                "{\"a\" 1}|5 a colon is missing before this",
                "{\"a\":}|5 a value is missing before `}`",
                "[1,]|3 a value is missing before `]`",
                "{\"a\":1,}|7 nothing follows the comma",
                "{a:1}|1 a key must stand in double quotes",
                "{'a':1}|1 a key must stand in double quotes",
                "[01]|2 not a valid number",
                "[1.]|2 not a valid number",
                "[-]|2 not a valid number",
                "[1e]|2 not a valid number",
                "[+1]|2 not a valid number",
                "[.5]|1 not a JSON value",
                "[0x1]|2 a comma is missing before this",
                "nul|0 not a JSON value",
                "[True]|1 not a JSON value",
                "NaN|3 not a JSON value",
                "-Infinity|9 not a JSON value",
                "'a'|0 not a JSON value",
                "//c|0 not a JSON value",
                "#c|0 not a JSON value",
                "]|0 `]` closes nothing that is open",
                "{\"a\":1}}|7 `}` closes nothing that is open",
                "\"ab|3 a text is never closed",
                "\"a\tb\"|2 a control character in a text must be escaped",
                "\"\\x\"|2 not a valid escape",
                "\"\\u12g4\"|5 not a valid escape",
                "{\"\\ud83d\":1}|8 half of a surrogate pair in a key",
                "1 2|2 something follows the document",
                "{} []|3 something follows the document",
                "{\"a\":1,\"b\":2,\"a\":3}|13 the key `a` is there twice",
                "[{\"a\":{\"b\":1,\"\\u0062\":2}}]|13 the key `b` is there twice"
            })
    void whatIsNotJsonSaysWhyAndWhere(String text, String expected) {
        assertThat(broken(text.replace("`", ""))).isEqualTo(expected);
    }

    @Test
    void aByteOrderMarkIsNoJson() {
        assertThat(broken("\uFEFF1")).isEqualTo("0 not a JSON value");
    }

    @Test
    void nestingOfTwoHundredIsReadAndOneMoreIsNot() {
        ok("[".repeat(200) + "]".repeat(200));
        assertThat(broken("[".repeat(201) + "]".repeat(201))).isEqualTo("200 nested deeper than 200 levels");
        ok("{\"a\":".repeat(200) + "1" + "}".repeat(200));
        assertThat(broken("{\"a\":".repeat(1_000_000))).isEqualTo("1000 nested deeper than 200 levels");
        assertThat(broken("[".repeat(2_000_000))).startsWith("200 ");
    }

    @Test
    void numbersAreBounded() {
        assertThat(ok("1e400")).isInstanceOf(JsonValue.Num.class);
        assertThat(ok("1e-400")).isInstanceOf(JsonValue.Num.class);
        assertThat(ok("[" + "9".repeat(1000) + "]")).isInstanceOf(JsonValue.ListValue.class);
        assertThat(broken("[1e401]")).isEqualTo("1 a number with an exponent over 400");
        assertThat(broken("[1E-00401]")).isEqualTo("1 a number with an exponent over 400");
        assertThat(broken("1e99999999999999999999")).isEqualTo("0 a number with an exponent over 400");
        assertThat(broken("[" + "9".repeat(1001) + "]")).isEqualTo("1 a number of more than 1000 digits");
        assertThat(broken("[0." + "9".repeat(1000) + "]")).isEqualTo("1 a number of more than 1000 digits");
    }

    @Test
    void numbersKeepTheirDigits() {
        assertThat(JsonWriter.compact(ok("[1.10,1e3,1E+2,12345678901234567890,0.000001,-0,1.5e-3]")))
                .isEqualTo("[1.10,1000,100,12345678901234567890,0.000001,0,0.0015]");
    }

    @Test
    void longTextsAndNamesAreRead() {
        String longText = "x".repeat(3_000_000);
        assertThat(ok("{\"" + longText + "\":\"" + longText + "\"}")).isInstanceOf(JsonValue.MapValue.class);
    }

    @Test
    void namesThatHashAlikeAreReadInTime() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 1 << 14; i++) {
            text.append(i == 0 ? "" : ",").append('"');
            for (int bit = 0; bit < 14; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append("\":1");
        }
        assertThat(ok(text.append('}').toString())).isInstanceOf(JsonValue.MapValue.class);
    }

    @Test
    void randomValuesComeBackTheSame() {
        long seed = Long.getLong("gert.seed", System.nanoTime());
        System.out.println("JsonReaderTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            JsonValue value = value(random, 0);
            assertThat(ok(JsonWriter.compact(value))).isEqualTo(value);
            assertThat(ok(JsonWriter.indented(value))).isEqualTo(value);
        }
    }

    private static JsonValue value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> JsonValue.text(text(random));
            case 1 -> JsonValue.number(random.nextLong());
            case 2 -> JsonValue.bool(random.nextBoolean());
            case 3 -> JsonValue.Null.NULL;
            case 4 -> {
                List<JsonValue> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(random, depth + 1));
                }
                yield new JsonValue.ListValue(items);
            }
            default -> {
                Map<String, JsonValue> entries = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    entries.put(withoutHalfPairs(text(random)), value(random, depth + 1));
                }
                yield new JsonValue.MapValue(entries);
            }
        };
    }

    /** The parser takes them in a value, not in a name. */
    private static String withoutHalfPairs(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            out.append(Character.isSurrogate(text.charAt(i)) ? 'x' : text.charAt(i));
        }
        return out.toString();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10000)));
        }
        return text.toString();
    }
}

package dev.gert.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the quick way takes, the parser takes, and as the same value. */
class JsonQuickTest {
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"a\"",
        "\"b\"",
        "\"a\":1",
        "\\",
        "\\n",
        "\\u00e9",
        "\\ud800",
        "\\x",
        "0",
        "1",
        "01",
        "-0",
        "1.5",
        "1e3",
        "999999999999999999",
        "1234567890123456789",
        "true",
        "false",
        "null",
        "nul",
        " ",
        "\n",
        "\u0001",
        "\u007f",
        "\u2028",
        "\ud83d\ude80",
        "\ud83d",
        "{}",
        "[]",
        "[1,2]",
        "{\"x\":{\"y\":[null]}}"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "0",
                "[0,10,999999999999999999]",
                "{\"a\":{\"b\":[true,false,null,\"c\\n\\u00e9\\/\"]}}",
                "{\"a\":\"\ud83d\ude80 \u2028\"}",
                "\"\\ud800\""
            })
    void takesWhatIsUsual(String text) {
        assertThat(JsonQuick.read(text, 200)).isNotNull();
        assertThat(JsonReader.parse(text)).isEqualTo(new JsonResult.Ok(JsonQuick.read(text, 200)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,}",
                "{a:1}",
                "01",
                "-1",
                "1.0",
                "1e0",
                "NaN",
                "tru",
                "1234567890123456789",
                "\"\u0001\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"",
                "[1] 2",
                "[1 2]",
                "{\"\\u0061\":1}"
            })
    void leavesTheRestToTheParser(String text) {
        assertThat(JsonQuick.read(text, 200)).isNull();
    }

    @Test
    void neverTakesWhatTheParserDoesNot() {
        long seed = Long.getLong("gert.seed", System.nanoTime());
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "[" : "{\"k\":");
            boolean list = text.charAt(0) == '[';
            for (int n = random.nextInt(5); n >= 0; n--) {
                text.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextInt(3) == 0 ? "," : "");
            }
            text.append(list ? "]" : "}");
            JsonValue quick = JsonQuick.read(text.toString(), 200);
            if (quick != null) {
                taken++;
                assertThat(JsonReader.parse(text.toString()))
                        .as("seed " + seed + ": " + text)
                        .isEqualTo(new JsonResult.Ok(quick));
            }
        }
        assertThat(taken).isGreaterThan(1000);
        String deep = "[".repeat(200) + "]".repeat(200);
        assertThat(JsonQuick.read(deep, 200)).isNotNull();
        assertThat(JsonQuick.read("[" + deep + "]", 200)).isNull();
    }
}

package dev.gert.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.source.Source;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolArgumentsTest {
    private static final Span HERE = Source.of("x", "").span(0, 0);

    private static ToolFile.Arg arg(
            String name, ArgType type, boolean required, @Nullable JsonValue otherwise, boolean redact) {
        return new ToolFile.Arg(name, HERE, type, required, otherwise, "", null, redact);
    }

    private static ToolFile.Arg oneOf(String name, ArgType type, List<JsonValue> allowed) {
        return new ToolFile.Arg(name, HERE, type, false, null, "", allowed, false);
    }

    private static ToolFile.Action action(ToolFile.Arg... args) {
        return new ToolFile.Action(
                "query", HERE, "", new ToolFile.Call.Method("m"), List.of(args), List.of(), false, 0);
    }

    private static final ToolFile.Action ACTION = action(
            arg("cluster", ArgType.STRING, true, null, false),
            arg("limit", ArgType.INT, false, JsonValue.number(10), false),
            arg("label", ArgType.STRING, false, null, false),
            arg("token", ArgType.INT, false, null, true),
            oneOf("level", ArgType.INT, List.of(JsonValue.number(1), JsonValue.number(2))),
            oneOf("zone", ArgType.STRING, List.of(JsonValue.text("a"), JsonValue.text("b"))));

    private static Map<String, String> given(String... pairs) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            given.put(pairs[i], pairs[i + 1]);
        }
        return given;
    }

    private static String checked(String... pairs) {
        ToolArguments.Result result = ToolArguments.check(ACTION, given(pairs));
        return JsonWriter.compact(new JsonValue.MapValue(((ToolArguments.Result.Checked) result).values()));
    }

    private static List<String> wrong(String... pairs) {
        return ((ToolArguments.Result.Wrong) ToolArguments.check(ACTION, given(pairs))).problems();
    }

    @Test
    void valuesInTheOrderOfTheActionWithDefaults() {
        assertThat(checked("limit", "+07", "cluster", "c 1", "label", ""))
                .isEqualTo("{\"cluster\":\"c 1\",\"limit\":7,\"label\":\"\"}");
        assertThat(checked("cluster", "true")).isEqualTo("{\"cluster\":\"true\",\"limit\":10}");
        assertThat(checked("cluster", "x", "level", "02", "zone", "b"))
                .isEqualTo("{\"cluster\":\"x\",\"limit\":10,\"level\":2,\"zone\":\"b\"}");
    }

    @Test
    void allProblemsAtOnce() {
        assertThat(wrong("limit", "ten", "lable", "x", "zone", "B", "level", "3"))
                .containsExactly(
                        "action `query` has no argument `lable`",
                        "argument `cluster` of action `query` has no value",
                        "argument `limit` is `ten`, which is not a whole number",
                        "argument `level` is `3`, which is not one of 1, 2",
                        "argument `zone` is `B`, which is not one of a, b");
    }

    @Test
    void secretsAreKnownAndNeverQuoted() {
        ToolArguments.Result result = ToolArguments.check(ACTION, given("cluster", "x", "token", "0042"));
        assertThat(((ToolArguments.Result.Checked) result).secrets()).containsExactly("42", "0042");
        assertThat(wrong("cluster", "x", "token", "hunter2"))
                .containsExactly("the value of argument `token` is not a whole number");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "STRING, '', \"\"",
                "STRING, 1.10, \"1.10\"",
                "INT, 5, 5",
                "INT, -0, 0",
                "INT, +5, 5",
                "INT, 007, 7",
                "INT, 9223372036854775807, 9223372036854775807",
                "INT, 9223372036854775808, -",
                "INT, -9223372036854775808, -9223372036854775808",
                "INT, 5.0, -",
                "INT, 1e3, -",
                "INT, '', -",
                "INT, ' 5', -",
                "INT, 1_0, -",
                "INT, 0x2, -",
                "INT, ٣, -",
                "FLOAT, 5, 5",
                "FLOAT, 1.50, 1.50",
                "FLOAT, -0.5, -0.5",
                "FLOAT, .5, -",
                "FLOAT, 5., -",
                "FLOAT, 1.2.3, -",
                "FLOAT, NaN, -",
                "FLOAT, 1e3, -",
                "FLOAT, +, -",
                "BOOL, true, true",
                "BOOL, True, true",
                "BOOL, FALSE, false",
                "BOOL, yes, -",
                "BOOL, 1, -",
                "BOOL, '', -",
            })
    void types(ArgType type, String text, @Nullable String json) {
        JsonValue value = type.read(text);
        assertThat(value == null ? null : JsonWriter.compact(value)).isEqualTo(json);
    }

    @Test
    void aNumberOfTenThousandDigitsIsNone() {
        assertThat(ArgType.FLOAT.read("1".repeat(10_000))).isNull();
    }

    @Test
    void theWordsOfTypes() {
        List<String> words = new ArrayList<>();
        for (ArgType type : ArgType.values()) {
            words.add(type.word());
            assertThat(ArgType.of(type.word())).isEqualTo(type);
        }
        assertThat(words).containsExactly("string", "int", "bool", "float");
        assertThat(ArgType.of("number")).isNull();
    }

    @Test
    void whatIsKnownBeforeTheRun() {
        assertThat(ToolArguments.unknown(ACTION, List.of("cluster", "clustr", "xyz")))
                .containsExactly(
                        new ToolArguments.UnknownName("clustr", "did you mean `cluster`?"),
                        new ToolArguments.UnknownName("xyz", ""));
        assertThat(ToolArguments.missing(ACTION, List.of("limit"))).containsExactly("cluster");
        assertThat(ToolArguments.missing(ACTION, List.of("cluster"))).isEmpty();
        ToolFile.Arg level = requireNonNull(ACTION.arg("level"));
        assertThat(ToolArguments.problem(level, "1")).isNull();
        assertThat(ToolArguments.problem(level, "3")).isEqualTo("argument `level` is `3`, which is not one of 1, 2");
    }

    @Test
    void captures() {
        Capture capture = new Capture("rows", HERE, new Capture.From.Stdout(), HERE);
        assertThat(new ToolCapture(capture, false).read("{ \"a\" : 1 }"))
                .isEqualTo(new ToolCapture.Reading.Value("{ \"a\" : 1 }"));
        assertThat(new ToolCapture(capture, true).read("{ \"a\" : [1,\n 2.50] }"))
                .isEqualTo(new ToolCapture.Reading.Value("{\"a\":[1,2.50]}"));
        assertThat(((ToolCapture.Reading.NotJson) new ToolCapture(capture, true).read("rows: 1")).message())
                .startsWith("capture `rows` has `format: json`, and its source is not JSON: ");
    }
}

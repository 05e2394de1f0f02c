package dev.gert.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolveCallTest {
    private static final ResolveCall CALL = new ResolveCall(
            List.of(
                    new ResolveCall.Binding("server", "icm.server", "^[a-z]+$"),
                    new ResolveCall.Binding("count", "icm.fields.count", null)),
            Map.of("icmId", "4711"));

    private static ResolveCall.Resolved read(String json) {
        JsonValue value = ((JsonResult.Ok) JsonReader.read(json)).value();
        return CALL.read(value);
    }

    @Test
    void params() {
        assertThat(JsonWriter.compact(CALL.params()))
                .isEqualTo("{\"bindings\":{\"server\":{\"from\":\"icm.server\",\"pattern\":\"^[a-z]+$\"},"
                        + "\"count\":{\"from\":\"icm.fields.count\"}},\"context\":{\"icmId\":\"4711\"}}");
        assertThat(JsonWriter.compact(new ResolveCall(List.of(), Map.of()).params()))
                .isEqualTo("{\"bindings\":{},\"context\":{}}");
        assertThat(ResolveCall.METHOD).isEqualTo("resolve");
    }

    @Test
    void values() {
        ResolveCall.Resolved resolved =
                read("{\"warnings\":[\"stale\"],\"resolved\":{\"count\":12,\"server\":\"db {{ .x }}\"}}");
        assertThat(resolved.values()).containsExactly(Map.entry("server", "db {{ .x }}"), Map.entry("count", "12"));
        assertThat(resolved.warnings()).containsExactly("stale");
        assertThat(resolved.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12 | 12",
                "12345678901234567890 | 12345678901234567890",
                "1.50 | 1.50",
                "1e2 | 100",
                "true | true",
                "\"\" | ''",
            })
    void scalarsBecomeText(String json, String text) {
        assertThat(read("{\"resolved\":{\"count\":" + json + "}}").values()).containsExactly(Map.entry("count", text));
    }

    @Test
    void whatIsNotKnown() {
        ResolveCall.Resolved resolved = read("{\"resolved\":{\"count\":null},\"warnings\":null}");
        assertThat(resolved.values()).isEmpty();
        assertThat(resolved.warnings()).isEmpty();
        assertThat(resolved.problems()).isEmpty();
    }

    @Test
    void whatWasNotAskedForIsAWarning() {
        ResolveCall.Resolved resolved =
                read("{\"resolved\":{\"sever\":\"x\",\"other\":[1]},\"cost\":3,\"warnings\":[\"stale\"]}");
        assertThat(resolved.values()).isEmpty();
        assertThat(resolved.warnings())
                .containsExactly(
                        "stale",
                        "the provider gave `sever`, which was not asked for; `server` was",
                        "the provider gave `other`, which was not asked for",
                        "the provider's answer has a member `cost`, which means nothing");
        assertThat(resolved.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | the provider's answer is not a map with `resolved`",
                "null | the provider's answer is not a map with `resolved`",
                "{} | the provider's answer has no map `resolved`",
                "{\"resolved\":[]} | the provider's answer has a `resolved` that is not a map",
                "{\"resolved\":null} | the provider's answer has a `resolved` that is not a map",
                "{\"resolved\":{\"count\":{}}} | the provider's value of `count` is a map, not text",
                "{\"resolved\":{\"count\":[1]}} | the provider's value of `count` is a list, not text",
                "{\"resolved\":{},\"warnings\":\"x\"} | the provider's `warnings` are not a list",
                "{\"resolved\":{},\"warnings\":[1]} | one of the provider's `warnings` is not text",
            })
    void problems(String json, String problem) {
        assertThat(read(json).problems()).containsExactly(problem);
    }
}

package dev.gert.dispatch.replay;

import dev.gert.engine.port.Dispatcher.Result;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a recorded document says that a tool or service answered (formats-dialect.md). */
final class ToolAnswer {
    private static final Set<String> STREAMS = Set.of("stdout", "stderr", "exit_code", "success", "message");
    private static final String FAILED = "the recorded answer says `success: false`";

    private ToolAnswer() {}

    /** A service answers with the document itself. */
    static Result service(JsonValue document) {
        return new Result.Exited(
                failure(document) == null ? 0 : 1, JsonText.of(document), "", null, null, failure(document));
    }

    /** Of a tool: what it wrote and its exit code, where the document says these, else the document is what it wrote. */
    static Result command(JsonValue document) {
        if (!(document instanceof JsonValue.MapValue map) || !isOfStreams(map.entries())) {
            return service(document);
        }
        String failure = failure(document);
        int code = map.entries().get("exit_code") instanceof JsonValue.Num number
                ? number.value()
                        .max(BigDecimal.valueOf(-255))
                        .min(BigDecimal.valueOf(255))
                        .intValue()
                : 0;
        return new Result.Exited(
                failure != null && code == 0 ? 1 : code,
                stream(map.entries(), "stdout"),
                stream(map.entries(), "stderr"),
                null,
                null,
                failure);
    }

    private static boolean isOfStreams(Map<String, JsonValue> entries) {
        boolean some = false;
        for (String key : List.of("stdout", "stderr", "exit_code")) {
            some |= entries.containsKey(key);
        }
        return some && STREAMS.containsAll(entries.keySet());
    }

    private static String stream(Map<String, JsonValue> entries, String name) {
        JsonValue text = entries.get(name);
        return text == null ? "" : JsonText.of(text);
    }

    private static @Nullable String failure(JsonValue document) {
        boolean failed = document instanceof JsonValue.MapValue map
                && map.entries().get("success") instanceof JsonValue.Bool success
                && !success.value();
        if (!failed) {
            return null;
        }
        JsonValue message = ((JsonValue.MapValue) document).entries().get("message");
        String said = message == null ? "" : JsonText.of(message);
        return said.isEmpty() ? FAILED : said;
    }
}

package dev.gert.dispatch.tool;

import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session of the Model Context Protocol over a {@link JsonRpcClient}: its handshake, and calls of tools. */
public final class McpSession {
    /** The newest revision that gert knows; a server may answer with an older one. */
    private static final String PROTOCOL = "2025-06-18";

    private final JsonRpcClient client;

    private McpSession(JsonRpcClient client) {
        this.client = client;
    }

    /** What the handshake came to. */
    public sealed interface Opening {
        /** Tools can be called. */
        record Open(McpSession session) implements Opening {}

        /** They can't, and why. */
        record Refused(String why) implements Opening {}
    }

    /** What a tool answered. */
    public sealed interface ToolAnswer {
        /**
         * The tool ran.
         *
         * @param text {@code structuredContent} as JSON where there is one, else the text contents, joined by newlines
         * @param isError whether the tool says that it failed
         */
        record Content(String text, boolean isError) implements ToolAnswer {}

        /** There is no answer of the tool; {@code answer} is never a result. */
        record None(Answer answer) implements ToolAnswer {}
    }

    /** {@code version}: gert's own. */
    public static Opening open(JsonRpcClient client, String version, long timeoutMillis) throws InterruptedException {
        JsonValue info = map("name", JsonValue.text("gert"), "version", JsonValue.text(version));
        JsonValue params = map("protocolVersion", JsonValue.text(PROTOCOL), "capabilities", map(), "clientInfo", info);
        Answer answer = client.call("initialize", params, timeoutMillis);
        if (!(answer instanceof Answer.Result result)) {
            return new Opening.Refused(answer.problem());
        }
        if (!(member(result.value(), "protocolVersion") instanceof JsonValue.Text)) {
            return new Opening.Refused("the server's answer to `initialize` has no `protocolVersion`");
        }
        client.notify("notifications/initialized", JsonValue.Null.NULL);
        return new Opening.Open(new McpSession(client));
    }

    /** {@code arguments}: a map. */
    public ToolAnswer callTool(String name, JsonValue.MapValue arguments, long timeoutMillis)
            throws InterruptedException {
        JsonValue params = map("name", JsonValue.text(name), "arguments", arguments);
        Answer answer = client.call("tools/call", params, timeoutMillis);
        return answer instanceof Answer.Result result ? content(result.value()) : new ToolAnswer.None(answer);
    }

    private static ToolAnswer content(JsonValue result) {
        JsonValue structured = member(result, "structuredContent");
        JsonValue parts = member(result, "content");
        if (!(parts instanceof JsonValue.ListValue list)) {
            return new ToolAnswer.None(new Answer.Malformed("a tool's answer without a list `content`"));
        }
        StringBuilder text = new StringBuilder();
        boolean any = false;
        for (JsonValue part : list.items()) {
            if (member(part, "type") instanceof JsonValue.Text type
                    && type.value().equals("text")) {
                if (!(member(part, "text") instanceof JsonValue.Text words)) {
                    return new ToolAnswer.None(new Answer.Malformed("a text content without `text`"));
                }
                text.append(any ? "\n" : "").append(words.value());
                any = true;
            }
        }
        boolean isError = member(result, "isError") instanceof JsonValue.Bool bool && bool.value();
        String said = structured == null ? text.toString() : JsonWriter.compact(structured);
        return new ToolAnswer.Content(said, isError);
    }

    private static @Nullable JsonValue member(JsonValue value, String name) {
        return value instanceof JsonValue.MapValue map ? map.entries().get(name) : null;
    }

    /** Names and values in turn. */
    private static JsonValue.MapValue map(Object... entries) {
        Map<String, JsonValue> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], (JsonValue) entries[i + 1]);
        }
        return new JsonValue.MapValue(map);
    }
}

package dev.gert.dispatch.tool;

import static dev.gert.dispatch.tool.TestServer.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class McpSessionTest {
    private static final JsonValue.MapValue EMPTY = new JsonValue.MapValue(Map.of());

    private static JsonValue.MapValue json(String text) {
        return (JsonValue.MapValue) ((JsonResult.Ok) JsonReader.read(text)).value();
    }

    private static McpSession open(TestServer server) throws InterruptedException {
        McpSession.Opening opening = McpSession.open(server.client, "1.2.3", LONG);
        assertThat(opening).isInstanceOf(McpSession.Opening.Open.class);
        return ((McpSession.Opening.Open) opening).session();
    }

    @Test
    void toolsAreCalled() throws Exception {
        try (TestServer server = TestServer.start()) {
            McpSession session = open(server);
            assertThat(session.callTool("initialized", EMPTY, LONG))
                    .as("the server was told that the client is ready")
                    .isEqualTo(new McpSession.ToolAnswer.Content("1", false));
            assertThat(session.callTool("echo", json("{\"a\":[1,\"é\"]}"), LONG))
                    .isEqualTo(new McpSession.ToolAnswer.Content("{\"a\":[1,\"é\"]}\nsecond", false));
            assertThat(session.callTool("fails", EMPTY, LONG)).isEqualTo(new McpSession.ToolAnswer.Content("no", true));
            assertThat(session.callTool("structured", EMPTY, LONG))
                    .isEqualTo(new McpSession.ToolAnswer.Content("{\"rows\":[1]}", false));
            assertThat(session.callTool("empty", EMPTY, LONG))
                    .isEqualTo(new McpSession.ToolAnswer.None(
                            new Answer.Malformed("a tool's answer without a list `content`")));
            assertThat(session.callTool("odd", EMPTY, LONG))
                    .isEqualTo(new McpSession.ToolAnswer.None(new Answer.Malformed("a text content without `text`")));
            assertThat(session.callTool("unheard-of", EMPTY, LONG))
                    .isEqualTo(new McpSession.ToolAnswer.None(new Answer.Failed(-32602, "unknown tool", null)));
        }
    }

    @Test
    void theHandshake() throws Exception {
        String answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\"}}\n";
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        JsonRpcClient client = new JsonRpcClient(new Answering(sent, answer), sent, "test");
        assertThat(McpSession.open(client, "1.2.3", LONG)).isInstanceOf(McpSession.Opening.Open.class);
        assertThat(client.shutdown(null, LONG)).isTrue();
        assertThat(sent.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
                        + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},"
                        + "\"clientInfo\":{\"name\":\"gert\",\"version\":\"1.2.3\"}}}\n"
                        + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
    }

    @Test
    void refusals() throws Exception {
        assertThat(refusal("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":\"no\"}}\n"))
                .isEqualTo("the server answered with error -32601: no");
        assertThat(refusal("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n"))
                .isEqualTo("the server's answer to `initialize` has no `protocolVersion`");
        assertThat(refusal("")).isEqualTo("the server closed its output");
    }

    private static String refusal(String answer) throws InterruptedException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (JsonRpcClient client = new JsonRpcClient(new Answering(sent, answer), sent, "test")) {
            return ((McpSession.Opening.Refused) McpSession.open(client, "1", LONG)).why();
        }
    }

    /** Says nothing before something was sent. */
    private static final class Answering extends java.io.InputStream {
        private final ByteArrayOutputStream sent;
        private final ByteArrayInputStream answer;

        Answering(ByteArrayOutputStream sent, String answer) {
            this.sent = sent;
            this.answer = new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int read() {
            while (sent.size() == 0) {
                Thread.onSpinWait();
            }
            return answer.read();
        }
    }
}

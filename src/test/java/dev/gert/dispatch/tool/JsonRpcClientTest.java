package dev.gert.dispatch.tool;

import static dev.gert.dispatch.tool.TestServer.LONG;
import static dev.gert.dispatch.tool.TestServer.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class JsonRpcClientTest {
    private static final JsonValue NONE = JsonValue.Null.NULL;

    private static JsonValue json(String text) {
        return ((JsonResult.Ok) JsonReader.read(text)).value();
    }

    private static String result(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Result.class);
        return JsonWriter.compact(((Answer.Result) answer).value());
    }

    @Test
    void callsAreAnswered() throws Exception {
        try (TestServer server = TestServer.start()) {
            JsonRpcClient client = server.client;
            String params = "{\"name\":\"é\\n\\\"\u2028\",\"n\":[1,2.50,true,null]}";
            assertThat(client.call("echo", json(params), LONG)).isEqualTo(new Answer.Result(json(params)));
            assertThat(result(client.call("echo", json("[1]"), LONG))).isEqualTo("[1]");
            assertThat(result(client.call("echo", NONE, LONG))).isEqualTo("\"no params\"");
            assertThat(result(client.call("nothing", NONE, LONG))).isEqualTo("null");
            assertThat(client.call("fail", NONE, LONG))
                    .isEqualTo(new Answer.Failed(-32000, "no such table", json("{\"table\":1}")));
            assertThat(result(client.call("chatty", json("[2]"), LONG))).isEqualTo("[2]");
            assertThat(result(client.call("twice", NONE, LONG))).isEqualTo("1");
            assertThat(result(client.call("loose", NONE, LONG))).isEqualTo("\"without a version\"");
            client.notify("echo", NONE);
            assertThat(result(client.call("echo", json("[3]"), LONG))).isEqualTo("[3]");
            assertThat(JsonText.of(((Answer.Result) client.call("large", NONE, LONG)).value()))
                    .hasSize(15 << 20);
            assertThat(result(client.call("crowded-text", NONE, LONG))).startsWith("\"\\\"[,[,");
        }
    }

    @Test
    void anAnswerThatIsNoneSpoilsItsCallAlone() throws Exception {
        try (TestServer server = TestServer.start()) {
            JsonRpcClient client = server.client;
            assertThat(client.call("old", NONE, LONG))
                    .isEqualTo(new Answer.Malformed("an answer that is not of JSON-RPC 2.0"));
            assertThat(client.call("neither", NONE, LONG))
                    .isEqualTo(new Answer.Malformed("an answer with neither `result` nor `error`"));
            assertThat(client.call("both", NONE, LONG))
                    .isEqualTo(new Answer.Malformed("an answer with both `result` and `error`"));
            Answer oddError =
                    new Answer.Malformed("an `error` without a whole number as `code` and a text as `message`");
            assertThat(client.call("odd-error", NONE, LONG)).isEqualTo(oddError);
            assertThat(client.call("odd-code", NONE, LONG)).isEqualTo(oddError);
            assertThat(client.call("latin", NONE, LONG)).isEqualTo(new Answer.Malformed("bytes that are not UTF-8"));
            assertThat(client.call("null-id", NONE, LONG)).isEqualTo(new Answer.Failed(-32700, "parse error", null));
            assertThat(result(client.call("echo", json("[3]"), LONG))).isEqualTo("[3]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "garbage | a line that is not JSON",
                "number | a line that is JSON and not a message",
                "nobody | a message that is neither a request nor an answer",
                "batch | a batch, which is refused",
                "huge | a line of more than 16 MiB",
                "crowded | a message of more than 1000000 values",
            })
    void whatIsNoMessageEndsTheConnection(String method, String why) throws Exception {
        try (TestServer server = TestServer.start()) {
            Answer first = server.client.call(method, NONE, LONG);
            assertThat(first).isInstanceOf(Answer.Malformed.class);
            assertThat(((Answer.Malformed) first).why()).startsWith(why);
            assertThat(first.problem()).startsWith("the server sent " + why);
            assertThat(server.client.call("echo", NONE, LONG)).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit | the server closed its output",
                "half | the server closed its output in the middle of a message",
            })
    void aServerThatIsGone(String method, String why) throws Exception {
        try (TestServer server = TestServer.start()) {
            assertThat(server.client.call(method, NONE, LONG)).isEqualTo(new Answer.Closed(why));
            assertThat(server.client.call("echo", NONE, LONG)).isEqualTo(new Answer.Closed(why));
            server.client.notify("echo", NONE);
        }
    }

    @Test
    void aServerThatNeverAnswersOrLate() throws Exception {
        try (TestServer server = TestServer.start()) {
            JsonRpcClient client = server.client;
            assertThat(result(client.call("echo", json("[0]"), LONG))).isEqualTo("[0]");
            assertThat(client.call("never", NONE, SHORT)).isEqualTo(new Answer.TimedOut(SHORT));
            assertThat(client.call("hold", NONE, SHORT).problem()).isEqualTo("the server did not answer within 150 ms");
            assertThat(result(client.call("release", NONE, LONG))).isEqualTo("true");
            assertThat(result(client.call("echo", json("[1]"), LONG))).isEqualTo("[1]");
            assertThat(client.call("null-id", NONE, SHORT))
                    .as("it may be meant for one that was given up")
                    .isInstanceOf(Answer.TimedOut.class);
        }
    }

    /** A pipe holds 64 KiB; the rest of a message waits in a thread that no caller waits for. */
    @Test
    void aServerThatNeverReads() throws Exception {
        try (TestServer server = TestServer.start()) {
            JsonRpcClient client = server.client;
            assertThat(client.call("deaf", NONE, SHORT)).isInstanceOf(Answer.TimedOut.class);
            JsonValue large = JsonValue.text("x".repeat(1 << 20));
            JsonValue params = new JsonValue.ListValue(List.of(large));
            assertThat(client.call("echo", params, SHORT)).isInstanceOf(Answer.TimedOut.class);
            assertThat(client.call("echo", params, SHORT)).isInstanceOf(Answer.TimedOut.class);
            assertThat(client.shutdown("shutdown", SHORT)).isFalse();
        }
    }

    @Test
    void manyCallers() throws Exception {
        long seed = Long.getLong("gert.seed", 20260302L);
        Random random = new Random(seed);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try (TestServer server = TestServer.start()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String params = "[" + i + ",\"" + "x".repeat(random.nextInt(20_000)) + "\"]";
                Callable<String> call = () -> {
                    String back = result(server.client.call("echo", json(params), LONG));
                    return back.equals(params) ? "same" : back;
                };
                answers.add(callers.submit(call));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get(LONG, TimeUnit.MILLISECONDS))
                        .as("seed %s", seed)
                        .isEqualTo("same");
            }
        } finally {
            callers.shutdownNow();
        }
    }

    /** The server answers in the opposite order, and each caller gets its own. */
    @Test
    void answersInAnyOrder() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (TestServer server = TestServer.start()) {
            List<Future<Answer>> held = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                JsonValue own = json("[" + i + "]");
                held.add(callers.submit(() -> server.client.call("hold", own, LONG)));
            }
            String known = "[]";
            while (known.chars().filter(c -> c == ',').count() < 2) {
                known = result(server.client.call("asked", NONE, LONG));
            }
            assertThat(result(server.client.call("release", NONE, LONG))).isEqualTo("true");
            for (int i = 0; i < 3; i++) {
                assertThat(result(held.get(i).get(LONG, TimeUnit.MILLISECONDS))).isEqualTo("[" + i + "]");
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void whatTheServerAsksIsRefusedAndAPingAnswered() throws Exception {
        try (TestServer server = TestServer.start()) {
            assertThat(result(server.client.call("asks", NONE, LONG))).isEqualTo("true");
            String answers = "[]";
            while (!answers.contains("77")) {
                answers = result(server.client.call("asked", NONE, LONG));
            }
            assertThat(answers)
                    .isEqualTo(
                            "[{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}},"
                                    + "{\"jsonrpc\":\"2.0\",\"id\":77,\"error\":{\"code\":-32601,\"message\":\"method not found\"}}]");
        }
    }

    @Test
    void shutdownCallsAndThenClosesTheInput(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        try (TestServer server = TestServer.start(log)) {
            assertThat(result(server.client.call("echo", NONE, LONG))).isEqualTo("\"no params\"");
            assertThat(server.client.shutdown("shutdown", LONG)).isTrue();
            assertThat(server.process.waitFor(LONG, TimeUnit.MILLISECONDS)).isTrue();
            assertThat(Files.readString(log)).isEqualTo("echo\nshutdown\nend of input\n");
            assertThat(server.client.call("echo", NONE, LONG))
                    .isEqualTo(new Answer.Closed("the connection was closed by gert"));
        }
    }

    @Test
    void shutdownWithoutAMethod(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        try (TestServer server = TestServer.start(log)) {
            server.client.notify("said", NONE);
            assertThat(server.client.shutdown(null, LONG)).isTrue();
            assertThat(server.process.waitFor(LONG, TimeUnit.MILLISECONDS)).isTrue();
            assertThat(Files.readString(log)).isEqualTo("said\nend of input\n");
        }
    }

    @Test
    void closingEndsCallsThatWait() throws Exception {
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (TestServer server = TestServer.start()) {
            Future<Answer> waiting = caller.submit(() -> server.client.call("hold", NONE, LONG));
            String known = "[]";
            while (known.equals("[]")) {
                known = result(server.client.call("asked", NONE, LONG));
            }
            server.client.close();
            assertThat(waiting.get(LONG, TimeUnit.MILLISECONDS))
                    .isEqualTo(new Answer.Closed("the connection was closed by gert"));
        } finally {
            caller.shutdownNow();
        }
    }

    @Test
    void anInputThatCantBeWritten() throws Exception {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        JsonRpcClient client = new JsonRpcClient(silence(), broken, "test");
        Answer closed = new Answer.Closed("the server does not read its input any more");
        assertThat(client.call("a", NONE, LONG)).isEqualTo(closed);
        assertThat(client.call("b", NONE, LONG)).isEqualTo(closed);
        client.close();
    }

    /** A call that was given up before it was sent is not made later, when nobody reads its answer. */
    @Test
    void whatWasGivenUpIsNotSentLater() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        OutputStream narrow = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                try {
                    open.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                sent.write(b);
            }
        };
        JsonRpcClient client = new JsonRpcClient(silence(), narrow, "test");
        assertThat(client.call("first", NONE, SHORT)).isInstanceOf(Answer.TimedOut.class);
        assertThat(client.call("second", NONE, SHORT)).isInstanceOf(Answer.TimedOut.class);
        client.notify("third", NONE);
        open.countDown();
        assertThat(client.shutdown(null, LONG)).isTrue();
        assertThat(sent.toString(StandardCharsets.UTF_8))
                .contains("first", "third")
                .doesNotContain("second");
    }

    private static InputStream silence() {
        return new InputStream() {
            @Override
            public synchronized int read() throws IOException {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return -1;
            }
        };
    }

    @Test
    void whateverBytesComeNothingIsThrown() throws Exception {
        long seed = Long.getLong("gert.seed", 20260303L);
        Random random = new Random(seed);
        String message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1,\"message\":\"x\"},\"result\":null}\n";
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            MessageLines lines = new MessageLines(new ByteArrayInputStream(bytes));
            for (MessageLines.Next next = lines.next();
                    next instanceof MessageLines.Next.Line line;
                    next = lines.next()) {
                assertThat(Incoming.of(line.bytes())).as("seed %s", seed).isNotNull();
            }
        }
    }

    @Test
    void linesAreCutAtNewlinesOnly() throws Exception {
        String text = "a\r\n\n" + "b".repeat(8192) + "\n" + "c".repeat(100_000) + "\nd\u2028e\nf";
        MessageLines lines = new MessageLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        List<String> read = new ArrayList<>();
        MessageLines.Next next = lines.next();
        for (; next instanceof MessageLines.Next.Line line; next = lines.next()) {
            read.add(new String(line.bytes(), StandardCharsets.UTF_8));
        }
        assertThat(read).containsExactly("a\r", "", "b".repeat(8192), "c".repeat(100_000), "d\u2028e");
        assertThat(next).isEqualTo(new MessageLines.Next.End(true));
    }

    @Test
    void aLineMayHave16MiBAndNotAByteMore() throws Exception {
        byte[] most = "x".repeat(MessageLines.MAX).concat("\n").getBytes(StandardCharsets.UTF_8);
        assertThat(new MessageLines(new ByteArrayInputStream(most)).next()).isInstanceOf(MessageLines.Next.Line.class);
        byte[] more = "x".repeat(MessageLines.MAX + 1).concat("\n").getBytes(StandardCharsets.UTF_8);
        assertThat(new MessageLines(new ByteArrayInputStream(more)).next())
                .isInstanceOf(MessageLines.Next.TooLong.class);
    }

    @Test
    void problems() {
        Map<Answer, String> words = Map.of(
                new Answer.Failed(3, "x", null), "the server answered with error 3: x",
                new Answer.Closed("gone"), "gone",
                new Answer.Result(NONE), "");
        for (Map.Entry<Answer, String> entry : words.entrySet()) {
            assertThat(entry.getKey().problem()).isEqualTo(entry.getValue());
        }
    }
}

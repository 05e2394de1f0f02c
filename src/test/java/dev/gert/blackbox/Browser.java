package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A Chromium without a window, driven by its own protocol; it writes down every request that it makes. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final int SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final Map<Long, CompletableFuture<JsonValue>> answers = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<JsonValue>> awaited = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private long last;

    static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM);
    }

    Browser(Path folder) throws Exception {
        Path data = folder.resolve("browser");
        process = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + data,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("browser.log").toFile())
                .start();
        Path port = data.resolve("DevToolsActivePort");
        Workshop.await("the browser", () -> Files.isRegularFile(port) && size(port) > 0);
        String at = "http://127.0.0.1:" + Files.readAllLines(port).get(0);
        HttpClient client = HttpClient.newHttpClient();
        String targets = client.send(
                        HttpRequest.newBuilder(URI.create(at + "/json/list")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        String page = "";
        for (JsonValue target : ((JsonValue.ListValue) read(targets)).items()) {
            if (JsonText.of(member(target, "type")).equals("page")) {
                page = JsonText.of(member(target, "webSocketDebuggerUrl"));
            }
        }
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(page), new Listener())
                .get(SECONDS, TimeUnit.SECONDS);
        call("Page.enable", "{}");
        call("Network.enable", "{}");
        call("Runtime.enable", "{}");
        call("Log.enable", "{}");
    }

    /** Opens the page and waits until it is loaded. */
    void open(Path page) throws Exception {
        open(page.toUri().toString());
    }

    void open(String url) throws Exception {
        CompletableFuture<JsonValue> loaded = new CompletableFuture<>();
        awaited.put("Page.loadEventFired", loaded);
        call("Page.navigate", "{\"url\":\"" + url + "\"}");
        loaded.get(SECONDS, TimeUnit.SECONDS);
    }

    /** What an expression comes to, as text; the page's own policy does not bind it. */
    String ask(String expression) throws Exception {
        JsonValue.MapValue arguments = new JsonValue.MapValue(
                Map.of("expression", JsonValue.text(expression), "returnByValue", JsonValue.bool(true)));
        JsonValue result = call("Runtime.evaluate", JsonWriter.compact(arguments));
        assertThat(((JsonValue.MapValue) result).entries()).as(expression).doesNotContainKey("exceptionDetails");
        return JsonText.of(member(member(result, "result"), "value"));
    }

    /** A key, pressed and let go. */
    void press(String key, String text) throws Exception {
        String code = key.equals(" ") ? "Space" : key;
        int number = key.equals("Tab") ? 9 : key.equals("Enter") ? 13 : 32;
        String rest = "\"key\":\"" + key + "\",\"code\":\"" + code + "\",\"windowsVirtualKeyCode\":" + number;
        call("Input.dispatchKeyEvent", "{\"type\":\"keyDown\"," + rest + ",\"text\":\"" + text + "\"}");
        call("Input.dispatchKeyEvent", "{\"type\":\"keyUp\"," + rest + "}");
    }

    /** {@code dark} or {@code light}, {@code screen} or {@code print}. */
    void look(String scheme, String medium) throws Exception {
        call(
                "Emulation.setEmulatedMedia",
                "{\"media\":\"" + medium + "\",\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme
                        + "\"}]}");
    }

    /** Looks at the page until the expression is true. */
    void await(String expression) {
        Workshop.await(expression, () -> {
            try {
                return ask("String(!!(" + expression + "))").equals("true");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** A picture of what is seen now. */
    void picture(Path file, int width, int height) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":1,\"mobile\":false}");
        JsonValue shot = call("Page.captureScreenshot", "{\"format\":\"png\"}");
        Files.write(file, Base64.getDecoder().decode(JsonText.of(member(shot, "data"))));
    }

    /** The URLs that were asked for, the page's own among them. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Exceptions, dialogs, and what the page's policy had to forbid. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    JsonValue call(String method, String parameters) throws Exception {
        long id = ++last;
        CompletableFuture<JsonValue> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .get(SECONDS, TimeUnit.SECONDS);
        JsonValue whole = answer.get(SECONDS, TimeUnit.SECONDS);
        assertThat(((JsonValue.MapValue) whole).entries()).as(method).containsKey("result");
        return member(whole, "result");
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    private void take(String message) {
        JsonValue.MapValue whole = (JsonValue.MapValue) read(message);
        if (whole.entries().get("id") instanceof JsonValue.Num id) {
            answers.remove(id.value().longValueExact()).complete(whole);
            return;
        }
        String method = JsonText.of(member(whole, "method"));
        if (method.equals("Network.requestWillBeSent")) {
            requests.add(JsonText.of(member(member(member(whole, "params"), "request"), "url")));
        } else if (method.equals("Runtime.exceptionThrown")
                || method.equals("Log.entryAdded")
                || method.equals("Page.javascriptDialogOpening")) {
            complaints.add(message);
        }
        CompletableFuture<JsonValue> waiting = awaited.remove(method);
        if (waiting != null) {
            waiting.complete(whole);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static JsonValue read(String text) {
        return ((JsonResult.Ok) JsonReader.read(text)).value();
    }

    private static JsonValue member(JsonValue map, String name) {
        return ((JsonValue.MapValue) map).entries().getOrDefault(name, JsonValue.Null.NULL);
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            part.append(data);
            if (isLast) {
                String message = part.toString();
                part.setLength(0);
                take(message);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}

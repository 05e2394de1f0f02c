package dev.gert.dispatch.tool;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/** A server of JSON-RPC and MCP, and of what is neither: its behaviour is the method that is called. */
final class ServerMain {
    private static final int MIB = 1 << 20;

    private final OutputStream out;
    private final List<String> held = new ArrayList<>();
    private final List<String> heldParams = new ArrayList<>();

    private ServerMain(OutputStream out) {
        this.out = out;
    }

    /** An argument is a file that gets a line for each message, and one for the end of the input. */
    public static void main(String[] args) throws IOException {
        System.err.print("starting\nser");
        System.err.flush();
        System.err.println("ver ready to answer");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StringBuilder log = new StringBuilder();
        ServerMain server = new ServerMain(System.out);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Map<String, JsonValue> message =
                    ((JsonValue.MapValue) ((JsonResult.Ok) JsonReader.read(line)).value()).entries();
            if (message.get("method") instanceof JsonValue.Text method) {
                log.append(method.value()).append('\n');
                server.answer(method.value(), message);
            } else {
                server.held.add(line);
            }
        }
        log.append("end of input\n");
        if (args.length > 0) {
            Files.writeString(Path.of(args[0]), log);
        }
    }

    private void answer(String method, Map<String, JsonValue> message) throws IOException {
        JsonValue idValue = message.get("id");
        String id = idValue == null ? "null" : JsonWriter.compact(idValue);
        JsonValue params = message.getOrDefault("params", JsonValue.text("no params"));
        String echo = "\"result\":" + JsonWriter.compact(params);
        switch (method) {
            case "echo" -> send(id, echo);
            case "nothing" -> send(id, "\"result\":null");
            case "shutdown" -> send(id, "\"result\":\"bye\"");
            case "fail" -> send(id, "\"error\":{\"code\":-32000,\"message\":\"no such table\",\"data\":{\"table\":1}}");
            case "chatty" -> {
                line("{\"jsonrpc\":\"2.0\",\"method\":\"progress\",\"params\":{\"id\":" + id + "}}");
                line("");
                line("{\"id\":999,\"result\":\"of another call\"}");
                line("{\"id\":\"" + id + "\",\"result\":\"of a text id\"}");
                line("{\"id\":1.5,\"result\":\"of half an id\"}");
                send(id, echo);
            }
            case "twice" -> {
                send(id, "\"result\":1");
                send(id, "\"result\":2");
            }
            case "hold" -> {
                held.add(id);
                heldParams.add(JsonWriter.compact(params));
            }
            case "release" -> {
                for (int i = held.size() - 1; i >= 0; i--) {
                    send(held.get(i), "\"result\":" + heldParams.get(i));
                }
                send(id, "\"result\":true");
            }
            case "asks" -> {
                line("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}");
                line("{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"roots/list\"}");
                send(id, "\"result\":true");
            }
            case "asked" -> send(id, "\"result\":[" + String.join(",", held) + "]");
            case "loose" -> line("{\"id\":" + id + ",\"result\":\"without a version\",\"error\":null}");
            case "old" -> line("{\"jsonrpc\":\"1.0\",\"id\":" + id + ",\"result\":1}");
            case "neither" -> send(id, "\"value\":1");
            case "both" -> send(id, "\"result\":1,\"error\":{\"code\":1,\"message\":\"x\"}");
            case "odd-error" -> send(id, "\"error\":\"broken\"");
            case "odd-code" -> send(id, "\"error\":{\"code\":1.5,\"message\":\"x\"}");
            case "null-id" ->
                line("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"parse error\"}}");
            case "latin" ->
                line("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":\"caf\u00e9\"}", StandardCharsets.ISO_8859_1);
            case "garbage" -> line("Traceback (most recent call last):");
            case "number" -> line("42");
            case "nobody" -> line("{\"jsonrpc\":\"2.0\"}");
            case "batch" -> line("[{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":1}]");
            case "half" -> {
                out.write("{\"jsonrpc\":\"2.0\",\"id\"".getBytes(StandardCharsets.UTF_8));
                out.flush();
                Runtime.getRuntime().halt(0);
            }
            case "exit" -> Runtime.getRuntime().halt(3);
            case "large" -> send(id, "\"result\":\"" + "x".repeat(15 * MIB) + "\"");
            case "huge" -> flood();
            case "crowded" -> send(id, "\"result\":[" + "0,".repeat(1_000_001) + "0]");
            case "crowded-text" -> send(id, "\"result\":\"\\\"" + "[,".repeat(1_000_001) + "\"");
            case "deaf" -> {
                while (true) {
                    LockSupport.park();
                }
            }
            case "initialize" ->
                send(
                        id,
                        "\"result\":{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{\"tools\":{}}," + "\"asked\":"
                                + JsonWriter.compact(params) + "}");
            case "notifications/initialized" -> held.add("\"initialized\"");
            case "tools/call" -> tool(id, ((JsonValue.MapValue) params).entries());
            default -> {
                // never answers
            }
        }
    }

    private void tool(String id, Map<String, JsonValue> params) throws IOException {
        String name = ((JsonValue.Text) Objects.requireNonNull(params.get("name"))).value();
        String arguments =
                JsonWriter.compact(JsonValue.text(JsonWriter.compact(Objects.requireNonNull(params.get("arguments")))));
        String text = "{\"type\":\"text\",\"text\":TEXT}";
        switch (name) {
            case "echo" ->
                send(
                        id,
                        "\"result\":{\"content\":[" + text.replace("TEXT", arguments)
                                + ",{\"type\":\"image\",\"data\":\"AA==\",\"mimeType\":\"image/png\"},"
                                + text.replace("TEXT", "\"second\"")
                                + "]}");
            case "fails" ->
                send(id, "\"result\":{\"isError\":true,\"content\":[" + text.replace("TEXT", "\"no\"") + "]}");
            case "structured" -> send(id, "\"result\":{\"content\":[],\"structuredContent\":{\"rows\":[1]}}");
            case "empty" -> send(id, "\"result\":{}");
            case "odd" -> send(id, "\"result\":{\"content\":[{\"type\":\"text\"}]}");
            case "initialized" ->
                send(id, "\"result\":{\"content\":[" + text.replace("TEXT", "\"" + held.size() + "\"") + "]}");
            default -> send(id, "\"error\":{\"code\":-32602,\"message\":\"unknown tool\"}");
        }
    }

    private void flood() throws IOException {
        byte[] chunk = "x".repeat(MIB).getBytes(StandardCharsets.UTF_8);
        while (true) {
            out.write(chunk);
        }
    }

    private void send(String id, String member) throws IOException {
        line("{\"jsonrpc\":\"2.0\",\"id\":" + id + "," + member + "}");
    }

    private void line(String line) throws IOException {
        line(line, StandardCharsets.UTF_8);
    }

    private void line(String line, Charset charset) throws IOException {
        out.write((line + "\n").getBytes(charset));
        out.flush();
    }
}

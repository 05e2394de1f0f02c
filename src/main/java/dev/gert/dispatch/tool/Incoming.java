package dev.gert.dispatch.tool;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a server, understood. */
sealed interface Incoming {
    /** An answer; {@code id} null: an error, and the server could not tell of what. */
    record Response(@Nullable Long id, Answer answer) implements Incoming {}

    /** The server asks something of the client. */
    record Request(JsonValue id, String method) implements Incoming {}

    /** Notifications, empty lines, answers to what was never asked. */
    record Nothing() implements Incoming {}

    /** Not a message at all: nothing that follows can be trusted. */
    record Broken(String why) implements Incoming {}

    /** Bounds the memory that a value takes beyond its text. */
    int MAX_VALUES = 1_000_000;

    static Incoming of(byte[] line) {
        if (isBlank(line)) {
            return new Nothing();
        }
        if (marks(line) > MAX_VALUES) {
            return new Broken("a message of more than " + MAX_VALUES + " values");
        }
        boolean clean = true;
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            clean = false;
            text = new String(line, StandardCharsets.UTF_8);
        }
        JsonResult result = JsonReader.read(text);
        if (result instanceof JsonResult.Broken broken) {
            return new Broken("a line that is not JSON: " + broken.message());
        }
        JsonValue value = ((JsonResult.Ok) result).value();
        if (value instanceof JsonValue.ListValue) {
            return new Broken("a batch, which is refused");
        }
        if (!(value instanceof JsonValue.MapValue map)) {
            return new Broken("a line that is JSON and not a message");
        }
        return of(map.entries(), clean);
    }

    private static Incoming of(Map<String, JsonValue> message, boolean clean) {
        JsonValue id = message.get("id");
        if (message.get("method") instanceof JsonValue.Text method) {
            return id == null || id instanceof JsonValue.Null ? new Nothing() : new Request(id, method.value());
        }
        if (id == null) {
            return new Broken("a message that is neither a request nor an answer");
        }
        Long number = number(id);
        if (number == null && !(id instanceof JsonValue.Null)) {
            return new Nothing();
        }
        Answer answer = clean ? answer(message) : new Answer.Malformed("bytes that are not UTF-8");
        return number == null && !(answer instanceof Answer.Failed) ? new Nothing() : new Response(number, answer);
    }

    private static Answer answer(Map<String, JsonValue> message) {
        JsonValue version = message.get("jsonrpc");
        if (version != null
                && !(version instanceof JsonValue.Text text && text.value().equals("2.0"))) {
            return new Answer.Malformed("an answer that is not of JSON-RPC 2.0");
        }
        JsonValue result = message.get("result");
        JsonValue error = message.get("error");
        if (error == null || error instanceof JsonValue.Null) {
            return result == null
                    ? new Answer.Malformed("an answer with neither `result` nor `error`")
                    : new Answer.Result(result);
        }
        if (result != null && !(result instanceof JsonValue.Null)) {
            return new Answer.Malformed("an answer with both `result` and `error`");
        }
        if (error instanceof JsonValue.MapValue map && map.entries().get("message") instanceof JsonValue.Text text) {
            JsonValue code = map.entries().get("code");
            Long number = code == null ? null : number(code);
            if (number != null) {
                return new Answer.Failed(number, text.value(), map.entries().get("data"));
            }
        }
        return new Answer.Malformed("an `error` without a whole number as `code` and a text as `message`");
    }

    private static @Nullable Long number(JsonValue value) {
        if (!(value instanceof JsonValue.Num number)) {
            return null;
        }
        BigDecimal decimal = number.value();
        boolean near = decimal.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return near && decimal.stripTrailingZeros().scale() <= 0 ? Long.valueOf(decimal.longValue()) : null;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    /** What separates values, outside of texts. */
    private static int marks(byte[] line) {
        int marks = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length; i++) {
            byte b = line[i];
            if (quoted && b == '\\') {
                i++;
            } else if (b == '"') {
                quoted = !quoted;
            } else if (!quoted && (b == ',' || b == ':' || b == '[' || b == '{')) {
                marks++;
            }
        }
        return marks;
    }
}

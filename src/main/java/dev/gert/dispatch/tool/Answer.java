package dev.gert.dispatch.tool;

import dev.gert.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What a call came to. Texts of the server are raw: the redactor has not seen them. */
public sealed interface Answer {
    /** The server's result. */
    record Result(JsonValue value) implements Answer {}

    /** The server's error; {@code data} null: it gave none. */
    record Failed(long code, String message, @Nullable JsonValue data) implements Answer {}

    /** Nothing came in time; the call may still have an effect. */
    record TimedOut(long timeoutMillis) implements Answer {}

    /** There is no server any more, or the client was closed; the call may have had an effect. */
    record Closed(String why) implements Answer {}

    /** What came is not JSON-RPC; the call may have had an effect. */
    record Malformed(String why) implements Answer {}

    /** What to say of an answer that is no result. */
    default String problem() {
        if (this instanceof Failed failed) {
            return "the server answered with error " + failed.code() + ": " + failed.message();
        }
        if (this instanceof TimedOut late) {
            return "the server did not answer within " + late.timeoutMillis() + " ms";
        }
        if (this instanceof Closed closed) {
            return closed.why();
        }
        return this instanceof Malformed malformed ? "the server sent " + malformed.why() : "";
    }
}

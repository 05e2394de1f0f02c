package dev.gert.dispatch.tool;

import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON-RPC 2.0, a message a line (formats-dialect.md, {@code transport}). Any number of threads may
 * call at once. A line that is no message, or longer than 16 MiB, ends the connection: what waits and
 * what is called later gets {@link Answer.Malformed}. Of a server's own requests only {@code ping} is
 * answered, all others are refused; its notifications are ignored.
 */
public final class JsonRpcClient implements AutoCloseable {
    private static final int METHOD_NOT_FOUND = -32601;

    private final InputStream in;
    private final MessageWriter writer;
    private final Map<Long, PendingCall> pending = new HashMap<>();
    private long lastId;
    private @Nullable Answer end;

    /** Whether a call was given up: what comes without an id may be meant for it. */
    private boolean abandoned;

    /** {@code name} is for the names of threads; both threads are daemons. The streams are the client's from here on. */
    public JsonRpcClient(InputStream fromServer, OutputStream toServer, String name) {
        this.in = fromServer;
        this.writer = new MessageWriter(toServer, name);
        Thread reader = new Thread(this::read, "gert-reads-from-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Calls and waits. {@code params}: a map or a list, or null for none. A timeout includes the time
     * that the server takes to read; an answer after it is ignored.
     */
    public Answer call(String method, JsonValue params, long timeoutMillis) throws InterruptedException {
        PendingCall call = new PendingCall();
        long id;
        synchronized (this) {
            if (end != null) {
                return end;
            }
            id = ++lastId;
            pending.put(id, call);
        }
        Answer answer = null;
        try {
            writer.add(message(JsonValue.number(id), method, params), call);
            answer = call.await(timeoutMillis);
            return answer == null ? new Answer.TimedOut(timeoutMillis) : answer;
        } finally {
            writer.remove(call);
            synchronized (this) {
                pending.remove(id);
                abandoned |= answer == null;
            }
        }
    }

    /** Says something that has no answer; a server that is gone does not hear it. */
    public void notify(String method, JsonValue params) {
        writer.add(message(null, method, params), null);
    }

    /**
     * Calls {@code method}, if there is one, whatever comes of it, and closes the server's input.
     * False: the server did not read what was sent in time, and its input is still open.
     */
    public boolean shutdown(@Nullable String method, long timeoutMillis) throws InterruptedException {
        long start = System.nanoTime();
        if (method != null) {
            call(method, JsonValue.Null.NULL, timeoutMillis);
        }
        close();
        return writer.awaitEnd(timeoutMillis - (System.nanoTime() - start) / 1_000_000);
    }

    /** Closes the server's input once what was sent is written; calls that wait get {@link Answer.Closed}. */
    @Override
    public void close() {
        end(new Answer.Closed("the connection was closed by gert"));
        writer.end();
    }

    private static byte[] message(@Nullable JsonValue id, String method, JsonValue params) {
        StringBuilder line = new StringBuilder();
        JsonWriter json = JsonWriter.compact(line).object().name("jsonrpc").value("2.0");
        if (id != null) {
            json.name("id").value(id);
        }
        json.name("method").value(method);
        if (!(params instanceof JsonValue.Null)) {
            json.name("params").value(params);
        }
        json.end();
        return bytes(line);
    }

    private static byte[] bytes(StringBuilder line) {
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void read() {
        end(readToTheEnd());
    }

    private Answer readToTheEnd() {
        MessageLines lines = new MessageLines(in);
        try {
            while (true) {
                MessageLines.Next next = lines.next();
                if (next instanceof MessageLines.Next.End at) {
                    return new Answer.Closed(
                            "the server closed its output" + (at.cut() ? " in the middle of a message" : ""));
                }
                if (!(next instanceof MessageLines.Next.Line line)) {
                    return new Answer.Malformed("a line of more than 16 MiB");
                }
                Incoming incoming = Incoming.of(line.bytes());
                if (incoming instanceof Incoming.Broken broken) {
                    return new Answer.Malformed(broken.why());
                }
                take(incoming);
            }
        } catch (IOException e) {
            return new Answer.Closed("the server's output can't be read: " + e.getMessage());
        }
    }

    private void take(Incoming incoming) {
        if (incoming instanceof Incoming.Response response) {
            PendingCall call = waiting(response.id());
            if (call != null) {
                call.answer(response.answer());
            }
        } else if (incoming instanceof Incoming.Request request) {
            StringBuilder line = new StringBuilder();
            JsonWriter json = JsonWriter.compact(line).object().name("jsonrpc").value("2.0");
            json.name("id").value(request.id());
            if (request.method().equals("ping")) {
                json.name("result").object().end();
            } else {
                json.name("error").object().name("code").value(METHOD_NOT_FOUND);
                json.name("message").value("method not found").end();
            }
            json.end();
            writer.add(bytes(line), null);
        }
    }

    /** An error without an id can only be meant for a call that waits alone. */
    private synchronized @Nullable PendingCall waiting(@Nullable Long id) {
        if (id != null) {
            return pending.get(id);
        }
        return pending.size() == 1 && !abandoned ? pending.values().iterator().next() : null;
    }

    private void end(Answer answer) {
        List<PendingCall> calls;
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = answer;
            calls = new ArrayList<>(pending.values());
        }
        for (PendingCall call : calls) {
            call.answer(answer);
        }
    }
}

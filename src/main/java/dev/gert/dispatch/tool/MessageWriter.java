package dev.gert.dispatch.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages in a thread of its own, because a server that does not read must not hold up a
 * caller beyond its timeout.
 */
final class MessageWriter {
    /** Replies to a server that asks and asks, and does not read. */
    private static final int MAX_WAITING = 1000;

    private final OutputStream out;
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private final Thread thread;
    private boolean ending;
    private boolean broken;

    MessageWriter(OutputStream out, String name) {
        this.out = out;
        this.thread = new Thread(this::write, "gert-writes-to-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static final class Outgoing {
        private final byte[] line;
        private final @Nullable PendingCall call;

        Outgoing(byte[] line, @Nullable PendingCall call) {
            this.line = line;
            this.call = call;
        }
    }

    /** {@code call}: what fails if the line can't be written; without one, the line may be lost. */
    synchronized void add(byte[] line, @Nullable PendingCall call) {
        if (broken || ending) {
            fail(call);
        } else if (call != null || waiting.size() < MAX_WAITING) {
            waiting.add(new Outgoing(line, call));
            notifyAll();
        }
    }

    /** Takes back a line that nobody waits for any more; one that is being written is written. */
    synchronized void remove(PendingCall call) {
        for (Iterator<Outgoing> lines = waiting.iterator(); lines.hasNext(); ) {
            if (lines.next().call == call) {
                lines.remove();
                return;
            }
        }
    }

    /** Closes the stream after what waits is written. */
    synchronized void end() {
        ending = true;
        notifyAll();
    }

    /** Waits until the stream is closed; a server that does not read can make this fail. */
    boolean awaitEnd(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
        return !thread.isAlive();
    }

    private void write() {
        Outgoing next = null;
        try (out) {
            for (next = take(); next != null; next = take()) {
                out.write(next.line);
                out.flush();
            }
        } catch (IOException e) {
            giveUp(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(next);
        }
    }

    private synchronized @Nullable Outgoing take() throws InterruptedException {
        while (waiting.isEmpty() && !ending) {
            wait();
        }
        return waiting.poll();
    }

    private synchronized void giveUp(@Nullable Outgoing current) {
        broken = true;
        if (current != null) {
            fail(current.call);
        }
        for (Outgoing line : waiting) {
            fail(line.call);
        }
        waiting.clear();
    }

    private static void fail(@Nullable PendingCall call) {
        if (call != null) {
            call.answer(new Answer.Closed("the server does not read its input any more"));
        }
    }
}

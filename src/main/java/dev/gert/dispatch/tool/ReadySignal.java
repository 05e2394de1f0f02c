package dev.gert.dispatch.tool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a server's standard error to its end, in a thread of its own, and says when a line of it held
 * the signal (formats-dialect.md, {@code ready_signal}). The server would stand still if nobody read.
 */
public final class ReadySignal {
    private final InputStream stderr;
    private final byte[] signal;
    private final Sink sink;
    private State state;

    /** What became of the wait. */
    public enum State {
        /** Nothing yet, and the time is over. */
        WAITING,
        /** A line held the signal, or none is asked for. */
        READY,
        /** Standard error ended before the signal came. */
        ENDED
    }

    /** Gets what the server writes, raw, in the reading thread. */
    @FunctionalInterface
    public interface Sink {
        void take(byte[] bytes, int length);
    }

    /** {@code signal} null: the server is ready at once. {@code name} is for the name of the thread, a daemon. */
    public ReadySignal(InputStream stderr, @Nullable String signal, String name, Sink sink) {
        this.stderr = stderr;
        this.signal = signal == null ? new byte[0] : signal.getBytes(StandardCharsets.UTF_8);
        this.sink = sink;
        this.state = this.signal.length == 0 ? State.READY : State.WAITING;
        Thread reader = new Thread(this::read, "gert-reads-errors-of-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits until the server is ready or has closed its standard error. */
    public synchronized State await(long timeoutMillis) throws InterruptedException {
        long start = System.nanoTime();
        while (state == State.WAITING) {
            long left = timeoutMillis - (System.nanoTime() - start) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return state;
    }

    private void read() {
        byte[] chunk = new byte[8192];
        Matcher matcher = new Matcher(signal);
        try {
            for (int n = stderr.read(chunk); n >= 0; n = stderr.read(chunk)) {
                sink.take(chunk, n);
                if (matcher.finds(chunk, n)) {
                    become(State.READY);
                }
            }
        } catch (IOException e) {
            // a stream that can't be read has ended
        }
        become(State.ENDED);
    }

    private synchronized void become(State next) {
        if (state == State.WAITING) {
            state = next;
            notifyAll();
        }
    }

    /** Finds bytes in a stream by Knuth, Morris and Pratt; the signal holds no newline, so a match is in one line. */
    private static final class Matcher {
        private final byte[] wanted;
        private final int[] fallback;
        private int matched;

        Matcher(byte[] wanted) {
            this.wanted = wanted;
            this.fallback = new int[wanted.length];
            for (int i = 1; i < wanted.length; i++) {
                int k = fallback[i - 1];
                while (k > 0 && wanted[i] != wanted[k]) {
                    k = fallback[k - 1];
                }
                fallback[i] = wanted[i] == wanted[k] ? k + 1 : k;
            }
        }

        boolean finds(byte[] chunk, int length) {
            for (int i = 0; i < length && matched < wanted.length; i++) {
                while (matched > 0 && chunk[i] != wanted[matched]) {
                    matched = fallback[matched - 1];
                }
                if (chunk[i] == wanted[matched]) {
                    matched++;
                }
            }
            return matched == wanted.length;
        }
    }
}

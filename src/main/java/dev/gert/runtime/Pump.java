package dev.gert.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Carries one stream of a child to its sink; goes on reading when the sink fails, so that the child is not held up. */
final class Pump extends Thread {
    private static final int CHUNK = 1 << 16;
    private static final int HEAD = 1 << 14;

    private final InputStream in;
    private final ByteSink sink;
    private final CountDownLatch heard = new CountDownLatch(1);
    private final CountDownLatch kept = new CountDownLatch(1);
    private final ByteArrayOutputStream head = new ByteArrayOutputStream(256);
    private final CountDownLatch listening = new CountDownLatch(1);
    private long count;
    private boolean stopped;
    private volatile @Nullable Throwable failure;

    Pump(String name, InputStream in, ByteSink sink) {
        super(name);
        setDaemon(true);
        this.in = in;
        this.sink = sink;
    }

    @Override
    public void run() {
        byte[] chunk = new byte[CHUNK];
        // When a process has ended, Java takes what its pipe holds at that moment and closes it, and a
        // grandchild's last words would be lost. It does so under this lock.
        synchronized (in) {
            listening.countDown();
            try {
                int length = in.read(chunk);
                while (length >= 0) {
                    deliver(chunk, length);
                    length = in.read(chunk);
                }
            } catch (IOException e) {
                // closed by close(); a pipe has no other errors
            }
        }
        heard.countDown();
        finish();
        kept.countDown();
    }

    /** Begins, and returns when nothing that comes can be missed. */
    void listen() {
        start();
        boolean interrupted = false;
        while (listening.getCount() > 0) {
            try {
                listening.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the stream comes to its end within that time; its sink may take longer. */
    boolean awaitEnd(long millis) throws InterruptedException {
        return heard.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits for the sink of a stream that has ended; listens no longer to one that something holds open. */
    void close() {
        if (heard.getCount() == 0) {
            awaitSink();
            return;
        }
        finish();
        try {
            in.close();
        } catch (IOException e) {
            // nobody reads it any more
        }
    }

    /** Why the sink could not take everything, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** All that came, if it was no more than 16 KiB. */
    synchronized byte @Nullable [] everything() {
        return count > HEAD ? null : head.toByteArray();
    }

    private void awaitSink() {
        while (kept.getCount() > 0) {
            try {
                kept.await();
            } catch (InterruptedException e) {
                // what was printed has to be on disk all the same
            }
        }
    }

    private synchronized void deliver(byte[] chunk, int length) {
        if (stopped) {
            return;
        }
        count += length;
        if (count <= HEAD) {
            head.write(chunk, 0, length);
        }
        if (failure == null) {
            try {
                sink.write(chunk, length);
            } catch (IOException | RuntimeException | Error e) {
                failure = e;
            }
        }
    }

    private synchronized void finish() {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            sink.finish();
        } catch (IOException | RuntimeException | Error e) {
            if (failure == null) {
                failure = e;
            }
        }
    }
}

package dev.gert.terminal;

import dev.gert.engine.port.Clock;
import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.policy.SafeText;
import dev.gert.render.RunText;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints a run on a terminal: the lines of {@link PlainView}, and for a step that runs longer than a
 * second its time so far and the last line that it printed, drawn again and again in one place.
 */
public final class LiveView implements RunListener, AutoCloseable {
    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final long PERIOD_MILLIS = 100;

    private final RunText text;
    private final Screen screen;
    private final Clock clock;
    private final Object lock = new Object();
    private boolean running;
    private boolean closed;
    private boolean ticking;
    private long since;
    private volatile @Nullable Supplier<SafeText> lastLine;

    public LiveView(RunText text, Screen screen, Clock clock) {
        this.text = text;
        this.screen = screen;
        this.clock = clock;
    }

    @Override
    public void recorded(Envelope envelope) {
        synchronized (lock) {
            boolean dispatched = envelope.event() instanceof RunEvent.Dispatched;
            if (dispatched || envelope.event().step() != null || envelope.event() instanceof RunEvent.RunCompleted) {
                running = dispatched;
                since = clock.nanos();
                lastLine = null;
            }
            if (dispatched) {
                tick();
            }
            for (String line : text.add(envelope)) {
                screen.line(line);
            }
            if (!running) {
                screen.clear();
            }
        }
    }

    /** The last line that the running step printed, made when it is drawn; to be told for every line, on any thread. */
    public void status(Supplier<SafeText> line) {
        lastLine = line;
    }

    /** Takes the live line away and draws no other. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            running = false;
            lock.notifyAll();
            screen.clear();
        }
    }

    private void tick() {
        if (ticking) {
            lock.notifyAll();
            return;
        }
        ticking = true;
        Thread ticker = new Thread(this::draw, "gert-live");
        ticker.setDaemon(true);
        ticker.start();
    }

    /** Sleeps until a step has run for a second, and then draws ten times a second while it runs. */
    private void draw() {
        synchronized (lock) {
            try {
                while (!closed) {
                    long ran = clock.nanos() - since;
                    if (!running) {
                        lock.wait();
                    } else if (ran < PATIENCE_NANOS) {
                        lock.wait(Math.max(1, (PATIENCE_NANOS - ran) / 1_000_000));
                    } else {
                        Supplier<SafeText> line = lastLine;
                        screen.live(text.live(
                                ran / 1_000_000_000L,
                                line == null ? "" : line.get().text()));
                        lock.wait(PERIOD_MILLIS);
                    }
                }
            } catch (InterruptedException | RuntimeException e) {
                // nothing is drawn any more; the run goes on
            }
        }
    }
}

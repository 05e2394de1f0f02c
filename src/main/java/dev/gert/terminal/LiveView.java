package dev.gert.terminal;

import dev.gert.engine.port.Clock;
import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.policy.SafeText;
import dev.gert.render.RunText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Prints a run on a terminal: the lines of {@link PlainView}, and while steps run longer than a second
 * or wait, one line that says which, for how long, and what was printed last, drawn again and again in
 * one place.
 */
public final class LiveView implements RunListener, AutoCloseable {
    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final long PERIOD_MILLIS = 100;

    /** {@code waits}: milliseconds until something happens, 0 while the step runs. */
    private record Active(String run, String step, long since, long waits) {}

    private final RunText text;
    private final Screen screen;
    private final Clock clock;
    private final Object lock = new Object();
    /** Steps whose command will have the terminal, so that nothing may be drawn over it. */
    private final Set<String> interactive = new HashSet<>();

    /** By run and address, in the order in which they began. */
    private final Map<String, Active> active = new LinkedHashMap<>();
    /** The last line that a step printed, by its address; made when it is drawn. */
    private final Map<String, Supplier<SafeText>> lastLines = new ConcurrentHashMap<>();

    private boolean closed;
    private boolean ticking;

    public LiveView(RunText text, Screen screen, Clock clock) {
        this.text = text;
        this.screen = screen;
        this.clock = clock;
    }

    @Override
    public void recorded(Envelope envelope) {
        synchronized (lock) {
            for (String line : text.add(envelope)) {
                screen.line(line);
            }
            follow(envelope);
            if (active.isEmpty()) {
                screen.clear();
            } else {
                tick();
            }
        }
    }

    private void follow(Envelope envelope) {
        RunEvent event = envelope.event();
        String step = event.step();
        if (event instanceof RunEvent.RunInterrupted || event instanceof RunEvent.RunPaused) {
            active.clear();
        } else if (step != null) {
            String key = envelope.run() + " " + step;
            long waits = text.waits(envelope);
            active.remove(key);
            if (event instanceof RunEvent.PolicyDecided decided
                    && decided.command().interactive()) {
                interactive.add(key);
            }
            boolean hasTheTerminal = event instanceof RunEvent.Dispatched && interactive.remove(key);
            if (!hasTheTerminal && (event instanceof RunEvent.Dispatched || waits > 0)) {
                lastLines.remove(step);
                active.put(key, new Active(envelope.run(), step, clock.nanos(), waits));
            }
        }
    }

    /** The last line that a running step printed; to be told for every line, on any thread. */
    public void status(String step, Supplier<SafeText> line) {
        lastLines.put(step, line);
    }

    /** Takes the live line away and draws no other. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            active.clear();
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

    /** Sleeps until something has taken a second, and then draws ten times a second while it does. */
    private void draw() {
        synchronized (lock) {
            try {
                while (!closed) {
                    long now = clock.nanos();
                    long longest = 0;
                    for (Active each : active.values()) {
                        longest = Math.max(longest, now - each.since);
                    }
                    if (active.isEmpty()) {
                        lock.wait();
                    } else if (longest < PATIENCE_NANOS) {
                        screen.clear();
                        lock.wait(Math.max(1, (PATIENCE_NANOS - longest) / 1_000_000));
                    } else {
                        screen.live(text.live(activities(now)));
                        lock.wait(PERIOD_MILLIS);
                    }
                }
            } catch (InterruptedException | RuntimeException e) {
                // nothing is drawn any more; the run goes on
            }
        }
    }

    private List<RunText.Activity> activities(long now) {
        List<RunText.Activity> activities = new ArrayList<>();
        for (Active each : active.values()) {
            Supplier<SafeText> line = lastLines.get(each.step);
            activities.add(new RunText.Activity(
                    each.run,
                    each.step,
                    now - each.since,
                    each.waits,
                    line == null ? "" : line.get().text()));
        }
        return activities;
    }
}

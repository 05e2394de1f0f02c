package dev.gert.telemetry;

import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.nested.NestedLibrary;
import dev.gert.projection.RunSpans;
import dev.gert.projection.TraceSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends a session's spans and metrics while the run goes on. All of it, the SDK's loading too, is done by a thread of its
 * own: the run waits for none of it but {@link #AT_THE_END_MILLIS} at its end.
 */
public final class Telemetry implements RunListener {
    static final long AT_THE_END_MILLIS = 1_200;

    private final TelemetrySettings settings;
    private final Set<String> captures;
    private final LinkedBlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean sent;

    /** {@code record} null: there is no further one. */
    private record Task(@Nullable Envelope record, boolean live) {}

    /**
     * @param captures the names that go out as gauges; a run that comes later may add its own
     */
    public Telemetry(TelemetrySettings settings, Set<String> captures) {
        this.settings = settings;
        this.captures = captures;
        this.thread = new Thread(this::work, "telemetry");
        thread.setDaemon(true);
        thread.start();
    }

    /** A record of an earlier session, which sent what had ended by then. */
    public void recall(Envelope record) {
        tasks.add(new Task(record, false));
    }

    @Override
    public void recorded(Envelope record) {
        tasks.add(new Task(record, true));
    }

    /** No record comes any more; returns null, or why not all was sent, as the end of a sentence. */
    public @Nullable String finish() {
        tasks.add(new Task(null, true));
        try {
            thread.join(AT_THE_END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return sent ? null : "could not be sent to " + where();
    }

    private String where() {
        TelemetrySettings.Target target = settings.traces() == null ? settings.metrics() : settings.traces();
        return target == null ? "" : target.host();
    }

    private static SpanSender open(
            TelemetrySettings settings, String run, RunEvent.RunStarted started, Set<String> captures)
            throws IOException {
        return NestedLibrary.load("telemetry", SpanSender.Factory.class, "dev.gert.telemetry.otlp.OtlpFactory")
                .open(settings, run, started, captures);
    }

    private void work() {
        try {
            RunSpans spans = new RunSpans();
            SpanSender otlp = null;
            List<TraceSpan> waiting = new ArrayList<>();
            for (Task task = tasks.take(); task.record() != null; task = tasks.take()) {
                Envelope record = task.record();
                if (otlp == null && record.event() instanceof RunEvent.RunStarted started) {
                    otlp = open(settings, record.run(), started, captures);
                }
                spans.add(record);
                List<TraceSpan> ended = spans.ended();
                if (otlp != null) {
                    otlp.measure(record, task.live());
                }
                if (task.live() && otlp != null) {
                    waiting.addAll(ended);
                    // what came while the last ones were sent goes together
                    if (tasks.isEmpty() || waiting.size() >= SpanSender.MOST_AT_ONCE) {
                        otlp.send(waiting);
                        waiting.clear();
                    }
                }
            }
            if (otlp != null) {
                otlp.send(waiting);
            }
            sent = otlp == null || otlp.finish(TimeUnit.HOURS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | LinkageError e) {
            // nothing was sent, and the session says so
        }
    }

    /**
     * Sends a whole trace at once, whatever the sampler says.
     *
     * @param millis how long to wait for it
     * @return null, or why it was not sent, as the end of a sentence
     */
    public static @Nullable String push(TelemetrySettings settings, List<Envelope> records, long millis) {
        TelemetrySettings.Target target = settings.traces();
        if (target == null || !(records.get(0).event() instanceof RunEvent.RunStarted started)) {
            return "has nowhere to go";
        }
        RunSpans spans = new RunSpans();
        records.forEach(spans::add);
        try {
            SpanSender otlp = open(settings.unsampled(), records.get(0).run(), started, Set.of());
            otlp.send(spans.all());
            return otlp.finish(millis) ? null : "could not be sent to " + target.host();
        } catch (IOException e) {
            return "could not be sent: " + e.getMessage();
        } catch (RuntimeException e) {
            return "could not be sent to " + target.host();
        }
    }
}

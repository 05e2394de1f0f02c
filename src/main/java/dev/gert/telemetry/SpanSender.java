package dev.gert.telemetry;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.projection.TraceSpan;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Takes one run's spans and measurements to a collector. */
public interface SpanSender {
    /** How many spans go together at most. */
    int MOST_AT_ONCE = 512;

    /** Makes one. */
    interface Factory {
        /**
         * Sets everything up; nothing is sent yet.
         *
         * @param run the first run's id
         * @param started its first record
         * @param captures the names that go out as gauges
         * @throws IOException when a certificate can't be read
         */
        SpanSender open(TelemetrySettings settings, String run, RunEvent.RunStarted started, Set<String> captures)
                throws IOException;
    }

    /** Sends them as they are, in the background, until some are not taken; sampling may leave the whole trace out. */
    void send(List<TraceSpan> ended);

    /** Measures what a record tells; {@code live}: it happens now, and no earlier session measured it. */
    void measure(Envelope record, boolean live);

    /** Waits until all was sent; returns whether it was. */
    boolean finish(long millis);
}

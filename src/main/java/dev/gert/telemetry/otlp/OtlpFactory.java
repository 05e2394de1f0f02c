package dev.gert.telemetry.otlp;

import dev.gert.event.RunEvent;
import dev.gert.telemetry.SpanSender;
import dev.gert.telemetry.TelemetrySettings;
import java.io.IOException;
import java.util.Set;

/** The SDK's exporters. */
public final class OtlpFactory implements SpanSender.Factory {
    @Override
    public SpanSender open(TelemetrySettings settings, String run, RunEvent.RunStarted started, Set<String> captures)
            throws IOException {
        return new Otlp(settings, run, started, captures);
    }
}

package dev.gert.render;

import dev.gert.event.RunEvent;
import dev.gert.json.JsonWriter;
import dev.gert.projection.RunSpans;
import dev.gert.projection.TraceSpan;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run's trace as OTLP has it in JSON: one {@code ExportTraceServiceRequest} in one line (formats.md, section 5). */
public final class TraceJson {
    private static final int PIECE = 1 << 16;
    private static final int INTERNAL = 1;

    private final StringBuilder out = new StringBuilder(4096);
    private final JsonWriter json = JsonWriter.compact(out);

    private TraceJson() {}

    /** Writes all spans, those that are open too, in pieces. */
    public static void write(RunSpans spans, Appendable to) throws IOException {
        TraceJson trace = new TraceJson();
        trace.head(spans.started());
        for (TraceSpan span : spans.all()) {
            trace.span(span);
            if (trace.out.length() > PIECE) {
                to.append(trace.out);
                trace.out.setLength(0);
            }
        }
        trace.json.end().end().end().end().end().end();
        to.append(trace.out).append('\n');
    }

    private void head(RunEvent.@Nullable RunStarted started) {
        json.object().name("resourceSpans").array().object();
        json.name("resource").object().name("attributes").array();
        text("service.name", "gert");
        if (started != null) {
            text("service.version", started.gertVersion());
            text("host.name", started.host());
            text("process.owner", started.osUser());
        }
        json.end().end();
        json.name("scopeSpans").array().object();
        json.name("scope").object().name("name").value("gert");
        if (started != null) {
            json.name("version").value(started.gertVersion());
        }
        json.end().name("spans").array();
    }

    private void span(TraceSpan span) {
        json.object().name("traceId").value(span.traceId()).name("spanId").value(span.spanId());
        if (span.parentId() != null) {
            json.name("parentSpanId").value(span.parentId());
        }
        json.name("name").value(span.name()).name("kind").value(INTERNAL);
        json.name("startTimeUnixNano").value(Long.toString(span.startNanos()));
        json.name("endTimeUnixNano").value(Long.toString(span.endNanos()));
        json.name("attributes").array();
        attributes(span.attributes());
        if (span.open()) {
            json.object().name("key").value("gert.open").name("value").object();
            json.name("boolValue").value(true).end().end();
        }
        json.end();
        if (!span.events().isEmpty()) {
            json.name("events").array();
            for (TraceSpan.Event event : span.events()) {
                json.object().name("timeUnixNano").value(Long.toString(event.timeNanos()));
                json.name("name").value(event.name()).name("attributes").array();
                attributes(event.attributes());
                json.end().end();
            }
            json.end();
        }
        if (!span.links().isEmpty()) {
            json.name("links").array();
            for (TraceSpan.Link link : span.links()) {
                json.object()
                        .name("traceId")
                        .value(link.traceId())
                        .name("spanId")
                        .value(link.spanId());
                json.name("attributes").array();
                attributes(link.attributes());
                json.end().end();
            }
            json.end();
        }
        json.name("status").object();
        if (span.status() != TraceSpan.Status.UNSET) {
            if (span.statusMessage() != null) {
                json.name("message").value(span.statusMessage().text());
            }
            json.name("code").value(span.status() == TraceSpan.Status.OK ? 1 : 2);
        }
        json.end().end();
    }

    private void attributes(List<TraceSpan.Attribute> attributes) {
        for (TraceSpan.Attribute each : attributes) {
            TraceSpan.Value value = each.value();
            if (value instanceof TraceSpan.Value.Text text) {
                text(each.key(), text.text().text());
                continue;
            }
            json.object().name("key").value(each.key()).name("value").object();
            if (value instanceof TraceSpan.Value.Whole whole) {
                json.name("intValue").value(Long.toString(whole.number()));
            } else if (value instanceof TraceSpan.Value.Flag flag) {
                json.name("boolValue").value(flag.flag());
            }
            json.end().end();
        }
    }

    private void text(String key, String text) {
        json.object().name("key").value(key).name("value").object();
        json.name("stringValue").value(text).end().end();
    }
}

package dev.gert.telemetry.otlp;

import dev.gert.projection.TraceSpan;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;

/** A span of a run as the SDK's exporters take it: with the ids that it has, not with new ones. */
final class SentSpan implements SpanData {
    private final TraceSpan span;
    private final Resource resource;
    private final InstrumentationScopeInfo scope;
    private final Attributes attributes;
    private final List<EventData> events = new ArrayList<>();
    private final List<LinkData> links = new ArrayList<>();

    SentSpan(TraceSpan span, Resource resource, InstrumentationScopeInfo scope) {
        this.span = span;
        this.resource = resource;
        this.scope = scope;
        AttributesBuilder all = attributes(span.attributes()).toBuilder();
        if (span.open()) {
            all.put("gert.open", true);
        }
        this.attributes = all.build();
        for (TraceSpan.Event event : span.events()) {
            events.add(EventData.create(event.timeNanos(), event.name(), attributes(event.attributes())));
        }
        for (TraceSpan.Link link : span.links()) {
            links.add(LinkData.create(context(link.traceId(), link.spanId()), attributes(link.attributes())));
        }
    }

    private static Attributes attributes(List<TraceSpan.Attribute> given) {
        AttributesBuilder all = Attributes.builder();
        for (TraceSpan.Attribute each : given) {
            if (each.value() instanceof TraceSpan.Value.Text text) {
                all.put(each.key(), text.text().text());
            } else if (each.value() instanceof TraceSpan.Value.Whole whole) {
                all.put(each.key(), whole.number());
            } else if (each.value() instanceof TraceSpan.Value.Flag flag) {
                all.put(each.key(), flag.flag());
            }
        }
        return all.build();
    }

    private static SpanContext context(String trace, String span) {
        return SpanContext.create(trace, span, TraceFlags.getSampled(), TraceState.getDefault());
    }

    @Override
    public String getName() {
        return span.name();
    }

    @Override
    public SpanKind getKind() {
        return SpanKind.INTERNAL;
    }

    @Override
    public SpanContext getSpanContext() {
        return context(span.traceId(), span.spanId());
    }

    @Override
    public SpanContext getParentSpanContext() {
        String parent = span.parentId();
        return parent == null ? SpanContext.getInvalid() : context(span.traceId(), parent);
    }

    @Override
    public StatusData getStatus() {
        String message =
                span.statusMessage() == null ? "" : span.statusMessage().text();
        return switch (span.status()) {
            case UNSET -> StatusData.unset();
            case OK -> StatusData.ok();
            case ERROR -> StatusData.create(StatusCode.ERROR, message);
        };
    }

    @Override
    public long getStartEpochNanos() {
        return span.startNanos();
    }

    @Override
    public long getEndEpochNanos() {
        return span.endNanos();
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public List<EventData> getEvents() {
        return events;
    }

    @Override
    public List<LinkData> getLinks() {
        return links;
    }

    @Override
    public boolean hasEnded() {
        return true;
    }

    @Override
    public int getTotalRecordedEvents() {
        return events.size();
    }

    @Override
    public int getTotalRecordedLinks() {
        return links.size();
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return scope;
    }

    @Override
    @Deprecated
    public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
        return InstrumentationLibraryInfo.empty();
    }

    @Override
    public Resource getResource() {
        return resource;
    }
}

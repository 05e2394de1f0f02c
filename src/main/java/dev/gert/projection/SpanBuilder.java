package dev.gert.projection;

import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link TraceSpan} that is not over. */
final class SpanBuilder {
    final String traceId;
    final String spanId;
    final @Nullable String parentId;
    final String name;
    private final long start;
    /** A key once; a map of each of a long run's spans would be dear. */
    private final List<TraceSpan.Attribute> attributes = new ArrayList<>();

    private final List<TraceSpan.Event> events = new ArrayList<>();
    private final List<TraceSpan.Link> links = new ArrayList<>();
    private long end = -1;
    private @Nullable SafeText error;
    private boolean failed;

    SpanBuilder(String traceId, String spanId, @Nullable String parentId, String name, long start) {
        this.traceId = traceId;
        this.spanId = spanId;
        this.parentId = parentId;
        this.name = name;
        this.start = start;
    }

    SpanBuilder text(String key, @Nullable String text) {
        return text == null ? this : safe(key, Captured.recorded(text, false).shown());
    }

    SpanBuilder safe(String key, @Nullable SafeText text) {
        if (text != null) {
            put(key, new TraceSpan.Value.Text(text));
        }
        return this;
    }

    SpanBuilder number(String key, long number) {
        put(key, new TraceSpan.Value.Whole(number));
        return this;
    }

    SpanBuilder flag(String key, boolean flag) {
        put(key, new TraceSpan.Value.Flag(flag));
        return this;
    }

    /** An event at that time; its attributes are those of {@code of}, which is no span of its own. */
    void event(String event, long time, SpanBuilder of) {
        events.add(new TraceSpan.Event(event, time, of.listed()));
    }

    /** Adds to the newest event of that name. */
    void more(String event, String key, String text) {
        for (int i = events.size() - 1; i >= 0; i--) {
            TraceSpan.Event last = events.get(i);
            if (last.name().equals(event)) {
                List<TraceSpan.Attribute> attributes = new ArrayList<>(last.attributes());
                attributes.add(new TraceSpan.Attribute(
                        key,
                        new TraceSpan.Value.Text(Captured.recorded(text, false).shown())));
                events.set(i, new TraceSpan.Event(event, last.timeNanos(), attributes));
                return;
            }
        }
    }

    void link(SpanBuilder to, String kind) {
        link(to.traceId, to.spanId, kind);
    }

    void link(String trace, String span, String kind) {
        links.add(new TraceSpan.Link(
                trace,
                span,
                List.of(new TraceSpan.Attribute(
                        "link.kind",
                        new TraceSpan.Value.Text(Captured.recorded(kind, false).shown())))));
    }

    void fail(@Nullable SafeText why) {
        failed = true;
        error = why == null ? error : why;
    }

    void end(long time) {
        end = time;
    }

    /** What failed was made again, and did not. */
    void recovered() {
        failed = false;
        error = null;
    }

    boolean isOver() {
        return end >= 0;
    }

    private void put(String key, TraceSpan.Value value) {
        TraceSpan.Attribute attribute = new TraceSpan.Attribute(key, value);
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i).key().equals(key)) {
                attributes.set(i, attribute);
                return;
            }
        }
        attributes.add(attribute);
    }

    private List<TraceSpan.Attribute> listed() {
        return List.copyOf(attributes);
    }

    /** {@code now}: when the last record was made. */
    TraceSpan span(long now) {
        return new TraceSpan(
                traceId,
                spanId,
                parentId,
                name,
                start,
                isOver() ? end : now,
                !isOver(),
                listed(),
                List.copyOf(events),
                List.copyOf(links),
                failed ? TraceSpan.Status.ERROR : TraceSpan.Status.UNSET,
                failed ? error : null);
    }
}

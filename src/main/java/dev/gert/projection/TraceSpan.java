package dev.gert.projection;

import dev.gert.policy.SafeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span of a run's trace as OpenTelemetry knows it (formats.md, section 5): a run, a step, an attempt, or a wait.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 * @param parentId 16 hex digits; null: the trace's root
 * @param startNanos since 1970-01-01T00:00:00Z
 * @param endNanos since 1970-01-01T00:00:00Z; of a span that is open, when the last record was made
 * @param open whether its end was not recorded
 */
public record TraceSpan(
        String traceId,
        String spanId,
        @Nullable String parentId,
        String name,
        long startNanos,
        long endNanos,
        boolean open,
        List<Attribute> attributes,
        List<Event> events,
        List<Link> links,
        Status status,
        @Nullable SafeText statusMessage) {
    public enum Status {
        UNSET,
        OK,
        ERROR
    }

    public record Attribute(String key, Value value) {}

    /** What an attribute holds. */
    public sealed interface Value {
        record Text(SafeText text) implements Value {}

        record Whole(long number) implements Value {}

        record Flag(boolean flag) implements Value {}
    }

    /** Something that happened at a moment of the span. */
    public record Event(String name, long timeNanos, List<Attribute> attributes) {}

    /** Another span that this one has to do with. */
    public record Link(String traceId, String spanId, List<Attribute> attributes) {}
}

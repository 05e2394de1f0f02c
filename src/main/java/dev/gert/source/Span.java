package dev.gert.source;

/** A part of a source: offsets in UTF-16 units, {@code end} exclusive. */
public record Span(Source source, int start, int end) {
    public Position position() {
        return source.position(start);
    }

    public Position endPosition() {
        return source.position(end);
    }

    /** {@code file:line:column}, as diagnostics and journal records name a place. */
    public String place() {
        Position p = position();
        return source.name().concat(":" + p.line() + ":" + p.column());
    }

    /** A part of this span, for a place inside a plain scalar. */
    public Span part(int from, int to) {
        return new Span(source, Math.min(end, start + from), Math.min(end, start + to));
    }
}

package dev.gert.render;

import dev.gert.projection.TraceSpan;

/** A span as a line for people: its name, how long it took, and what is known of it. */
public final class SpanText {
    private static final int LONGEST = 400;

    private SpanText() {}

    /** Without a newline at its end; without {@code unicode} only ASCII comes out. */
    public static String line(TraceSpan span, boolean unicode) {
        StringBuilder line = new StringBuilder("span ");
        line.append(span.traceId()).append(' ').append(span.spanId()).append(' ');
        line.append(RunLines.safe(span.name(), unicode)).append(' ');
        line.append(RunLines.duration((span.endNanos() - span.startNanos()) / 1000));
        line.append(span.open() ? " open" : "").append(span.status() == TraceSpan.Status.ERROR ? " ERROR" : "");
        for (TraceSpan.Attribute each : span.attributes()) {
            String value = each.value() instanceof TraceSpan.Value.Text text
                    ? RunLines.safe(text.text().text(), unicode, LONGEST)
                    : each.value() instanceof TraceSpan.Value.Whole whole
                            ? String.valueOf(whole.number())
                            : String.valueOf(((TraceSpan.Value.Flag) each.value()).flag());
            line.append(' ')
                    .append(RunLines.safe(each.key(), unicode))
                    .append('=')
                    .append(value);
        }
        for (TraceSpan.Event event : span.events()) {
            line.append(" [").append(RunLines.safe(event.name(), unicode)).append(']');
        }
        return line.toString();
    }
}

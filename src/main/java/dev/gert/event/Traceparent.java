package dev.gert.event;

import dev.gert.source.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A {@code traceparent} of W3C Trace Context: the trace that something belongs to, and the span that led to it.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 * @param flags two hex digits; the last bit: the trace is sampled
 */
public record Traceparent(String traceId, String spanId, String flags) {
    private static final int LENGTH = 55;

    /** As it was given; null where it is none. Of a version that is not known, what follows the flags is left alone. */
    public static @Nullable Traceparent parse(@Nullable String text) {
        if (text == null || text.length() < LENGTH) {
            return null;
        }
        boolean dashes = text.charAt(2) == '-' && text.charAt(35) == '-' && text.charAt(52) == '-';
        String version = text.substring(0, 2);
        String trace = text.substring(3, 35);
        String span = text.substring(36, 52);
        String flags = text.substring(53, LENGTH);
        boolean ends = text.length() == LENGTH || !version.equals("00") && text.charAt(LENGTH) == '-';
        boolean hex = isHex(version) && isHex(trace) && isHex(span) && isHex(flags);
        if (!dashes || !ends || !hex || version.equals("ff") || isZero(trace) || isZero(span)) {
            return null;
        }
        return new Traceparent(trace, span, flags);
    }

    /**
     * The trace of a run and of all that it leads to.
     *
     * @param root the id of the first run of the folder
     * @param given what gert was given when it began; null or of another form: the trace is the run's own, and sampled
     * @return with the run's own span
     */
    public static Traceparent ofRun(String root, @Nullable String given) {
        Traceparent led = parse(given);
        String span = Sha256.hex("gert/run/v1\n" + root).substring(0, 16);
        return led == null
                ? new Traceparent(Sha256.hex("gert/trace/v1\n" + root).substring(0, 32), span, "01")
                : led.at(span);
    }

    /** The same trace, at another span. */
    public Traceparent at(String span) {
        return new Traceparent(traceId, span, flags);
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (!(digit >= '0' && digit <= '9' || digit >= 'a' && digit <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String text) {
        return text.chars().allMatch(digit -> digit == '0');
    }

    /** In the version that is known. */
    @Override
    public String toString() {
        return "00-" + traceId + "-" + spanId + "-" + flags;
    }
}

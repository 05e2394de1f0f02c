package dev.gert.policy;

/** Bytes in, redacted bytes out: memory is bounded, chunks may end anywhere (formats.md, "Redaction"). For one thread. */
public interface RedactingStream {
    /** Takes redacted bytes; the array is the stream's own and must not be kept. */
    @FunctionalInterface
    interface Sink {
        void accept(byte[] bytes, int offset, int length);
    }

    void write(byte[] bytes, int offset, int length);

    /** The input is over: everything held back goes out. Nothing may be written afterwards. */
    void finish();

    /** Whether something was taken out so far. */
    boolean redacted();
}

package dev.gert.engine;

/** A record that no run of the plan can have written where it stands: a damaged journal, or a bug. */
public final class IllegalRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public IllegalRecordException(String message) {
        super(message);
    }
}

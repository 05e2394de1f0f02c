package dev.gert.engine.port;

/** The journal can't be written: the run stops (exit 6). */
public final class UnrecordedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnrecordedException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.gert.scenario;

/** A run that can't be told as a scenario; the message says why, in gert's own words and redacted ones. */
final class UnrecordableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String help;

    UnrecordableException(String reason, String help) {
        super(reason);
        this.help = help;
    }

    UnrecordableException(String reason) {
        this(reason, "");
    }

    /** What can be done about it; empty where nothing is known. */
    String help() {
        return help;
    }
}

package dev.gert.diagnostic;

/** How bad a diagnostic is: an error fails the command, a warning does not (unless {@code --strict}). */
public enum Severity {
    ERROR("error"),
    WARNING("warning");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}

package dev.gert.policy;

/**
 * Text that has been through the {@link Redactor}: the only text that a sink takes (design.md,
 * invariant 7). Made by a redactor, or from words that are gert's own.
 */
public final class SafeText {
    private final String text;
    private final boolean redacted;

    SafeText(String text, boolean redacted) {
        this.text = text;
        this.redacted = redacted;
    }

    public String text() {
        return text;
    }

    /** Whether something was taken out. */
    public boolean redacted() {
        return redacted;
    }

    @Override
    public String toString() {
        return text;
    }
}

package dev.gert.policy;

/** A word of a command before the run: known, or open from some place on (design.md, invariant 5). */
public sealed interface OpenWord {
    /** A word whose whole text is known. */
    record Known(String text) implements OpenWord {}

    /**
     * A word that a template leaves open.
     *
     * @param prefix what is known of it before its first open part
     * @param source the template as it was written, for messages
     */
    record Open(String prefix, String source) implements OpenWord {}
}

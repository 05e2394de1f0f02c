package dev.gert.projection;

/** A file that is suggested; {@code path} as from the current folder, {@code text} with a newline at its end. */
public record SuggestedFile(String path, String text) {}

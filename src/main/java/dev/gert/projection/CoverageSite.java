package dev.gert.projection;

/**
 * A place of a runbook that scenarios should reach (formats.md, "Coverage, definition 1").
 *
 * @param type {@code branch} or {@code outcome}; of what is reported and not counted, its own word
 * @param path the node's address, with {@code .outcomes[n]} for an outcome
 */
public record CoverageSite(String type, String label, String path) {}

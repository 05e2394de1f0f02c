package dev.gert.event;

import org.jspecify.annotations.Nullable;

/**
 * One journal record (formats.md, section 5).
 *
 * @param seq from 0, one sequence for the folder
 * @param time RFC 3339 UTC with six digits
 * @param run the run concerned; a chain's child is {@code <root>.2}
 * @param span 16 hex digits, or null
 */
public record Envelope(
        long seq, String time, String run, @Nullable String span, RunEvent event) {}

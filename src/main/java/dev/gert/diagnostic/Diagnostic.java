package dev.gert.diagnostic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding (formats.md, "For every YAML file"): a stable code, a message in lower case without a
 * final period, one primary place ({@code null}: the finding has no place in a file), up to two
 * others in any file, and a help line only where something can be done.
 */
public record Diagnostic(
        Code code,
        Severity severity,
        String message,
        @Nullable Label primary,
        List<Label> others,
        @Nullable String help) {
    public Diagnostic {
        others = List.copyOf(others);
        if (others.size() > 2) {
            throw new IllegalArgumentException("a diagnostic has at most two other places");
        }
    }
}

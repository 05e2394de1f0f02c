package dev.gert.model;

import dev.gert.source.Span;

/**
 * An entry of a runbook's {@code imports} or {@code tools} (formats-dialect.md, "Short forms").
 *
 * @param alias the name that steps use
 * @param path relative to where {@code form} says, with its extension
 * @param pathSpan of the name, in a short form
 * @param written what stands in the file in place of the path: a name, a path, {@code pkg/tool}
 */
public record Import(String alias, Span aliasSpan, String path, Span pathSpan, String written, Form form) {
    /** How the path was said. */
    public enum Form {
        /** A name alone; the path was made of it. An import's is relative to the runbook, a tool's to the project. */
        NAME,
        /** A path, relative to the runbook's folder. */
        PATH,
        /** {@code pkg/tool}: the tool of a package of {@code gert.yaml}'s {@code require}; {@code path} is as written. */
        PACKAGE
    }
}

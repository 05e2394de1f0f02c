package dev.gert.projection;

import java.util.List;

/**
 * A node of a runbook's tree with what was reached of it, for readers who want to see where a site stands.
 *
 * @param kind {@code step}, {@code branch}, {@code outcome}, {@code iterate}, {@code parallel}, {@code finally}, or
 *     the type of a site that is reported and not counted
 * @param title what it is called, redacted
 * @param detail a condition or a step's title, redacted; may be empty
 * @param path its address (formats.md, section 1)
 * @param reachedBy scenarios and tests of this runbook, in the order they ran
 * @param reachedFrom scenarios of other runbooks, as {@code runbook/scenario}
 */
public record CoverageNode(
        String kind,
        String title,
        String detail,
        String path,
        State state,
        List<String> reachedBy,
        List<String> reachedFrom,
        List<CoverageNode> children) {
    /** What is known of it. */
    public enum State {
        /** Counted, and reached. */
        COVERED,
        /** Counted, and not reached. */
        UNCOVERED,
        /** Counted, and behind something that every run takes first. */
        UNREACHABLE,
        /** Not counted, and reached. */
        REACHED,
        /** Not counted, and not reached. */
        NOT_REACHED
    }

    public CoverageNode {
        reachedBy = List.copyOf(reachedBy);
        reachedFrom = List.copyOf(reachedFrom);
        children = List.copyOf(children);
    }

    /** Whether it or anything below it is counted and not reached. */
    public boolean hasUncovered() {
        if (state == State.UNCOVERED || state == State.UNREACHABLE) {
            return true;
        }
        for (CoverageNode child : children) {
            if (child.hasUncovered()) {
                return true;
            }
        }
        return false;
    }
}

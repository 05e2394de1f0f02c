package dev.gert.model;

import dev.gert.source.Span;
import java.util.List;

/** A node of the tree (formats.md, section 1). */
public sealed interface Node {
    Span span();

    /** A step with the branches that are evaluated after it. */
    record StepNode(Step step, List<Branch> branches, Span span) implements Node {
        public StepNode {
            branches = List.copyOf(branches);
        }
    }
}

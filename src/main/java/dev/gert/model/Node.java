package dev.gert.model;

import dev.gert.expr.Condition;
import dev.gert.expr.Template;
import dev.gert.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of the tree (formats.md, section 1). */
public sealed interface Node {
    Span span();

    /** A step with the branches that are evaluated after it and the nodes that run after those whatever happened. */
    record StepNode(Step step, List<Branch> branches, List<Node> finallyNodes, Span span) implements Node {
        public StepNode {
            branches = List.copyOf(branches);
            finallyNodes = List.copyOf(finallyNodes);
        }
    }

    /** The nodes again and again until {@code until} is true, at most {@code max} times. */
    record UntilNode(int max, Condition until, Span untilSpan, List<Node> nodes, Span span) implements Node {
        public UntilNode {
            nodes = List.copyOf(nodes);
        }
    }

    /** The nodes once for every item of a list. */
    record EachNode(Template over, Span overSpan, String as, Span asSpan, List<Node> nodes, Span span) implements Node {
        public EachNode {
            nodes = List.copyOf(nodes);
        }
    }

    /** Lists of nodes side by side, at most {@code maxConcurrent} of them at a time. */
    record ParallelNode(int maxConcurrent, boolean failFast, List<Arm> arms, Span span) implements Node {
        public ParallelNode {
            arms = List.copyOf(arms);
        }
    }

    /** One of the lists of a {@link ParallelNode}. */
    record Arm(String label, @Nullable Span labelSpan, List<Node> nodes, Span span) {
        public Arm {
            nodes = List.copyOf(nodes);
        }
    }
}

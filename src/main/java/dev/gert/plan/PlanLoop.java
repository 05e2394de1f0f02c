package dev.gert.plan;

import dev.gert.model.Node;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An {@code iterate} at its place in the tree. */
public final class PlanLoop extends PlanNode {
    private final Node node;
    private @Nullable PlanBlock body;

    PlanLoop(String address, Node node, PlanBlock block, int index) {
        super(address, block, index);
        this.node = node;
    }

    void body(PlanBlock nodes) {
        body = nodes;
    }

    /** What is repeated. */
    public PlanBlock body() {
        return Objects.requireNonNull(body);
    }

    /** How it goes on until a condition is true; null when it goes over a list. */
    public Node.@Nullable UntilNode until() {
        return node instanceof Node.UntilNode until ? until : null;
    }

    /** How it goes over a list; null when it goes on until a condition is true. */
    public Node.@Nullable EachNode each() {
        return node instanceof Node.EachNode each ? each : null;
    }

    public Node node() {
        return node;
    }
}

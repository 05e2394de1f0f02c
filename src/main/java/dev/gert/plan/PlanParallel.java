package dev.gert.plan;

import dev.gert.model.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A {@code parallel} at its place in the tree. */
public final class PlanParallel extends PlanNode {
    private final Node.ParallelNode node;
    private final List<PlanBlock> sides = new ArrayList<>();

    PlanParallel(String address, Node.ParallelNode node, PlanBlock block, int index) {
        super(address, block, index);
        this.node = node;
    }

    void add(PlanBlock side) {
        sides.add(side);
    }

    public Node.ParallelNode node() {
        return node;
    }

    /** Its branches, in order. */
    public List<PlanBlock> sides() {
        return Collections.unmodifiableList(sides);
    }
}

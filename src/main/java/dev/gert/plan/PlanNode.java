package dev.gert.plan;

import org.jspecify.annotations.Nullable;

/** A node at its place in the tree. Nodes are the same objects throughout a plan and compare by identity. */
public abstract sealed class PlanNode permits PlanStep, PlanLoop, PlanParallel {
    private final String address;
    private final PlanBlock block;
    private final int index;

    PlanNode(String address, PlanBlock block, int index) {
        this.address = address;
        this.block = block;
        this.index = index;
    }

    /** As formats.md, section 1, "Address of a node"; without the numbers of iterations. */
    public String address() {
        return address;
    }

    /** The list that the node stands in. */
    public PlanBlock block() {
        return block;
    }

    /** Its position in that list, from 0. */
    public int index() {
        return index;
    }

    /** The innermost arm that the node stands in, or null. */
    public @Nullable PlanArm arm() {
        PlanBlock at = block;
        while (true) {
            if (at instanceof PlanArm arm) {
                return arm;
            }
            PlanNode owner = at.owner();
            if (owner == null) {
                return null;
            }
            at = owner.block();
        }
    }
}

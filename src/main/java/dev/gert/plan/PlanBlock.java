package dev.gert.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes that run one after another. */
public sealed class PlanBlock permits PlanArm {
    /** What a list of nodes is of its owner. */
    public enum Kind {
        /** The runbook's own list. */
        ROOT,
        /** A branch of a step. */
        ARM,
        /** What an {@code iterate} repeats. */
        BODY,
        /** A branch of a {@code parallel}. */
        SIDE,
        /** What runs after a step whatever happened. */
        FINALLY
    }

    private final Kind kind;
    private final String suffix;
    private final @Nullable PlanNode owner;
    private final List<PlanNode> nodes = new ArrayList<>();

    /** {@code suffix}: what stands between the owner's address and a node's position. */
    PlanBlock(Kind kind, String suffix, @Nullable PlanNode owner) {
        this.kind = kind;
        this.suffix = suffix;
        this.owner = owner;
    }

    void add(PlanNode node) {
        nodes.add(node);
    }

    public Kind kind() {
        return kind;
    }

    /** The node that the list belongs to; null for the runbook's own. */
    public @Nullable PlanNode owner() {
        return owner;
    }

    public List<PlanNode> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /**
     * The address of a run's instance of this list.
     *
     * @param ownerAddress that of the owner's instance
     * @param iteration from 1 for what an {@code iterate} repeats, else 0
     */
    public String address(String ownerAddress, int iteration) {
        if (owner == null) {
            return "";
        }
        return iteration == 0 ? ownerAddress + suffix : ownerAddress + ".iterate#" + iteration + ".steps";
    }

    /** The address of the node at {@code index} in the instance of this list that has {@code blockAddress}. */
    public String childAddress(String blockAddress, int index) {
        if (owner != null) {
            return blockAddress + "[" + index + "]";
        }
        return nodes.get(index).address();
    }
}

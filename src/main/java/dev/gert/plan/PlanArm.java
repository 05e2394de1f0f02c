package dev.gert.plan;

import dev.gert.model.Branch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A branch at its place in the tree. */
public final class PlanArm {
    private final String address;
    private final Branch branch;
    private final PlanNode owner;
    private final List<PlanNode> nodes = new ArrayList<>();

    PlanArm(String address, Branch branch, PlanNode owner) {
        this.address = address;
        this.branch = branch;
        this.owner = owner;
    }

    void add(PlanNode node) {
        nodes.add(node);
    }

    public String address() {
        return address;
    }

    public Branch branch() {
        return branch;
    }

    /** The node after whose step the arm is evaluated. */
    public PlanNode owner() {
        return owner;
    }

    public List<PlanNode> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** The labels of the arms from the outermost to this one, joined by {@code →}. */
    public String labelPath() {
        PlanArm above = owner.arm();
        return above == null ? branch.label() : above.labelPath() + " → " + branch.label();
    }
}

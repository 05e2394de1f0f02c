package dev.gert.plan;

import dev.gert.model.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step at its place in the tree. Nodes are the same objects throughout a plan and compare by identity. */
public final class PlanNode {
    private final String address;
    private final Step step;
    private final @Nullable PlanArm arm;
    private final List<PlanArm> arms = new ArrayList<>();

    PlanNode(String address, Step step, @Nullable PlanArm arm) {
        this.address = address;
        this.step = step;
        this.arm = arm;
    }

    void add(PlanArm below) {
        arms.add(below);
    }

    /** As formats.md, section 1, "Address of a node". */
    public String address() {
        return address;
    }

    public Step step() {
        return step;
    }

    /** The arm that the node stands in, or null at the top level. */
    public @Nullable PlanArm arm() {
        return arm;
    }

    /** The arms evaluated after the step, in order. */
    public List<PlanArm> arms() {
        return Collections.unmodifiableList(arms);
    }
}

package dev.gert.plan;

import dev.gert.model.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step at its place in the tree. */
public final class PlanStep extends PlanNode {
    /** What the address of a step's probe ends with. */
    public static final String PROBE = ".precondition";

    private final Step step;
    private final List<PlanArm> arms = new ArrayList<>();
    private final boolean isProbe;
    private @Nullable PlanBlock finallyBlock;
    private @Nullable PlanStep probe;
    private @Nullable PlanTool tool;

    PlanStep(String address, Step step, PlanBlock block, int index, boolean isProbe) {
        super(address, block, index);
        this.step = step;
        this.isProbe = isProbe;
    }

    void add(PlanArm below) {
        arms.add(below);
    }

    void finallyBlock(PlanBlock nodes) {
        finallyBlock = nodes;
    }

    void probe(PlanStep check) {
        probe = check;
    }

    void tool(PlanTool found) {
        tool = found;
    }

    public Step step() {
        return step;
    }

    /** The arms evaluated after the step, in order. */
    public List<PlanArm> arms() {
        return Collections.unmodifiableList(arms);
    }

    /** What runs after the step and its arms whatever happened, or null. */
    public @Nullable PlanBlock finallyBlock() {
        return finallyBlock;
    }

    /** The command of the step's precondition, a step of its own to the gateway and the journal; or null. */
    public @Nullable PlanStep probe() {
        return probe;
    }

    /** Whether this is the command of another step's precondition. */
    public boolean isProbe() {
        return isProbe;
    }

    /** The action that a tool step uses; null on other steps. */
    public @Nullable PlanTool tool() {
        return tool;
    }
}

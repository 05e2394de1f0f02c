package dev.gert.plan;

import dev.gert.model.Branch;

/** A branch at its place in the tree. */
public final class PlanArm extends PlanBlock {
    private final Branch branch;
    private final PlanStep step;
    private final int number;

    PlanArm(int number, Branch branch, PlanStep step) {
        super(Kind.ARM, ".branches[" + number + "].steps", step);
        this.number = number;
        this.branch = branch;
        this.step = step;
    }

    /** As formats.md, section 1, without the numbers of iterations. */
    public String address() {
        return address(step.address());
    }

    /** That of a run's instance, from that of the step's instance. */
    public String address(String stepAddress) {
        return stepAddress + ".branches[" + number + "]";
    }

    public Branch branch() {
        return branch;
    }

    /** The step after which the arm is evaluated. */
    public PlanStep step() {
        return step;
    }

    /** The labels of the arms from the outermost to this one, joined by {@code →}. */
    public String labelPath() {
        PlanArm above = step.arm();
        return above == null ? branch.label() : above.labelPath() + " → " + branch.label();
    }
}

package dev.gert.projection;

import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanBlock;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanStep;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A site that a route is to lead to: an arm of a step, or one of its outcomes. */
public final class RouteTarget {
    private final PlanStep step;
    private final @Nullable PlanArm arm;
    private final int outcome;
    private final Set<PlanNode> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<PlanBlock> blocks = Collections.newSetFromMap(new IdentityHashMap<>());

    private RouteTarget(PlanStep step, @Nullable PlanArm arm, int outcome) {
        this.step = step;
        this.arm = arm;
        this.outcome = outcome;
        PlanNode at = step;
        while (at != null) {
            nodes.add(at);
            blocks.add(at.block());
            at = at.block().owner();
        }
    }

    /** Every arm and outcome of the plan by its path, as {@link CoverageSite} has it. */
    public static Map<String, RouteTarget> of(Plan plan) {
        Map<String, RouteTarget> targets = new HashMap<>();
        for (PlanStep step : plan.steps()) {
            for (int i = 0; i < step.step().common().outcomes().size(); i++) {
                targets.put(CoverageSite.outcomePath(step.address(), i), new RouteTarget(step, null, i));
            }
            for (PlanArm arm : step.arms()) {
                targets.put(arm.address(), new RouteTarget(step, arm, -1));
            }
        }
        return targets;
    }

    static RouteTarget of(PlanArm arm) {
        return new RouteTarget(arm.step(), arm, -1);
    }

    /** Whether a run came there. */
    public boolean isReached(RunTrace trace) {
        if (arm != null) {
            return trace.entered(arm);
        }
        RunEvent.OutcomeReached reached = trace.outcome();
        return reached != null && reached.index() == outcome && trace.plan().step(reached.step()) == step;
    }

    /** The step that has the arm or outcome. */
    public PlanStep step() {
        return step;
    }

    /** The arm, null where an outcome is meant. */
    public @Nullable PlanArm arm() {
        return arm;
    }

    /** The position of the outcome, below 0 where an arm is meant. */
    public int outcome() {
        return outcome;
    }

    /** Whether it is this step, or stands in what belongs to the node. */
    boolean isIn(PlanNode node) {
        return nodes.contains(node);
    }

    boolean isIn(@Nullable PlanBlock block) {
        return block != null && blocks.contains(block);
    }
}

package dev.gert.projection;

import dev.gert.model.Runbook;
import dev.gert.plan.BuiltIns;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanBlock;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanStep;
import dev.gert.plan.StepsWithin;
import java.util.function.Predicate;

/** What gives a name a value in a run. */
final class Givers {
    private final Plan plan;
    private final String name;

    Givers(Plan plan, String name) {
        this.plan = plan;
        this.name = name;
    }

    /** Whether something may have given it one when a step's conditions are read; {@code closed}: no run runs it. */
    boolean mayRunBefore(PlanStep moment, Predicate<PlanStep> closed) {
        if (isAlwaysSet()) {
            return true;
        }
        boolean before = true;
        for (PlanStep step : plan.steps()) {
            boolean gives = StepsWithin.given(step).containsKey(name);
            if (gives && (before || shareLoop(step, moment)) && !areApart(step, moment) && !closed.test(step)) {
                return true;
            }
            before &= step != moment;
        }
        return false;
    }

    private boolean isAlwaysSet() {
        for (Runbook.Variable variable : plan.runbook().vars()) {
            if (variable.name().equals(name)) {
                return true;
            }
        }
        for (Runbook.Input input : plan.runbook().inputs()) {
            if (input.name().equals(name)) {
                return true;
            }
        }
        for (PlanNode node : plan.nodes().values()) {
            if (node instanceof PlanLoop loop
                    && loop.each() != null
                    && loop.each().as().equals(name)) {
                return true;
            }
        }
        return BuiltIns.NAMES.contains(name) || name.equals(BuiltIns.OUTCOME);
    }

    private static boolean shareLoop(PlanStep one, PlanStep other) {
        for (PlanNode at = one; at != null; at = at.block().owner()) {
            if (at.block().kind() == PlanBlock.Kind.BODY && isIn(at.block(), other)) {
                return true;
            }
        }
        return false;
    }

    /** Whether they stand in different arms of one step: a run enters one of them, but for those of a loop. */
    private static boolean areApart(PlanStep one, PlanStep other) {
        if (shareLoop(one, other)) {
            return false;
        }
        for (PlanArm arm = one.arm(); arm != null; arm = arm.step().arm()) {
            for (PlanArm beside : arm.step().arms()) {
                if (beside != arm && isIn(beside, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isIn(PlanBlock block, PlanNode node) {
        for (PlanNode at = node; at != null; at = at.block().owner()) {
            if (at.block() == block) {
                return true;
            }
        }
        return false;
    }
}

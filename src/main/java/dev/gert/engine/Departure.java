package dev.gert.engine;

import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanBlock;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanStep;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run leaves out because its operator said so: single steps ({@code --skip}), and all that stands before the
 * step it begins with ({@code --from}). Branches on the way to that step are entered without asking their condition.
 */
public final class Departure {
    private final RunEvent.StepsSkipped said;
    private final Set<PlanNode> out = new HashSet<>();
    private final IdentityHashMap<PlanStep, PlanArm> way = new IdentityHashMap<>();

    /** {@code said}: with addresses that the plan has. */
    public Departure(Plan plan, RunEvent.StepsSkipped said) {
        this.said = said;
        for (String address : said.steps()) {
            out.add(node(plan, address));
        }
        String from = said.from();
        if (from == null) {
            return;
        }
        PlanNode first = node(plan, from);
        for (PlanNode node : plan.nodes().values()) {
            if (node == first) {
                break;
            }
            out.add(node);
        }
        for (PlanBlock at = first.block();
                at instanceof PlanArm arm;
                at = arm.step().block()) {
            way.put(arm.step(), arm);
        }
    }

    private static PlanNode node(Plan plan, String address) {
        PlanNode node = plan.node(address);
        if (node == null) {
            throw new IllegalRecordException("the runbook has no step at " + address);
        }
        return node;
    }

    /** Why a run can't begin with that step, or null: it can. */
    public static @Nullable String obstacle(PlanStep from) {
        PlanBlock at = from.block();
        while (at instanceof PlanArm arm) {
            at = arm.step().block();
        }
        return switch (at.kind()) {
            case ROOT -> null;
            case BODY -> "it stands in a loop, whose turns have to be counted";
            case SIDE -> "it stands in a parallel, whose branches begin together";
            default -> "it cleans up after another step";
        };
    }

    /** Whether it stands on the way, or is left out by itself. */
    public boolean leavesOut(PlanNode node) {
        return out.contains(node);
    }

    /** The branch after a step that is left out by which the run comes to where it begins, or null. */
    @Nullable
    PlanArm way(PlanStep step) {
        return way.get(step);
    }

    String reason() {
        return said.person() + " left it out: " + said.reason().text();
    }
}

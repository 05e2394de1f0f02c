package dev.gert.engine;

import dev.gert.event.RunEvent;
import dev.gert.model.Branch;
import dev.gert.model.Node;
import dev.gert.model.Runbook;
import dev.gert.plan.DeclaredText;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanParallel;
import dev.gert.plan.PlanStep;
import dev.gert.plan.Surroundings;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run has done, held against a runbook that was changed since: a step that has begun, how it was come to
 * and what was decided after it must be the same in both (cli.md, {@code --accept-changes}).
 */
public final class DoneParts {
    private final DeclaredText declared = new DeclaredText();
    private final @Nullable String again;

    private DoneParts(@Nullable String again) {
        this.again = again;
    }

    /** {@code then}, {@code now}: where it stands in either, null: it does not. */
    public record Difference(
            String message, @Nullable Span then, @Nullable Span now) {}

    /**
     * The first thing done that is not the same, or null.
     *
     * @param then the fold over the runbooks as they were
     * @param now the changed plan of the first run
     * @param again id or address of a failed step that is to be made again, null: of none
     */
    public static @Nullable Difference between(RunTree then, Plan now, @Nullable String again) {
        DoneParts parts = new DoneParts(again);
        Map<String, Plan> plans = new HashMap<>();
        for (Map.Entry<String, RunState> each : then.runs().entrySet()) {
            String id = each.getKey();
            RunState state = each.getValue();
            RunEvent.RunLinked link = then.link(id);
            RunState parent = then.parent(id);
            Plan plan = now;
            if (link != null && parent != null) {
                Plan leading = plans.get(parent.run());
                Surroundings.Link found = leading == null ? null : leading.link(link.reference());
                if (!(found instanceof Surroundings.Link.Found other)
                        || !file(other.plan()).equals(file(state.plan()))) {
                    return new Difference(
                            "the run went on with " + file(state.plan()) + ", and `" + link.reference()
                                    + "` leads there no more",
                            null,
                            null);
                }
                plan = other.plan();
            }
            plans.put(id, plan);
            Difference difference = parts.between(state, plan);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static String file(Plan plan) {
        return plan.runbook().source().name();
    }

    private @Nullable Difference between(RunState state, Plan now) {
        if (state.isReady()) {
            for (String name : names(now)) {
                if (!state.values().containsKey(name)) {
                    return new Difference("`" + name + "` is new, and the run has no value for it", null, null);
                }
            }
        }
        for (Map.Entry<String, StepState> each : state.begun().entrySet()) {
            PlanStep then = state.plan().step(each.getKey());
            if (then == null || then.isProbe()) {
                continue;
            }
            PlanNode other = now.node(each.getKey());
            if (!(other instanceof PlanStep step) || !samePlace(then, other)) {
                return new Difference(
                        "`" + then.step().id() + "` has begun, and does not stand where it stood",
                        then.step().common().idSpan(),
                        null);
            }
            boolean open = each.getValue().phase.beforeEffect() && each.getValue().attempt == 1;
            boolean made = again != null
                    && (each.getKey().equals(again) || then.step().id().equals(again))
                    && state.isFailure(each.getKey());
            boolean free = open || made;
            if (!free && !(declared.of(then.step()).equals(declared.of(step.step())) && sameArms(then, step))) {
                return new Difference(
                        "`" + then.step().id() + "` was done, and is not the same now",
                        then.step().common().idSpan(),
                        step.step().common().idSpan());
            }
        }
        return null;
    }

    private static List<String> names(Plan plan) {
        List<String> names = new ArrayList<>();
        for (Runbook.Variable variable : plan.runbook().vars()) {
            names.add(variable.name());
        }
        for (Runbook.Input input : plan.runbook().inputs()) {
            names.add(input.name());
        }
        return names;
    }

    private static boolean sameArms(PlanStep then, PlanStep now) {
        if (then.arms().size() != now.arms().size()) {
            return false;
        }
        for (int i = 0; i < then.arms().size(); i++) {
            Branch a = then.arms().get(i).branch();
            Branch b = now.arms().get(i).branch();
            if (!a.label().equals(b.label())
                    || !a.condition().source().equals(b.condition().source())) {
                return false;
            }
        }
        return true;
    }

    /** In lists at the same place, as the same of each, below nodes of which the same holds. */
    private static boolean samePlace(PlanNode then, PlanNode now) {
        PlanNode a = then;
        PlanNode b = now;
        while (a != null && b != null) {
            boolean same = a.getClass() == b.getClass()
                    && a.address().equals(b.address())
                    && a.index() == b.index()
                    && (!(a instanceof PlanLoop loop) || sameLoop(loop, (PlanLoop) b))
                    && (!(a instanceof PlanParallel sides)
                            || sides.sides().size()
                                    == ((PlanParallel) b).sides().size())
                    && a.block() instanceof PlanArm == b.block() instanceof PlanArm;
            if (!same) {
                return false;
            }
            a = a.block().owner();
            b = b.block().owner();
        }
        return a == null && b == null;
    }

    private static boolean sameLoop(PlanLoop then, PlanLoop now) {
        Node.UntilNode a = then.until();
        Node.UntilNode b = now.until();
        if (a != null && b != null) {
            return a.max() == b.max() && a.until().source().equals(b.until().source());
        }
        Node.EachNode c = then.each();
        Node.EachNode d = now.each();
        return c != null
                && d != null
                && c.as().equals(d.as())
                && c.over().source().equals(d.over().source());
    }
}

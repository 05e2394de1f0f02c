package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.Condition;
import dev.gert.expr.NameUse;
import dev.gert.expr.Template;
import dev.gert.model.Capture;
import dev.gert.model.Node;
import dev.gert.model.Outcome;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which names have a value where they are read: on no path (an error), on some (a warning; reading an
 * unset name is an error of the run), or on all (formats.md, section 2). Told once on a path: a run
 * that goes on behind a name that it needed has it.
 */
final class FlowCheck {
    private final Runbook runbook;
    private final Verdicts verdicts;
    private final Diagnostics diagnostics;
    private final Map<String, Integer> numbers = new HashMap<>();
    /** What steps give, and what loops call their items. */
    private final BitSet given = new BitSet();

    private final BitSet items = new BitSet();
    /** What branches beside this one give: reading it is R210, whose cause is the same. */
    private BitSet beside = new BitSet();

    FlowCheck(Runbook runbook, Verdicts verdicts, Diagnostics diagnostics) {
        this.runbook = runbook;
        this.verdicts = verdicts;
        this.diagnostics = diagnostics;
    }

    /** How a name is read. */
    private enum Manner {
        /** A run that has no value for it ends here. */
        NEEDED,
        /** As that, but a run may pass by. */
        PERHAPS,
        /** For people to read: `<name>` stands for what has no value. */
        SHOWN
    }

    void check(PlanBlock root) {
        Known start = new Known();
        for (String name : BuiltIns.NAMES) {
            start.give(number(name));
        }
        start.give(number(BuiltIns.OUTCOME));
        for (Runbook.Variable variable : runbook.vars()) {
            start.give(number(variable.name()));
        }
        for (Runbook.Input input : runbook.inputs()) {
            start.maybe.set(number(input.name()));
            if (input.required() || input.defaultValue() != null) {
                start.sure.set(number(input.name()));
            }
        }
        gives(root, given);
        walk(root, start);
    }

    private int number(String name) {
        Integer known = numbers.putIfAbsent(name, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    /** Every name that something in the block gives a value. */
    private void gives(PlanBlock block, BitSet names) {
        for (PlanNode node : block.nodes()) {
            if (node instanceof PlanStep step) {
                give(step.step(), names);
                for (PlanArm arm : step.arms()) {
                    gives(arm, names);
                }
                PlanBlock after = step.finallyBlock();
                if (after != null) {
                    gives(after, names);
                }
            } else if (node instanceof PlanLoop loop) {
                Node.EachNode each = loop.each();
                if (each != null) {
                    items.set(number(each.as()));
                }
                gives(loop.body(), names);
            } else if (node instanceof PlanParallel parallel) {
                for (PlanBlock side : parallel.sides()) {
                    gives(side, names);
                }
            }
        }
    }

    private void give(Step step, BitSet names) {
        for (Capture capture : step.common().captures()) {
            names.set(number(capture.name()));
        }
        if (step instanceof Step.ManualStep manual && manual.choices() != null) {
            names.set(number(manual.choices().variable()));
        }
    }

    /** {@code known} becomes what is known after the block. */
    private void walk(PlanBlock block, Known known) {
        boolean last = block.kind() == PlanBlock.Kind.FINALLY;
        for (PlanNode node : block.nodes()) {
            Known each = last ? known.copy() : known;
            if (node instanceof PlanStep step) {
                step(step, each);
            } else if (node instanceof PlanLoop loop) {
                loop(loop, each);
            } else if (node instanceof PlanParallel parallel) {
                parallel(parallel, each);
            }
            if (last) {
                // What cleans up goes on with the next node when one fails.
                known.maybe.or(each.maybe);
            }
        }
    }

    private void step(PlanStep node, Known known) {
        Step step = node.step();
        Known around = known.copy();
        Known left = before(node, known);
        give(step, known.sure);
        give(step, known.maybe);
        outcomes(node, known);
        known.reached &= !verdicts.endsAlways(node);
        if (!node.arms().isEmpty()) {
            arms(node, known);
        }
        PlanBlock last = node.finallyBlock();
        if (last != null) {
            Known ending = around.copy();
            ending.maybe.or(known.maybe);
            walk(last, ending);
            known.maybe.or(ending.maybe);
        }
        if (step instanceof Step.InvokeStep invoke && invoke.gate().skipsErrors()) {
            known.orFrom(around);
        }
        if (left != null) {
            known.orFrom(left);
        }
    }

    /** What a step reads before it gives anything; what is known when it is left out, null when it can't be. */
    private @Nullable Known before(PlanStep node, Known known) {
        List<NameUse> uses = NodeNames.before(node);
        Condition when = node.step().common().when();
        int asked = when == null ? 0 : when.names().size();
        read(uses.subList(0, asked), known, Manner.NEEDED);
        Step.Work work = node.step().work();
        Step.Precondition check = work == null ? null : work.precondition();
        boolean leftOut = when != null || check != null && check.skipIfSucceeds();
        Known left = leftOut ? known.copy() : null;
        Template message = check == null ? null : check.message();
        List<NameUse> shown = message == null ? List.of() : message.names();
        for (int i = asked; i < uses.size(); i++) {
            read(uses.get(i), known, isAmong(shown, uses.get(i)) ? Manner.SHOWN : Manner.NEEDED);
        }
        return left;
    }

    @SuppressWarnings("ReferenceEquality") // the template's own list, so its own uses
    private static boolean isAmong(List<NameUse> uses, NameUse use) {
        for (NameUse each : uses) {
            if (each == use) {
                return true;
            }
        }
        return false;
    }

    private void outcomes(PlanStep node, Known known) {
        for (Outcome outcome : node.step().common().outcomes()) {
            if (outcome.when() != null) {
                read(outcome.when().names(), known, Manner.NEEDED);
            }
            read(outcome.label().names(), known, Manner.SHOWN);
            read(outcome.recommendation().names(), known, Manner.SHOWN);
            Outcome.NextRunbook next = outcome.next();
            if (next != null) {
                read(next.file().names(), known, Manner.PERHAPS);
                for (Step.Argument input : next.inputs()) {
                    read(input.value().names(), known, Manner.PERHAPS);
                }
            }
        }
    }

    /** An arm's condition is asked where those before it were false; with none true the run goes on. */
    private void arms(PlanStep node, Known known) {
        List<Known> ways = new ArrayList<>(node.arms().size());
        for (PlanArm arm : node.arms()) {
            read(arm.branch().condition().names(), known, Manner.NEEDED);
            Known inside = known.copy();
            walk(arm, inside);
            ways.add(inside);
        }
        known.reached &= !verdicts.isExhaustive(node);
        for (Known inside : ways) {
            known.orFrom(inside);
        }
    }

    private void loop(PlanLoop loop, Known known) {
        read(NodeNames.before(loop), known, Manner.NEEDED);
        Known body = known.copy();
        BitSet fromBefore = new BitSet();
        gives(loop.body(), fromBefore);
        body.maybe.or(fromBefore);
        Node.EachNode each = loop.each();
        if (each != null) {
            body.give(number(each.as()));
        }
        walk(loop.body(), body);
        Node.UntilNode until = loop.until();
        if (until != null) {
            read(until.until().names(), body, Manner.NEEDED);
            known.become(body);
        } else if (each != null) {
            boolean hidden = fromBefore.get(number(each.as())) || known.maybe.get(number(each.as()));
            body.maybe.set(number(each.as()), hidden);
            known.maybe.or(body.maybe);
        }
    }

    private void parallel(PlanParallel parallel, Known known) {
        Known all = known.copy();
        BitSet outside = beside;
        for (PlanBlock side : parallel.sides()) {
            Known inside = known.copy();
            beside = (BitSet) outside.clone();
            for (PlanBlock other : parallel.sides()) {
                if (other != side) {
                    gives(other, beside);
                }
            }
            walk(side, inside);
            all.sure.or(inside.sure);
            all.maybe.or(inside.maybe);
            all.reached &= inside.reached;
        }
        beside = outside;
        known.become(all);
    }

    private void read(List<NameUse> uses, Known known, Manner manner) {
        for (NameUse use : uses) {
            read(use, known, manner);
        }
    }

    private void read(NameUse use, Known known, Manner manner) {
        Integer number = numbers.get(use.name());
        if (number == null || use.defaulted() || !known.reached || known.sure.get(number)) {
            return;
        }
        if (beside.get(number)) {
            return;
        }
        String name = "`" + use.name() + "`";
        String help = "`{{ ." + use.name() + " | default \"…\" }}` says what is read then";
        if (known.maybe.get(number)) {
            diagnostics.warning(Code.R215, use.span(), name + " has no value on some of the ways that lead here", help);
        } else if (manner == Manner.SHOWN || !use.always()) {
            diagnostics.warning(Code.R215, use.span(), name + " has no value here on any way", help);
        } else if (items.get(number) && !given.get(number)) {
            diagnostics.error(Code.R215, use.span(), name + " is read outside the loop whose items it names", "", null);
        } else {
            diagnostics.error(
                    Code.R215,
                    use.span(),
                    name + " is read before any step gives it a value",
                    "",
                    "read it after the step that captures it");
        }
        if (manner == Manner.NEEDED && use.isNeeded()) {
            known.sure.set(number);
        }
    }
}

package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.NameUse;
import dev.gert.model.Capture;
import dev.gert.model.Node;
import dev.gert.model.Outcome;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which names have a value where they are read: on no path (an error), on some (a warning; reading an
 * unset name is an error of the run), or on all (formats.md, section 2).
 */
final class FlowCheck {
    private final Runbook runbook;
    private final Diagnostics diagnostics;
    private final Set<String> given = new HashSet<>();

    FlowCheck(Runbook runbook, Diagnostics diagnostics) {
        this.runbook = runbook;
        this.diagnostics = diagnostics;
    }

    /** The names with a value at some point: {@code sure} on every path to it, {@code maybe} on one at least. */
    private static final class Known {
        final Set<String> sure;
        final Set<String> maybe;
        /** Whether a run can come here at all. */
        boolean reached = true;

        Known(Set<String> sure, Set<String> maybe) {
            this.sure = sure;
            this.maybe = maybe;
        }

        Known copy() {
            Known copy = new Known(new HashSet<>(sure), new HashSet<>(maybe));
            copy.reached = reached;
            return copy;
        }

        /** Here from either of two ways. */
        void orFrom(Known other) {
            maybe.addAll(other.maybe);
            if (!other.reached) {
                return;
            }
            if (reached) {
                sure.retainAll(other.sure);
            } else {
                sure.clear();
                sure.addAll(other.sure);
                reached = true;
            }
        }

        void give(String name) {
            sure.add(name);
            maybe.add(name);
        }
    }

    void check(PlanBlock root) {
        Known start = new Known(new HashSet<>(BuiltIns.NAMES), new HashSet<>(BuiltIns.NAMES));
        start.give(BuiltIns.OUTCOME);
        for (Runbook.Variable variable : runbook.vars()) {
            start.give(variable.name());
        }
        for (Runbook.Input input : runbook.inputs()) {
            start.maybe.add(input.name());
            if (input.required() || input.defaultValue() != null) {
                start.sure.add(input.name());
            }
        }
        gives(root, given);
        items(root, given);
        walk(root, start);
    }

    /** Every name that something in the block gives a value. */
    private static void gives(PlanBlock block, Set<String> names) {
        for (PlanNode node : block.nodes()) {
            if (node instanceof PlanStep step) {
                names.addAll(given(step.step()));
                for (PlanArm arm : step.arms()) {
                    gives(arm, names);
                }
                PlanBlock after = step.finallyBlock();
                if (after != null) {
                    gives(after, names);
                }
            } else if (node instanceof PlanLoop loop) {
                gives(loop.body(), names);
            } else if (node instanceof PlanParallel parallel) {
                for (PlanBlock side : parallel.sides()) {
                    gives(side, names);
                }
            }
        }
    }

    private static void items(PlanBlock block, Set<String> names) {
        for (PlanNode node : block.nodes()) {
            if (node instanceof PlanStep step) {
                for (PlanArm arm : step.arms()) {
                    items(arm, names);
                }
                PlanBlock after = step.finallyBlock();
                if (after != null) {
                    items(after, names);
                }
            } else if (node instanceof PlanLoop loop) {
                Node.EachNode each = loop.each();
                if (each != null) {
                    names.add(each.as());
                }
                items(loop.body(), names);
            } else if (node instanceof PlanParallel parallel) {
                for (PlanBlock side : parallel.sides()) {
                    items(side, names);
                }
            }
        }
    }

    /** The names that a step gives values. */
    static Set<String> given(Step step) {
        Set<String> names = new HashSet<>();
        for (Capture capture : step.common().captures()) {
            names.add(capture.name());
        }
        if (step instanceof Step.ManualStep manual && manual.choices() != null) {
            names.add(manual.choices().variable());
        }
        return names;
    }

    /** {@code known} becomes what is known after the block. */
    private void walk(PlanBlock block, Known known) {
        for (PlanNode node : block.nodes()) {
            if (node instanceof PlanStep step) {
                step(step, known);
            } else if (node instanceof PlanLoop loop) {
                loop(loop, known);
            } else if (node instanceof PlanParallel parallel) {
                parallel(parallel, known);
            }
        }
    }

    private void step(PlanStep node, Known known) {
        Step step = node.step();
        read(NodeNames.before(node), known);
        if (node.arms().isEmpty() && node.finallyBlock() == null) {
            plain(node, known);
            return;
        }
        Known around = known.copy();
        Known passed = known.copy();
        given(step).forEach(passed::give);
        read(NodeNames.after(node, false), passed);
        Known after = passed.copy();
        boolean always = endsAlways(node);
        for (PlanArm arm : node.arms()) {
            read(arm.branch().condition().names(), passed);
            Known inside = passed.copy();
            walk(arm, inside);
            after.orFrom(inside);
            if (always) {
                after.maybe.addAll(inside.maybe);
            }
        }
        after.reached &= !always;
        if (mayBeLeftOut(step)) {
            Known skipped = around.copy();
            skipped.maybe.addAll(after.maybe);
            after.orFrom(skipped);
        }
        PlanBlock last = node.finallyBlock();
        if (last != null) {
            Known inFinally = around.copy();
            inFinally.maybe.addAll(after.maybe);
            walk(last, inFinally);
            after.maybe.addAll(inFinally.maybe);
            if (after.reached) {
                after.sure.addAll(newIn(inFinally, around));
            }
        }
        known.sure.clear();
        known.sure.addAll(after.sure);
        known.maybe.addAll(after.maybe);
        known.reached = after.reached;
    }

    /** As {@link #step}, without a copy of what is known for each of thousands of steps. */
    private void plain(PlanStep node, Known known) {
        List<String> fresh = new ArrayList<>();
        for (String name : given(node.step())) {
            if (known.sure.add(name)) {
                fresh.add(name);
            }
            known.maybe.add(name);
        }
        read(NodeNames.after(node, false), known);
        if (mayBeLeftOut(node.step())) {
            known.sure.removeAll(fresh);
        } else {
            known.reached &= !endsAlways(node);
        }
    }

    private static Set<String> newIn(Known after, Known before) {
        Set<String> names = new HashSet<>(after.sure);
        names.removeAll(before.sure);
        return names;
    }

    /** Whether the run ends with the step whenever it passes. */
    private static boolean endsAlways(PlanStep node) {
        for (Outcome outcome : node.step().common().outcomes()) {
            if (outcome.when() == null || outcome.when().source().isBlank()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a run may go on after the step without its captures. */
    private static boolean mayBeLeftOut(Step step) {
        Step.Work work = step.work();
        Step.Precondition check = work == null ? null : work.precondition();
        boolean skips = step instanceof Step.InvokeStep invoke && invoke.gate().skipsErrors();
        return step.common().when() != null || check != null && check.skipIfSucceeds() || skips;
    }

    private void loop(PlanLoop loop, Known known) {
        read(NodeNames.before(loop), known);
        Known body = known.copy();
        gives(loop.body(), body.maybe);
        Node.EachNode each = loop.each();
        if (each != null) {
            body.give(each.as());
        }
        walk(loop.body(), body);
        Node.UntilNode until = loop.until();
        if (until != null) {
            read(until.until().names(), body);
            known.sure.addAll(body.sure);
            known.reached = body.reached;
        } else if (each != null) {
            body.sure.remove(each.as());
            body.maybe.remove(each.as());
        }
        known.maybe.addAll(body.maybe);
    }

    private void parallel(PlanParallel parallel, Known known) {
        Set<String> sure = new HashSet<>();
        Set<String> maybe = new HashSet<>();
        boolean reached = true;
        for (PlanBlock side : parallel.sides()) {
            Known inside = known.copy();
            walk(side, inside);
            sure.addAll(inside.sure);
            maybe.addAll(inside.maybe);
            reached &= inside.reached;
        }
        known.sure.addAll(sure);
        known.maybe.addAll(maybe);
        known.reached &= reached;
    }

    private void read(List<NameUse> uses, Known known) {
        for (NameUse use : uses) {
            String name = use.name();
            boolean declared = known.maybe.contains(name) || given.contains(name);
            if (use.defaulted() || known.sure.contains(name) || !declared || !known.reached) {
                continue;
            }
            if (known.maybe.contains(name)) {
                diagnostics.warning(
                        Code.R215,
                        use.span(),
                        "`" + name + "` has no value on some of the ways that lead here",
                        "`{{ ." + name + " | default \"…\" }}` says what is read then");
            } else {
                diagnostics.error(
                        Code.R215,
                        use.span(),
                        "`" + name + "` is read before any step gives it a value",
                        "",
                        "read it after the step that captures it");
            }
        }
    }
}

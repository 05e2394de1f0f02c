package dev.gert.cli;

import dev.gert.expr.Template;
import dev.gert.model.Import;
import dev.gert.model.Outcome;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.plan.Surroundings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What people may be asked for in a run: by the runbook itself, and by those that it leads to.
 *
 * @param inputs names of inputs, and of the first runbook's vars
 * @param manual the manual steps
 * @param others ids of the steps of other types
 * @param isOpen whether the run may lead to runbooks that nobody knows before it runs
 */
record Asked(List<String> inputs, List<Step.ManualStep> manual, List<String> others, boolean isOpen) {
    static Asked of(Plan plan) {
        Walk walk = new Walk();
        for (Runbook.Variable variable : plan.runbook().vars()) {
            walk.inputs.add(variable.name());
        }
        walk.plan(plan);
        return new Asked(walk.inputs, walk.manual, walk.others, walk.open);
    }

    /** Those with that id; runbooks that lead to one another may have the same. */
    List<Step.ManualStep> steps(String id) {
        List<Step.ManualStep> found = new ArrayList<>();
        for (Step.ManualStep step : manual) {
            if (step.id().equals(id)) {
                found.add(step);
            }
        }
        return found;
    }

    List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (Step.ManualStep step : manual) {
            ids.add(step.id());
        }
        return ids;
    }

    private static final class Walk {
        private final List<String> inputs = new ArrayList<>();
        private final List<Step.ManualStep> manual = new ArrayList<>();
        private final List<String> others = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private boolean open;

        void plan(Plan plan) {
            if (!seen.add(plan.runbook().source().name())) {
                return;
            }
            for (Runbook.Input input : plan.runbook().inputs()) {
                inputs.add(input.name());
            }
            for (PlanStep node : plan.steps()) {
                step(plan, node);
            }
        }

        private void step(Plan plan, PlanStep node) {
            if (node.isProbe()) {
                return;
            }
            if (node.step() instanceof Step.ManualStep found) {
                manual.add(found);
            } else {
                others.add(node.step().id());
            }
            if (node.step() instanceof Step.InvokeStep invoke) {
                reference(plan, invoke.runbook());
            }
            for (Outcome outcome : node.step().common().outcomes()) {
                Outcome.NextRunbook next = outcome.next();
                if (next != null) {
                    reference(plan, next.file());
                }
            }
        }

        private void reference(Plan plan, Template file) {
            String literal = file.literalText();
            if (literal != null) {
                follow(plan, literal);
                return;
            }
            open |= plan.isFixed(file);
            for (Import declared : plan.runbook().imports()) {
                follow(plan, declared.alias());
            }
        }

        private void follow(Plan plan, String reference) {
            if (plan.link(reference) instanceof Surroundings.Link.Found found) {
                plan(found.plan());
            }
        }
    }
}

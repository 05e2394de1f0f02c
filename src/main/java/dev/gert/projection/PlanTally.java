package dev.gert.projection;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures of a plan, those of the runbooks that it leads to included. */
public final class PlanTally {
    private int steps;
    private int allowed;
    private int held;
    private int denied;
    private int open;
    private int people;
    private final List<String> needs = new ArrayList<>();
    private final List<String> impossible = new ArrayList<>();

    public PlanTally(RunPlan plan) {
        count(plan);
    }

    private void count(RunPlan plan) {
        items(plan.items());
    }

    private void items(List<RunPlan.Item> items) {
        for (RunPlan.Item item : items) {
            if (item instanceof RunPlan.StepItem step) {
                step(step);
            } else if (item instanceof RunPlan.LoopItem loop) {
                items(loop.items());
            } else if (item instanceof RunPlan.ParallelItem parallel) {
                arms(parallel.sides());
            }
        }
    }

    private void arms(List<RunPlan.Arm> arms) {
        for (RunPlan.Arm arm : arms) {
            items(arm.items());
        }
    }

    private void step(RunPlan.StepItem step) {
        steps++;
        people += step.type().equals("manual") ? 1 : 0;
        ruling(step.ruling());
        if (step.precondition() != null) {
            ruling(step.precondition().ruling());
        }
        for (RunPlan.Need need : step.needs()) {
            needs.add(need.kind());
            if (need.unmet()) {
                impossible.add(step.id() + ": " + need.kind() + " of " + need.text());
            }
        }
        linked(step.invoked());
        for (RunPlan.End end : step.ends()) {
            linked(end.next());
        }
        arms(step.arms());
        items(step.last());
    }

    private void linked(RunPlan.@Nullable Linked linked) {
        if (linked != null && linked.plan() != null) {
            count(linked.plan());
        }
    }

    private void ruling(RunPlan.@Nullable Ruling ruling) {
        if (ruling == null) {
            return;
        }
        switch (ruling.word()) {
            case "allow" -> allowed++;
            case "acknowledge", "approve" -> held++;
            case "deny" -> denied++;
            default -> open++;
        }
    }

    public int steps() {
        return steps;
    }

    /** Commands that policy allows, preconditions included, as in the next ones. */
    public int allowed() {
        return allowed;
    }

    public int held() {
        return held;
    }

    public int denied() {
        return denied;
    }

    public int undetermined() {
        return open;
    }

    /** Steps that a person does. */
    public int manual() {
        return people;
    }

    /** The needs that nobody can meet, each with its step. */
    public List<String> impossible() {
        return List.copyOf(impossible);
    }

    /** How many needs of a kind there are. */
    public int needs(String kind) {
        int count = 0;
        for (String each : needs) {
            count += each.equals(kind) ? 1 : 0;
        }
        return count;
    }
}

package dev.gert.engine;

import dev.gert.event.Envelope;
import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import dev.gert.expr.NameUse;
import dev.gert.model.Effect;
import dev.gert.plan.BuiltIns;
import dev.gert.plan.NodeNames;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanNode;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run's records add up to: the fold {@code RunState × RunEvent → RunState} of design.md. It
 * changes only through {@link #evolve}, and the same records always give the same state.
 */
public final class RunState {
    private final Plan plan;
    private final Map<String, StepState> steps = new HashMap<>();
    private final Map<String, Captured> values = new LinkedHashMap<>();
    private final Set<PlanNode> active = new LinkedHashSet<>();
    private RunEvent.@Nullable OutcomeReached outcome;
    private RunEvent.@Nullable RunCompleted completed;
    private String run = "";
    private int dispatches;

    public RunState(Plan plan) {
        this.plan = plan;
    }

    /**
     * Takes in one record.
     *
     * @throws IllegalRecordException when no run of this plan can have written it at this point
     */
    public void evolve(Envelope record) {
        RunEvent event = record.event();
        EventType type = event.type();
        String address = event.step();
        if (type != null && address != null && StepLifecycle.governs(type)) {
            move(address, event);
        }
        if (event instanceof RunEvent.RunStarted started) {
            run = record.run();
            start(started);
        } else if (event instanceof RunEvent.InputsResolved inputs) {
            values.putAll(inputs.values());
        } else if (event instanceof RunEvent.RunResumed) {
            resume();
        } else if (event instanceof RunEvent.BranchTaken taken) {
            choose(taken.step(), taken.arm(), true);
        } else if (event instanceof RunEvent.BranchSkipped skipped) {
            choose(skipped.step(), skipped.arm(), false);
        } else if (event instanceof RunEvent.OutcomeReached reached) {
            outcome = reached;
        } else if (event instanceof RunEvent.RunCompleted ended) {
            completed = ended;
        }
    }

    private void start(RunEvent.RunStarted started) {
        values.put(BuiltIns.RUN_ID, Captured.recorded(run, false));
        values.put(BuiltIns.ACTOR, Captured.recorded(started.actor(), false));
        String incident = started.incident() == null ? "" : started.incident().text();
        boolean hidden = started.incident() != null && started.incident().redacted();
        values.put(BuiltIns.INCIDENT_ID, Captured.recorded(incident, hidden));
        values.put(BuiltIns.ICM_ID, Captured.recorded(incident, hidden));
    }

    private void move(String address, RunEvent event) {
        PlanNode node = plan.node(address);
        if (node == null) {
            throw new IllegalRecordException("the runbook has no step at " + address);
        }
        StepState step = step(node);
        StepPhase next = StepLifecycle.next(step.phase, event);
        if (next == null) {
            throw new IllegalRecordException(
                    "a step that is " + step.phase + " can't be followed by " + event.type() + " at " + address);
        }
        if (event.attempt() != step.attempt) {
            throw new IllegalRecordException("attempt " + event.attempt() + " of " + address + " was not begun");
        }
        step.phase = next;
        if (event instanceof RunEvent.StepStarted started) {
            step.title = started.title();
            // One thread of steps: the step that begins takes the place of the one that led to it.
            active.clear();
            active.add(node);
        } else if (event instanceof RunEvent.PolicyDecided decided) {
            step.heldBy = decided.rule();
        } else if (event instanceof RunEvent.ApprovalDenied) {
            step.denied = true;
        } else if (event instanceof RunEvent.Dispatched dispatched) {
            dispatches++;
            step.dispatchedAs = dispatched.effect();
            step.pid = dispatched.pid();
        } else if (event instanceof RunEvent.StepCompleted ended) {
            values.putAll(ended.captures());
        }
        if (next == StepPhase.NOT_REACHED) {
            step.attempt++;
        }
    }

    private void resume() {
        for (StepState step : steps.values()) {
            if (step.phase.beforeEffect()) {
                step.phase = StepPhase.STARTED;
            }
        }
    }

    private void choose(String address, String arm, boolean taken) {
        PlanNode node = plan.node(address);
        if (node == null) {
            throw new IllegalRecordException("the runbook has no step at " + address);
        }
        StepState step = step(node);
        int index = step.armsSkipped;
        boolean fits = step.phase == StepPhase.PASSED
                && step.armTaken < 0
                && index < node.arms().size()
                && node.arms().get(index).address().equals(arm);
        if (!fits) {
            throw new IllegalRecordException("the arm " + arm + " was not the next to decide on");
        }
        if (taken) {
            step.armTaken = index;
        } else {
            step.armsSkipped++;
        }
    }

    StepState step(PlanNode node) {
        return steps.computeIfAbsent(node.address(), a -> new StepState());
    }

    /** Gives a value that the journal holds only redacted its raw form again. */
    public void supply(String name, Captured value) {
        values.put(name, value);
    }

    /** The nodes that the run is at; empty before the first step. */
    Set<PlanNode> active() {
        return active;
    }

    /** The arm that the run entered after this node, or null. */
    @Nullable
    PlanArm taken(PlanNode node) {
        int index = step(node).armTaken;
        return index < 0 ? null : node.arms().get(index);
    }

    public StepPhase phase(PlanNode node) {
        StepState state = steps.get(node.address());
        return state == null ? StepPhase.NOT_REACHED : state.phase;
    }

    /** The attempt that the step is at, from 1. */
    public int attempt(PlanNode node) {
        return step(node).attempt;
    }

    /** Every value known so far by its name: built-in names, vars, inputs, captures. */
    public Map<String, Captured> values() {
        return Collections.unmodifiableMap(values);
    }

    public RunEvent.@Nullable OutcomeReached outcome() {
        return outcome;
    }

    /** The last record, once the run is over. */
    public RunEvent.@Nullable RunCompleted completed() {
        return completed;
    }

    /** The first name that a node reads and whose value was lost to redaction, or null. */
    @Nullable
    String lost(PlanNode node) {
        for (NameUse use : NodeNames.of(node)) {
            Captured value = values.get(use.name());
            if (value != null && value.raw() == null) {
                return use.name();
            }
        }
        return null;
    }

    /** The node at which the run stands if its step may have had its effect and nobody said so yet, or null. */
    public @Nullable PlanNode inDoubt() {
        for (PlanNode node : active) {
            if (maybeHadItsEffect(node) && phase(node) != StepPhase.IN_DOUBT) {
                return node;
            }
        }
        return null;
    }

    /** Whether the step changes things and was dispatched without a result that anybody knows. */
    public boolean maybeHadItsEffect(PlanNode node) {
        StepState step = step(node);
        boolean open = step.phase == StepPhase.RUNNING || step.phase == StepPhase.INTERRUPTED;
        return step.phase == StepPhase.IN_DOUBT || (open && step.dispatchedAs == Effect.MUTATE);
    }

    /** The title that the step was begun with. */
    public @Nullable SafeText title(PlanNode node) {
        return step(node).title;
    }

    /** The process that the step's last dispatch made, or 0. */
    public long pid(PlanNode node) {
        return step(node).pid;
    }

    public String run() {
        return run;
    }

    /** How many dispatches the run has made. */
    public int dispatches() {
        return dispatches;
    }

    public Plan plan() {
        return plan;
    }
}

package dev.gert.projection;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanStep;
import dev.gert.plan.Surroundings;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which way a run went: a fold over its records, for whoever asserts something of it. Of a step that a
 * loop runs again, the last time counts, except where all are listed.
 */
public final class RunTrace {
    private final Plan plan;
    private final String run;
    private final Map<String, StepStatus> statuses = new HashMap<>();
    private final Map<String, SafeText> reasons = new HashMap<>();
    private final Map<String, RunEvent.BranchSkipped> skipped = new HashMap<>();
    private final Map<String, RunEvent.BranchTaken> taken = new LinkedHashMap<>();
    private final Map<String, Captured> values = new LinkedHashMap<>();
    private final Map<String, PlanStep> capturedBy = new HashMap<>();
    private final Map<String, RunTrace> invoked = new HashMap<>();
    private final Whole whole;
    private final List<RunEvent> events = new ArrayList<>();

    private @Nullable RunTrace next;
    private RunEvent.@Nullable OutcomeReached outcome;
    private RunEvent.@Nullable RunCompleted end;

    private RunTrace(Plan plan, String run, Whole whole) {
        this.plan = plan;
        this.run = run;
        this.whole = whole;
        whole.runs.put(run, this);
    }

    /** What the runs of one folder share: themselves, every step in the order in which it began, the last values. */
    private record Whole(Map<String, RunTrace> runs, List<Visit> begun, Map<String, Capturing> latest) {}

    /** A step that began, once for every time. */
    public record Visit(RunTrace trace, PlanStep step, String address) {}

    /** A value with the run that it is of, and the step that gave it; null: it is a var or input. */
    public record Capturing(RunTrace trace, @Nullable PlanStep step, Captured value) {}

    /** The first run's trace; it knows those of the runs that it led to. */
    public static RunTrace of(Plan plan, List<Envelope> records) {
        Map<String, RunTrace> runs = new LinkedHashMap<>();
        String id = records.isEmpty() ? "" : records.get(0).run();
        RunTrace root = new RunTrace(plan, id, new Whole(runs, new ArrayList<>(), new HashMap<>()));
        for (Envelope record : records) {
            RunTrace trace = runs.get(record.run());
            if (trace != null) {
                trace.take(record.event());
            }
        }
        return root;
    }

    private void take(RunEvent event) {
        events.add(event);
        if (event instanceof RunEvent.InputsResolved inputs) {
            values.putAll(inputs.values());
        } else if (event instanceof RunEvent.StepStarted started) {
            PlanStep node = plan.step(started.step());
            if (node != null && !node.isProbe() && started.attempt() == 1) {
                whole.begun.add(new Visit(this, node, started.step()));
            }
        } else if (event instanceof RunEvent.StepBlocked blocked) {
            reasons.put(Plan.withoutIterations(blocked.step()), blocked.reason());
        } else if (event instanceof RunEvent.ApprovalDenied denied) {
            reasons.put(Plan.withoutIterations(denied.step()), denied.reason());
        } else if (event instanceof RunEvent.StepCompleted completed) {
            complete(completed);
        } else if (event instanceof RunEvent.BranchTaken branch) {
            taken.put(Plan.withoutIterations(branch.arm()), branch);
        } else if (event instanceof RunEvent.BranchSkipped branch) {
            skipped.put(Plan.withoutIterations(branch.arm()), branch);
        } else if (event instanceof RunEvent.OutcomeReached reached) {
            outcome = reached;
        } else if (event instanceof RunEvent.RunLinked linked) {
            if (plan.link(linked.reference()) instanceof Surroundings.Link.Found found) {
                RunTrace child = new RunTrace(found.plan(), linked.child(), whole);
                if (linked.kind().equals("chain")) {
                    next = child;
                } else {
                    invoked.put(Plan.withoutIterations(linked.step()), child);
                }
            }
        } else if (event instanceof RunEvent.RunCompleted completed) {
            end = completed;
        }
    }

    private void complete(RunEvent.StepCompleted completed) {
        String address = Plan.withoutIterations(completed.step());
        statuses.put(completed.step(), completed.status());
        statuses.put(address, completed.status());
        SafeText reason = completed.reason();
        if (reason != null) {
            reasons.put(address, reason);
        }
        PlanStep node = plan.step(address);
        completed.captures().forEach((name, value) -> {
            values.put(name, value);
            if (node != null) {
                capturedBy.put(name, node);
                whole.latest.put(name, new Capturing(this, node, value));
            }
        });
    }

    public Plan plan() {
        return plan;
    }

    public String run() {
        return run;
    }

    /** What happened in this run, in order; not what happened in those that it led to. */
    public List<RunEvent> events() {
        return Collections.unmodifiableList(events);
    }

    /** The traces of all runs, this one's first, in the order in which they were begun. */
    public List<RunTrace> runs() {
        return new ArrayList<>(whole.runs.values());
    }

    /** This run and those that it went on with, in order. */
    public List<RunTrace> chain() {
        List<RunTrace> chain = new ArrayList<>();
        for (RunTrace each = this; each != null; each = each.next) {
            chain.add(each);
        }
        return chain;
    }

    /** The run at whose end the chain is over. */
    public RunTrace last() {
        RunTrace last = this;
        while (last.next != null) {
            last = last.next;
        }
        return last;
    }

    /** The run in which an error began that ended this one: an invoked runbook's, or this. */
    public RunTrace culprit() {
        PlanStep stopped = stopped();
        RunTrace child = stopped == null ? null : invoked.get(stopped.address());
        return child == null || !child.last().outcomeWord().equals("error")
                ? this
                : child.last().culprit();
    }

    /** The branch path: the steps that ran, in order; not the skipped, nor those that governance stopped. */
    public List<PlanStep> ran() {
        List<PlanStep> ran = new ArrayList<>();
        for (Visit visit : visits()) {
            ran.add(visit.step);
        }
        return ran;
    }

    /** The same, each with the run that it is of. */
    public List<Visit> visits() {
        List<Visit> ran = new ArrayList<>();
        for (Visit visit : whole.begun) {
            StepStatus status = visit.trace.statuses.getOrDefault(visit.address, StepStatus.NOT_REACHED);
            if (status != StepStatus.SKIPPED && status != StepStatus.BLOCKED && status != StepStatus.DENIED) {
                ran.add(visit);
            }
        }
        return ran;
    }

    /**
     * The value of a name over all runs: the last that a step captured, else that of a var or input; null
     * when nothing gave it one.
     */
    public @Nullable Capturing captured(String name) {
        Capturing found = whole.latest.get(name);
        if (found == null) {
            for (RunTrace each : runs()) {
                Captured value = each.values.get(name);
                found = value == null ? found : new Capturing(each, null, value);
            }
        }
        return found;
    }

    /** How the step ended; {@link StepStatus#NOT_REACHED} when it did not begin or has not ended. */
    public StepStatus status(PlanStep node) {
        return statuses.getOrDefault(node.address(), StepStatus.NOT_REACHED);
    }

    /** Whether the run came to the step and did not skip it. */
    public boolean reached(PlanStep node) {
        for (Visit visit : whole.begun) {
            if (visit.step == node
                    && visit.trace.statuses.getOrDefault(visit.address, StepStatus.NOT_REACHED) != StepStatus.SKIPPED) {
                return true;
            }
        }
        return false;
    }

    /** Why the step failed or was stopped, where it says. */
    public @Nullable SafeText reason(PlanStep node) {
        return reasons.get(node.address());
    }

    /** The step that ended the run with an error, or null. */
    public @Nullable PlanStep stopped() {
        if (outcome != null) {
            return null;
        }
        PlanStep stopped = null;
        for (Visit visit : whole.begun) {
            if (visit.trace == this) {
                switch (status(visit.step)) {
                    case PASSED, SKIPPED, NOT_REACHED -> {}
                    default -> stopped = stopped == null ? visit.step : stopped;
                }
            }
        }
        return stopped;
    }

    /** Whether the arm was entered. */
    public boolean entered(PlanArm arm) {
        return taken.containsKey(arm.address());
    }

    /** The arm of this node that was entered, or null. */
    public @Nullable PlanArm entered(PlanStep node) {
        for (PlanArm arm : node.arms()) {
            if (entered(arm)) {
                return arm;
            }
        }
        return null;
    }

    /** The record that says that the arm's condition did not hold, or null when it was not asked. */
    public RunEvent.@Nullable BranchSkipped refused(PlanArm arm) {
        return skipped.get(arm.address());
    }

    public RunEvent.@Nullable OutcomeReached outcome() {
        return outcome;
    }

    /** The last record; null when the run did not come to its end. */
    public RunEvent.@Nullable RunCompleted end() {
        return end;
    }

    /** A state, {@code completed}, {@code error}; empty when the run did not come to its end. */
    public String outcomeWord() {
        return end == null ? "" : end.outcome();
    }

    /** Vars, inputs and captures by name; of a name captured twice, the last. */
    public Map<String, Captured> values() {
        return Collections.unmodifiableMap(values);
    }

    /** The step that gave the name its value, or null when it is a var or input. */
    public @Nullable PlanStep capturedBy(String name) {
        return capturedBy.get(name);
    }
}

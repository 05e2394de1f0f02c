package dev.gert.projection;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanNode;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which way a run went: a fold over its records, for whoever asserts something of it. */
public final class RunTrace {
    private final Plan plan;
    private final List<PlanNode> begun = new ArrayList<>();
    private final Map<String, StepStatus> statuses = new HashMap<>();
    private final Map<String, SafeText> reasons = new HashMap<>();
    private final Map<String, RunEvent.BranchSkipped> skipped = new HashMap<>();
    private final Map<String, RunEvent.BranchTaken> taken = new LinkedHashMap<>();
    private final Map<String, Captured> values = new LinkedHashMap<>();
    private final Map<String, PlanNode> capturedBy = new HashMap<>();
    private RunEvent.@Nullable OutcomeReached outcome;
    private RunEvent.@Nullable RunCompleted end;

    private RunTrace(Plan plan) {
        this.plan = plan;
    }

    public static RunTrace of(Plan plan, List<Envelope> records) {
        RunTrace trace = new RunTrace(plan);
        for (Envelope record : records) {
            trace.take(record.event());
        }
        return trace;
    }

    private void take(RunEvent event) {
        if (event instanceof RunEvent.InputsResolved inputs) {
            values.putAll(inputs.values());
        } else if (event instanceof RunEvent.StepStarted started) {
            PlanNode node = plan.node(started.step());
            if (node != null && started.attempt() == 1) {
                begun.add(node);
            }
        } else if (event instanceof RunEvent.StepBlocked blocked) {
            reasons.put(blocked.step(), blocked.reason());
        } else if (event instanceof RunEvent.ApprovalDenied denied) {
            reasons.put(denied.step(), denied.reason());
        } else if (event instanceof RunEvent.StepCompleted completed) {
            complete(completed);
        } else if (event instanceof RunEvent.BranchTaken branch) {
            taken.put(branch.arm(), branch);
        } else if (event instanceof RunEvent.BranchSkipped branch) {
            skipped.put(branch.arm(), branch);
        } else if (event instanceof RunEvent.OutcomeReached reached) {
            outcome = reached;
        } else if (event instanceof RunEvent.RunCompleted completed) {
            end = completed;
        }
    }

    private void complete(RunEvent.StepCompleted completed) {
        statuses.put(completed.step(), completed.status());
        SafeText reason = completed.reason();
        if (reason != null) {
            reasons.put(completed.step(), reason);
        }
        PlanNode node = plan.node(completed.step());
        completed.captures().forEach((name, value) -> {
            values.put(name, value);
            if (node != null) {
                capturedBy.put(name, node);
            }
        });
    }

    public Plan plan() {
        return plan;
    }

    /** The branch path: the steps that ran, in order; not the skipped, nor those that governance stopped. */
    public List<PlanNode> ran() {
        List<PlanNode> ran = new ArrayList<>();
        for (PlanNode node : begun) {
            StepStatus status = status(node);
            if (status != StepStatus.SKIPPED && status != StepStatus.BLOCKED && status != StepStatus.DENIED) {
                ran.add(node);
            }
        }
        return ran;
    }

    /** How the step ended; {@link StepStatus#NOT_REACHED} when it did not begin or has not ended. */
    public StepStatus status(PlanNode node) {
        return statuses.getOrDefault(node.address(), StepStatus.NOT_REACHED);
    }

    /** Whether the run came to the step and did not skip it. */
    public boolean reached(PlanNode node) {
        return begun.contains(node) && status(node) != StepStatus.SKIPPED;
    }

    /** Why the step failed or was stopped, where it says. */
    public @Nullable SafeText reason(PlanNode node) {
        return reasons.get(node.address());
    }

    /** The step that ended the run with an error, or null. */
    public @Nullable PlanNode stopped() {
        PlanNode last = begun.isEmpty() ? null : begun.get(begun.size() - 1);
        if (last == null || outcome != null) {
            return null;
        }
        return switch (status(last)) {
            case PASSED, SKIPPED, NOT_REACHED -> null;
            default -> last;
        };
    }

    /** Whether the arm was entered. */
    public boolean entered(PlanArm arm) {
        return taken.containsKey(arm.address());
    }

    /** The arm of this node that was entered, or null. */
    public @Nullable PlanArm entered(PlanNode node) {
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
    public @Nullable PlanNode capturedBy(String name) {
        return capturedBy.get(name);
    }
}

package dev.gert.projection;

import dev.gert.engine.RunState;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.expr.Condition;
import dev.gert.expr.Lookup;
import dev.gert.expr.Scope;
import dev.gert.expr.Truth;
import dev.gert.json.JsonValue;
import dev.gert.model.Outcome;
import dev.gert.plan.BuiltIns;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names without a value that a unit test's run could not do without: those that left a condition
 * unknown (formats.md, section 4). Conditions are asked again over the same values, because records
 * say that one was unknown and not by what.
 */
public final class UnknownNames {
    private final RunState state;
    private final Set<String> names = new LinkedHashSet<>();

    private UnknownNames(Plan plan) {
        this.state = new RunState(plan);
    }

    /** Each once, in the order of asking. */
    public static List<String> of(Plan plan, List<Envelope> records) {
        UnknownNames unknown = new UnknownNames(plan);
        for (Envelope record : records) {
            if (record.run().equals(records.get(0).run())) {
                unknown.state.evolve(record);
                unknown.take(record.event());
            }
        }
        return new ArrayList<>(unknown.names);
    }

    private void take(RunEvent event) {
        if (event instanceof RunEvent.StepStarted started) {
            PlanStep node = state.plan().step(started.step());
            Condition when = node == null ? null : node.step().common().when();
            if (when != null) {
                ask(when);
            }
        } else if (event instanceof RunEvent.StepCompleted completed && completed.status() == StepStatus.PASSED) {
            PlanStep node = state.plan().step(completed.step());
            if (node != null) {
                outcomes(node);
            }
        } else if (event instanceof RunEvent.BranchSkipped skipped && skipped.unknown()) {
            PlanStep node = state.plan().step(skipped.step());
            if (node != null) {
                arm(node, skipped.arm());
            }
        }
    }

    private void outcomes(PlanStep node) {
        for (Outcome outcome : node.step().common().outcomes()) {
            Condition when = outcome.when();
            Truth truth = when == null ? new Truth.True() : ask(when);
            if (truth instanceof Truth.True || truth instanceof Truth.Failure) {
                return;
            }
        }
    }

    private void arm(PlanStep node, String address) {
        for (PlanArm arm : node.arms()) {
            if (arm.address().equals(Plan.withoutIterations(address))) {
                ask(arm.branch().condition());
            }
        }
    }

    private Truth ask(Condition condition) {
        Truth truth = condition.test(scope());
        if (truth instanceof Truth.Unknown unknown) {
            names.addAll(unknown.names());
        }
        return truth;
    }

    private Scope scope() {
        return name -> {
            Captured value = state.values().get(name);
            String raw = value == null ? null : value.raw();
            if (raw != null) {
                return new Lookup.Known(JsonValue.text(raw));
            }
            if (BuiltIns.NAMES.contains(name) || name.equals(BuiltIns.OUTCOME)) {
                return new Lookup.Known(JsonValue.text(""));
            }
            return state.plan().names().contains(name) ? new Lookup.Open() : new Lookup.Undeclared();
        };
    }
}

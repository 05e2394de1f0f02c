package dev.gert.scenario;

import dev.gert.model.Import;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.plan.Surroundings;
import dev.gert.projection.RunTrace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a test of a chain may speak of: the runs that there were, and the runbooks that the first one
 * leads to whether or not the run came to them.
 */
final class Lineage {
    private final List<RunTrace> traces;

    private Lineage(List<RunTrace> traces) {
        this.traces = traces;
    }

    /** A step, and the run that it is of. */
    record Found(RunTrace trace, PlanStep step) {}

    /** Of the first run, and all that it led to or could have. */
    static Lineage of(RunTrace root) {
        List<RunTrace> traces = root.runs();
        Map<String, Plan> known = new LinkedHashMap<>();
        for (RunTrace trace : traces) {
            known.putIfAbsent(file(trace.plan()), trace.plan());
        }
        int ran = known.size();
        int at = 0;
        for (Plan plan : plans(root.plan())) {
            known.putIfAbsent(file(plan), plan);
        }
        for (Plan plan : known.values()) {
            if (at++ >= ran) {
                traces.add(RunTrace.of(plan, List.of()));
            }
        }
        return new Lineage(traces);
    }

    /** Of that run alone: a unit test follows nothing. */
    static Lineage alone(RunTrace trace) {
        return new Lineage(List.of(trace));
    }

    /** The runbook itself and those that it leads to, at whatever depth, each file once. */
    static List<Plan> plans(Plan plan) {
        Map<String, Plan> found = new LinkedHashMap<>();
        collect(plan, found);
        return new ArrayList<>(found.values());
    }

    private static void collect(Plan plan, Map<String, Plan> found) {
        if (found.putIfAbsent(file(plan), plan) != null) {
            return;
        }
        for (String reference : references(plan)) {
            if (plan.link(reference) instanceof Surroundings.Link.Found linked) {
                collect(linked.plan(), found);
            }
        }
    }

    private static List<String> references(Plan plan) {
        List<String> references = new ArrayList<>();
        for (Import declared : plan.runbook().imports()) {
            references.add(declared.alias());
        }
        for (PlanStep node : plan.steps()) {
            if (node.step() instanceof Step.InvokeStep invoke) {
                add(invoke.runbook().literalText(), references);
            }
            for (Outcome outcome : node.step().common().outcomes()) {
                Outcome.NextRunbook next = outcome.next();
                add(next == null ? null : next.file().literalText(), references);
            }
        }
        return references;
    }

    private static void add(@Nullable String reference, List<String> references) {
        if (reference != null && !references.contains(reference)) {
            references.add(reference);
        }
    }

    /** Whether the word names the runbook, by its name or its file's. */
    static boolean isNamed(Plan plan, String word) {
        return word.equals(plan.runbook().name()) || word.equals(stem(plan));
    }

    static String stem(Plan plan) {
        return ScenarioFolders.stem(Path.of(file(plan)));
    }

    private static String file(Plan plan) {
        return plan.runbook().source().name();
    }

    /** Those that ran, in the order in which they were begun, then the others. */
    List<RunTrace> traces() {
        return traces;
    }

    List<Plan> plans() {
        List<Plan> plans = new ArrayList<>();
        for (RunTrace trace : traces) {
            plans.add(trace.plan());
        }
        return plans;
    }

    /** The steps of that id, one a run. */
    List<Found> steps(String id) {
        List<Found> found = new ArrayList<>();
        for (RunTrace trace : traces) {
            PlanStep node = trace.plan().byId(id);
            if (node != null) {
                found.add(new Found(trace, node));
            }
        }
        return found;
    }

    /** The last step of that id that was reached, else the first that there is; null when there is none. */
    @Nullable
    Found step(String id) {
        List<Found> all = steps(id);
        Found last = all.isEmpty() ? null : all.get(0);
        for (Found each : all) {
            last = each.trace().reached(each.step()) ? each : last;
        }
        return last;
    }
}

package dev.gert.scenario;

import dev.gert.event.RunEvent;
import dev.gert.expr.NameUse;
import dev.gert.model.InputPattern;
import dev.gert.model.Runbook;
import dev.gert.plan.BuiltIns;
import dev.gert.plan.NodeNames;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of a recorded scenario: those of inputs, of vars that the run did not leave as they are, and of the
 * built-in names that a replay would have others for. Instead of a secret there is a placeholder.
 */
final class RecordedInputs {
    /** What stands where something was taken out: a replay then renders what the records hold. */
    private static final String PLACEHOLDER = "***";

    private static final List<String> OTHERS =
            List.of("redacted", "REDACTED", "xxxxxxxx", "00000000", "a1", "1", "00000000-0000-0000-0000-000000000000");

    private final Plan plan;
    private final RunEvent.RunStarted started;
    private final RunEvent.InputsResolved inputs;
    private final Redactor redactor;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> placeholders = new ArrayList<>();

    private RecordedInputs(Plan plan, RunEvent.RunStarted started, RunEvent.InputsResolved inputs, Redactor redactor) {
        this.plan = plan;
        this.started = started;
        this.inputs = inputs;
        this.redactor = redactor;
    }

    /** {@code run}: the id; {@code redactor}: that knows all secrets of the run. */
    static RecordedInputs of(
            Plan plan, String run, RunEvent.RunStarted started, RunEvent.InputsResolved inputs, Redactor redactor)
            throws UnrecordableException {
        RecordedInputs recorded = new RecordedInputs(plan, started, inputs, redactor);
        for (Runbook.Input input : plan.runbook().inputs()) {
            recorded.input(input);
        }
        for (Runbook.Variable variable : plan.runbook().vars()) {
            if (!"meta.vars".equals(inputs.from().get(variable.name()))) {
                recorded.shown(variable.name());
            }
        }
        recorded.builtIns(run);
        return recorded;
    }

    Map<String, String> values() {
        return values;
    }

    /** The names whose values are not the run's. */
    List<String> placeholders() {
        return placeholders;
    }

    private void input(Runbook.Input input) throws UnrecordableException {
        if (!input.sensitive()) {
            shown(input.name());
        } else if (inputs.values().containsKey(input.name())) {
            values.put(input.name(), placeholder(input));
            placeholders.add(input.name());
        }
    }

    private void shown(String name) {
        Captured value = inputs.values().get(name);
        if (value != null) {
            SafeText safe = redactor.safe(value.shown().text());
            values.put(name, safe.text());
            if (safe.redacted() || value.shown().redacted()) {
                placeholders.add(name);
            }
        }
    }

    /** The first that the input's pattern lets pass; never what is a secret of the run. */
    private String placeholder(Runbook.Input input) throws UnrecordableException {
        List<@Nullable String> candidates = new ArrayList<>();
        candidates.add(PLACEHOLDER);
        candidates.add(input.example());
        candidates.addAll(OTHERS);
        candidates.add(input.defaultValue());
        InputPattern pattern = input.pattern();
        for (String candidate : candidates) {
            boolean fits = candidate != null
                    && !candidate.isEmpty()
                    && (pattern == null || pattern.regex().find(candidate));
            if (candidate != null && fits && redactor.safe(candidate).text().equals(candidate)) {
                return candidate;
            }
        }
        throw new UnrecordableException(
                "no placeholder is known that matches the pattern of the sensitive input `" + input.name() + "`",
                "an `example` of the input that matches it is taken");
    }

    /** The times always: they are what `--rebase-time` moves from. What else a replay would make up, where it is read. */
    private void builtIns(String run) {
        put(BuiltIns.QUERY_START_TIME, started.queryStart());
        put(BuiltIns.QUERY_END_TIME, started.queryEnd());
        Set<String> read = new HashSet<>();
        for (Plan each : Lineage.plans(plan)) {
            for (PlanNode node : each.nodes().values()) {
                reads(node, read);
            }
        }
        SafeText incident = started.incident();
        if (read.contains(BuiltIns.INCIDENT_ID) || read.contains(BuiltIns.ICM_ID)) {
            put(BuiltIns.INCIDENT_ID, incident == null ? null : incident.text());
        }
        if (read.contains(BuiltIns.RUN_ID)) {
            put(BuiltIns.RUN_ID, run);
        }
        if (read.contains(BuiltIns.ACTOR)) {
            put(BuiltIns.ACTOR, started.actor());
        }
    }

    private void put(String name, @Nullable String value) {
        if (value != null && !plan.names().contains(name)) {
            values.put(name, redactor.safe(value).text());
        }
    }

    private static void reads(PlanNode node, Set<String> names) {
        List<NameUse> uses = List.of();
        if (node instanceof PlanStep step) {
            uses = NodeNames.of(step);
        } else if (node instanceof PlanLoop loop) {
            uses = new ArrayList<>(NodeNames.before(loop));
            uses.addAll(loop.until() == null ? List.of() : loop.until().until().names());
        }
        for (NameUse use : uses) {
            names.add(use.name());
        }
    }
}

package dev.gert.scenario;

import dev.gert.event.RunEvent;
import dev.gert.model.InputPattern;
import dev.gert.model.Runbook;
import dev.gert.plan.Plan;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import dev.gert.policy.SafeText;
import dev.gert.runtime.RunParts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives a runbook that another led to its values where nobody can be asked: in tests, replays and dry-runs. */
public final class LinkedInputs {
    private final Plan plan;
    private final Supplier<Redactor> redactor;
    private final Consumer<List<String>> secrets;

    /**
     * @param redactor that of the moment, for the run of {@code plan}
     * @param secrets takes values that must not be seen from then on
     */
    public LinkedInputs(Plan plan, Supplier<Redactor> redactor, Consumer<List<String>> secrets) {
        this.plan = plan;
        this.redactor = redactor;
        this.secrets = secrets;
    }

    /**
     * Those {@code given}, then the runbook's own vars and defaults. A value of a sensitive input is hidden
     * from here on, wherever it came from.
     *
     * @param whole whether a required input without a value is wrong; if not it is left out
     */
    public RunParts.Inputs of(Map<String, Captured> given, boolean whole) {
        Map<String, Captured> values = new LinkedHashMap<>();
        Map<String, String> from = new LinkedHashMap<>();
        for (Runbook.Variable variable : plan.runbook().vars()) {
            Captured value = given.get(variable.name());
            values.put(variable.name(), value == null ? redactor.get().capture(variable.value()) : value);
            from.put(variable.name(), value == null ? "meta.vars" : "parent");
        }
        for (Runbook.Input input : plan.runbook().inputs()) {
            Captured handed = given.get(input.name());
            Captured value = value(input, handed);
            if (value == null) {
                if (whole && input.required()) {
                    return new RunParts.Inputs.Wrong(
                            "input `" + input.name() + "` of `" + plan.runbook().name() + "` has no value");
                }
                continue;
            }
            if (!fits(input.pattern(), value)) {
                return new RunParts.Inputs.Wrong("the value of `" + input.name() + "` does not match its pattern");
            }
            values.put(input.name(), value);
            from.put(input.name(), handed == null ? "default" : "parent");
        }
        return new RunParts.Inputs.Resolved(new RunEvent.InputsResolved(values, from));
    }

    private @Nullable Captured value(Runbook.Input input, @Nullable Captured handed) {
        String otherwise = input.defaultValue();
        String raw = handed == null ? otherwise : handed.raw();
        if (raw == null) {
            return handed;
        }
        if (!input.sensitive()) {
            return handed == null ? redactor.get().capture(raw) : handed;
        }
        secrets.accept(List.of(raw));
        return Redactor.hidden(raw);
    }

    /** What only the journal knew, and knows redacted, can't be compared. */
    private static boolean fits(@Nullable InputPattern pattern, Captured value) {
        String raw = value.raw();
        SafeText shown = value.shown();
        return pattern == null
                || (raw == null && shown.redacted())
                || pattern.regex().find(raw == null ? shown.text() : raw);
    }
}

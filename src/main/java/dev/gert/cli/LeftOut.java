package dev.gert.cli;

import dev.gert.diagnostic.Suggestions;
import dev.gert.engine.Departure;
import dev.gert.event.RunEvent;
import dev.gert.model.Capture;
import dev.gert.model.Step;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code --from}, {@code --skip} and {@code --reason}: the steps that a person leaves out of a run, and what they would have captured. */
final class LeftOut {
    private final RunEvent.@Nullable StepsSkipped said;
    private final Set<String> captures = new TreeSet<>();
    private final List<String> flags = new ArrayList<>();
    private final Map<String, String> given = new LinkedHashMap<>();

    private LeftOut(RunEvent.@Nullable StepsSkipped said) {
        this.said = said;
    }

    /** {@code person}: who leaves them out. */
    static LeftOut of(Arguments arguments, Plan plan, String person, Redactor redactor) {
        String from = arguments.text("--from");
        List<String> skip = arguments.texts("--skip");
        String reason = arguments.text("--reason");
        if (from == null && skip.isEmpty()) {
            if (reason != null) {
                throw new UsageException("`--reason` belongs to `--from` or `--skip`", null);
            }
            LeftOut nothing = new LeftOut(null);
            nothing.flags.addAll(arguments.texts("--var"));
            return nothing;
        }
        if (reason == null || reason.isBlank()) {
            throw new UsageException(
                    "steps are left out without a `--reason`", "who audits the run reads why: `--reason 'TEXT'`");
        }
        PlanStep first = from == null ? null : step(plan, "--from", from);
        String obstacle = first == null ? null : Departure.obstacle(first);
        if (obstacle != null) {
            throw new UsageException("a run can't begin with `" + from + "`: " + obstacle, null);
        }
        List<String> addresses = new ArrayList<>();
        for (String name : skip) {
            PlanStep step = step(plan, "--skip", name);
            if (step == first) {
                throw new UsageException("the run can't begin with `" + name + "` and leave it out", null);
            }
            addresses.add(step.address());
        }
        LeftOut left = new LeftOut(new RunEvent.StepsSkipped(
                first == null ? null : first.address(), addresses, person, redactor.safe(reason)));
        left.take(plan, arguments.texts("--var"));
        return left;
    }

    private static PlanStep step(Plan plan, String option, String name) {
        PlanStep step = plan.byId(name);
        step = step == null ? plan.step(name) : step;
        if (step != null && !step.isProbe()) {
            return step;
        }
        List<String> ids = new ArrayList<>();
        plan.steps().forEach(each -> ids.add(each.step().id()));
        String meant = Suggestions.didYouMean(name, ids);
        throw new UsageException(
                "`" + option + "`: the runbook has no step `" + name + "`", meant.isEmpty() ? null : meant);
    }

    private void take(Plan plan, List<String> all) {
        Departure departure = new Departure(plan, Objects.requireNonNull(said));
        for (PlanStep step : plan.steps()) {
            if (departure.leavesOut(step)) {
                for (Capture capture : step.step().common().captures()) {
                    captures.add(capture.name());
                }
                if (step.step() instanceof Step.ManualStep manual && manual.choices() != null) {
                    captures.add(manual.choices().variable());
                }
            }
        }
        for (String flag : all) {
            int equals = flag.indexOf('=');
            String name = equals < 0 ? "" : flag.substring(0, equals);
            if (captures.contains(name) && !given.containsKey(name)) {
                given.put(name, flag.substring(equals + 1));
            } else {
                flags.add(flag);
            }
        }
    }

    /** Null where nothing is left out. */
    RunEvent.@Nullable StepsSkipped said() {
        return said;
    }

    /** What {@code --var} gives to vars and inputs. */
    List<String> flags() {
        return flags;
    }

    /** The inputs, and with them what {@code --var} gives in place of captures of steps that are left out. */
    RunEvent.InputsResolved with(RunEvent.InputsResolved inputs, Redactor redactor) {
        if (given.isEmpty()) {
            return inputs;
        }
        Map<String, Captured> values = new LinkedHashMap<>(inputs.values());
        Map<String, String> from = new LinkedHashMap<>(inputs.from());
        given.forEach((name, value) -> {
            values.put(name, redactor.capture(value));
            from.put(name, "var");
        });
        return new RunEvent.InputsResolved(values, from);
    }
}

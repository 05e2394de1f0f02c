package dev.gert.scenario;

import dev.gert.event.RunEvent;
import dev.gert.expr.Lookup;
import dev.gert.expr.Scope;
import dev.gert.json.JsonValue;
import dev.gert.model.Import;
import dev.gert.model.Outcome;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.plan.Surroundings;
import dev.gert.policy.Captured;
import dev.gert.projection.RunTrace;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runbook that an outcome hands over to, as a unit test names it: by reference, name or file. It is not followed. */
final class NextRunbook {
    private final Plan plan;

    NextRunbook(Plan plan) {
        this.plan = plan;
    }

    /** The outcome that ended the run, where it hands over; else null. */
    static @Nullable Outcome handingOver(RunTrace trace) {
        RunEvent.OutcomeReached reached = trace.outcome();
        PlanStep node = reached == null ? null : trace.plan().step(reached.step());
        if (reached == null || node == null || reached.index() < 0) {
            return null;
        }
        Outcome outcome = node.step().common().outcomes().get(reached.index());
        return outcome.next() == null ? null : outcome;
    }

    /** What the outcome's template comes to with the run's values; what has none renders as {@code <name>}. */
    static String reference(RunTrace trace, Outcome.NextRunbook next) {
        Map<String, Captured> values = trace.values();
        Scope scope = name -> {
            Captured value = values.get(name);
            return value == null
                    ? new Lookup.Open()
                    : new Lookup.Known(JsonValue.text(value.shown().text()));
        };
        return next.file().renderLenient(scope).text();
    }

    /** Whether the word means the runbook behind the reference. */
    boolean is(String word, String reference) {
        if (word.equals(reference)) {
            return true;
        }
        Plan meant = linked(reference);
        if (meant == null) {
            return false;
        }
        String file = meant.runbook().source().name();
        Plan named = linked(word);
        return Lineage.isNamed(meant, word)
                || file.equals(word)
                || file.endsWith("/" + word)
                || (named != null && named.runbook().source().name().equals(file));
    }

    private @Nullable Plan linked(String reference) {
        return plan.link(reference) instanceof Surroundings.Link.Found found ? found.plan() : null;
    }

    /** What {@link #is} may be asked for; null where an outcome's runbook is known only when it runs. */
    @Nullable
    Set<String> known() {
        Set<String> references = new LinkedHashSet<>();
        for (Import declared : plan.runbook().imports()) {
            references.add(declared.alias());
        }
        for (PlanStep node : plan.steps()) {
            for (Outcome outcome : node.step().common().outcomes()) {
                Outcome.NextRunbook next = outcome.next();
                if (next != null) {
                    String literal = next.file().literalText();
                    if (literal == null && plan.isFixed(next.file())) {
                        return null;
                    }
                    if (literal != null) {
                        references.add(literal);
                    }
                }
            }
        }
        return references;
    }
}

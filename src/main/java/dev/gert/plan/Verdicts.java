package dev.gert.plan;

import dev.gert.expr.Condition;
import dev.gert.expr.ConditionAnalysis;
import dev.gert.expr.Lookup;
import dev.gert.expr.NameUse;
import dev.gert.expr.Scope;
import dev.gert.expr.Verdict;
import dev.gert.json.JsonValue;
import dev.gert.model.Capture;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a runbook's conditions before anything runs, each asked once. A name stands for
 * any text or for none, but one that people choose stands for what they may choose.
 */
final class Verdicts {
    private final ConditionAnalysis analysis = new ConditionAnalysis();
    private final PlanBlock root;
    private final IdentityHashMap<PlanStep, List<Verdict>> arms = new IdentityHashMap<>();
    private final IdentityHashMap<PlanStep, List<Verdict>> outcomes = new IdentityHashMap<>();
    private final IdentityHashMap<PlanStep, Boolean> exhaustive = new IdentityHashMap<>();
    private @Nullable Map<String, Set<String>> choices;

    Verdicts(PlanBlock root) {
        this.root = root;
    }

    /** Of the step's arms, in order. */
    List<Verdict> arms(PlanStep node) {
        List<Verdict> known = arms.get(node);
        if (known == null) {
            known = node.arms().isEmpty() ? List.of() : analysis.inOrder(conditions(node.arms()));
            arms.put(node, known);
        }
        return known;
    }

    /** Of the step's outcomes, in order. */
    List<Verdict> outcomes(PlanStep node) {
        List<Verdict> known = outcomes.get(node);
        if (known == null) {
            List<Condition> conditions = ends(node);
            known = conditions.isEmpty() ? List.of() : analysis.inOrder(conditions);
            outcomes.put(node, known);
        }
        return known;
    }

    /** Of a condition by itself. */
    Verdict of(Condition condition) {
        return analysis.fold(condition);
    }

    /** Whether the run ends with the step whenever it passes. */
    boolean endsAlways(PlanStep node) {
        List<Outcome> all = node.step().common().outcomes();
        for (Outcome outcome : all) {
            if (outcome.when() == null || outcome.when().source().isBlank()) {
                return true;
            }
        }
        return !all.isEmpty() && hasAlwaysTrue(outcomes(node));
    }

    /** Whether an outcome of the step ends the run or one of its arms is taken, whenever the step passes. */
    boolean isExhaustive(PlanStep node) {
        if (node.arms().isEmpty()) {
            return false;
        }
        Boolean known = exhaustive.get(node);
        if (known == null) {
            List<Condition> ways = ends(node);
            ways.addAll(conditions(node.arms()));
            known = hasAlwaysTrue(arms(node)) || hasAlwaysTrue(analysis.inOrder(ways)) || coversChoices(ways);
            exhaustive.put(node, known);
        }
        return known;
    }

    /** The name whose choices leave nothing that makes the condition true; null when there is none. */
    @Nullable
    String neverChosen(Condition condition) {
        for (String name : chosen(List.of(condition))) {
            boolean never = false;
            boolean sometimes = !(verdict(condition, unset(name)) instanceof Verdict.AlwaysFalse)
                    && !(verdict(condition, unset(name)) instanceof Verdict.AlwaysFails);
            for (String value : choices().getOrDefault(name, Set.of())) {
                Verdict verdict = verdict(condition, known(name, value));
                never |= verdict instanceof Verdict.AlwaysFalse;
                sometimes |= !(verdict instanceof Verdict.AlwaysFalse || verdict instanceof Verdict.AlwaysFails);
            }
            if (never && !sometimes) {
                return name;
            }
        }
        return null;
    }

    /** What may be chosen for the name. */
    Set<String> choices(String name) {
        return choices().getOrDefault(name, Set.of());
    }

    private boolean coversChoices(List<Condition> conditions) {
        for (String name : chosen(conditions)) {
            boolean covered = isTaken(conditions, unset(name), true);
            for (String value : choices().getOrDefault(name, Set.of())) {
                covered &= isTaken(conditions, known(name, value), false);
            }
            if (covered) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the conditions is true, or stops the run where that will do. */
    private boolean isTaken(List<Condition> conditions, Scope scope, boolean orFails) {
        for (Condition condition : conditions) {
            Verdict verdict = verdict(condition, scope);
            if (verdict instanceof Verdict.AlwaysTrue || orFails && verdict instanceof Verdict.AlwaysFails) {
                return true;
            }
        }
        return false;
    }

    private Verdict verdict(Condition condition, Scope scope) {
        return analysis.fold(condition, scope);
    }

    private static Scope known(String name, String value) {
        return asked -> asked.equals(name) ? new Lookup.Known(JsonValue.text(value)) : new Lookup.Open();
    }

    private static Scope unset(String name) {
        return asked -> asked.equals(name) ? new Lookup.Unset("nothing was chosen") : new Lookup.Open();
    }

    /** The names among those that the conditions read that get their value by choices alone. */
    private Set<String> chosen(List<Condition> conditions) {
        Set<String> names = new HashSet<>();
        Map<String, Set<String>> known = choices();
        for (Condition condition : conditions) {
            for (NameUse use : condition.names()) {
                if (known.containsKey(use.name())) {
                    names.add(use.name());
                }
            }
        }
        return names;
    }

    private Map<String, Set<String>> choices() {
        Map<String, Set<String>> known = choices;
        if (known == null) {
            known = new HashMap<>();
            List<PlanStep> steps = StepsWithin.of(root);
            for (PlanStep node : steps) {
                if (node.step() instanceof Step.ManualStep manual && manual.choices() != null) {
                    Set<String> values = known.computeIfAbsent(manual.choices().variable(), name -> new HashSet<>());
                    for (Step.Option option : manual.choices().options()) {
                        values.add(option.value());
                    }
                }
            }
            for (PlanStep node : steps) {
                for (Capture capture : node.step().common().captures()) {
                    known.remove(capture.name());
                }
            }
            choices = known;
        }
        return known;
    }

    private static List<Condition> ends(PlanStep node) {
        List<Outcome> all = node.step().common().outcomes();
        List<Condition> conditions = new ArrayList<>(all.size());
        for (Outcome outcome : all) {
            conditions.add(outcome.when() == null ? Condition.always() : outcome.when());
        }
        return conditions;
    }

    private static List<Condition> conditions(List<PlanArm> arms) {
        List<Condition> conditions = new ArrayList<>(arms.size());
        for (PlanArm arm : arms) {
            conditions.add(arm.branch().condition());
        }
        return conditions;
    }

    private static boolean hasAlwaysTrue(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.AlwaysTrue) {
                return true;
            }
        }
        return false;
    }
}

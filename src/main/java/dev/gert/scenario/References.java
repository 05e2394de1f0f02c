package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Suggestions;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanStep;
import dev.gert.projection.TestFinding;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the words of a test name in runbooks; a name that fits nothing is an error with the nearest that does. */
final class References {
    private final List<Plan> plans;
    private final Findings findings;
    private final List<TestFinding> errors = new ArrayList<>();

    /** {@code plans}: the runbook that the test is of, and those that the test may speak of besides. */
    References(List<Plan> plans, Findings findings) {
        this.plans = List.copyOf(plans);
        this.findings = findings;
    }

    /** The names that fit nothing, in the order they were looked up. */
    List<TestFinding> errors() {
        return errors;
    }

    /** The arms of that label: their own, or the labels from some arm above joined by {@code →}. */
    List<PlanArm> arms(YamlNode.Scalar label) {
        List<PlanArm> arms = new ArrayList<>();
        List<PlanArm> all = new ArrayList<>();
        for (Plan plan : plans) {
            for (PlanStep node : plan.steps()) {
                all.addAll(node.arms());
            }
        }
        for (PlanArm arm : all) {
            if (isNamed(arm, label.text())) {
                arms.add(arm);
            }
        }
        if (arms.isEmpty()) {
            Set<String> known = new LinkedHashSet<>();
            for (PlanArm arm : all) {
                known.add(arm.branch().label());
                known.add(arm.labelPath());
            }
            unknown("no branch has the label `" + label.text() + "`", label, label.text(), known);
        }
        return arms;
    }

    private static boolean isNamed(PlanArm arm, String label) {
        String path = arm.branch().label();
        PlanArm at = arm;
        while (!path.equals(label)) {
            at = at.step().arm();
            if (at == null) {
                return false;
            }
            path = at.branch().label() + " → " + path;
        }
        return true;
    }

    /** Null, with an error, when there is no such step. */
    @Nullable
    PlanStep step(YamlNode.Scalar id) {
        Set<String> known = new LinkedHashSet<>();
        for (Plan plan : plans) {
            PlanStep node = plan.byId(id.text());
            if (node != null) {
                return node;
            }
            for (PlanStep each : plan.steps()) {
                known.add(each.step().id());
            }
        }
        String none = plans.size() == 1 ? "the runbook has no step `" : "none of the runbooks has a step `";
        unknown(none + id.text() + "`", id, id.text(), known);
        return null;
    }

    /** Those that there are not are errors. */
    void steps(List<YamlNode.Scalar> ids) {
        for (YamlNode.Scalar id : ids) {
            step(id);
        }
    }

    /** A name that vars, inputs or captures declare; else an error. */
    void declares(YamlNode.Scalar place, String name) {
        Set<String> known = new LinkedHashSet<>();
        for (Plan plan : plans) {
            known.addAll(plan.names());
        }
        if (!known.contains(name)) {
            String none = plans.size() == 1 ? "the runbook captures no `" : "none of the runbooks captures `";
            unknown(none + name + "`", place, name, known);
        }
    }

    /** The same of the runbooks of that name alone. */
    void declares(YamlNode.Scalar place, String runbook, String name) {
        List<Plan> named = named(place, runbook);
        if (!named.isEmpty()) {
            References those = new References(named, findings);
            those.declares(place, name);
            errors.addAll(those.errors);
        }
    }

    /** A word for a runbook that an outcome may hand over to; else an error. */
    void next(YamlNode.Scalar word) {
        NextRunbook next = new NextRunbook(plans.get(0));
        Set<String> known = next.known();
        if (known == null) {
            return;
        }
        for (String reference : known) {
            if (next.is(word.text(), reference)) {
                return;
            }
        }
        String none = known.isEmpty()
                ? "no outcome of the runbook hands over to another"
                : "the runbook hands over to no `" + word.text() + "`";
        unknown(none, word, word.text(), known);
    }

    /** A word that names a runbook, by its name or its file's; else an error. */
    void runbook(YamlNode.Scalar place) {
        named(place, place.text());
    }

    private List<Plan> named(YamlNode.Scalar place, String word) {
        List<Plan> named = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>();
        for (Plan plan : plans) {
            known.add(plan.runbook().name());
            known.add(Lineage.stem(plan));
            if (Lineage.isNamed(plan, word)) {
                named.add(plan);
            }
        }
        if (named.isEmpty()) {
            unknown("no runbook of this run is `" + word + "`", place, word, known);
        }
        return named;
    }

    private void unknown(String message, YamlNode.Scalar place, String word, Collection<String> known) {
        errors.add(findings.problem(Code.S003, message, place.span(), Suggestions.didYouMean(word, known)));
    }
}

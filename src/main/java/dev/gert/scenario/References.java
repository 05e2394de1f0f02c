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

/** What the words of a test name in a runbook; a name that fits nothing is an error with the nearest that does. */
final class References {
    private final Plan plan;
    private final Findings findings;
    private final List<TestFinding> errors = new ArrayList<>();

    References(Plan plan, Findings findings) {
        this.plan = plan;
        this.findings = findings;
    }

    /** The names that fit nothing, in the order they were looked up. */
    List<TestFinding> errors() {
        return errors;
    }

    /** The arms of that label: their own, or the labels from some arm above joined by {@code →}. */
    List<PlanArm> arms(YamlNode.Scalar label) {
        List<PlanArm> arms = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>();
        for (PlanStep node : plan.steps()) {
            for (PlanArm arm : node.arms()) {
                known.add(arm.branch().label());
                known.add(arm.labelPath());
                if (isNamed(arm, label.text())) {
                    arms.add(arm);
                }
            }
        }
        if (arms.isEmpty()) {
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
        PlanStep node = plan.byId(id.text());
        if (node == null) {
            Set<String> known = new LinkedHashSet<>();
            for (PlanStep each : plan.steps()) {
                known.add(each.step().id());
            }
            unknown("the runbook has no step `" + id.text() + "`", id, id.text(), known);
        }
        return node;
    }

    /** Those that there are; the rest are errors. */
    List<PlanStep> steps(List<YamlNode.Scalar> ids) {
        List<PlanStep> nodes = new ArrayList<>();
        for (YamlNode.Scalar id : ids) {
            PlanStep node = step(id);
            if (node != null) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    /** A name that vars, inputs or captures declare; else an error. */
    boolean declares(YamlNode.Scalar place, String name) {
        if (plan.names().contains(name)) {
            return true;
        }
        unknown("the runbook captures no `" + name + "`", place, name, plan.names());
        return false;
    }

    /** Whether the word names the runbook itself, by its name or its file's; else an error. */
    boolean isItself(YamlNode.Scalar place, String word, String stem) {
        String name = plan.runbook().name();
        if (word.equals(name) || word.equals(stem)) {
            return true;
        }
        unknown("no runbook of this run is `" + word + "`", place, word, List.of(name, stem));
        return false;
    }

    private void unknown(String message, YamlNode.Scalar place, String word, Collection<String> known) {
        errors.add(findings.problem(Code.S003, message, place.span(), Suggestions.didYouMean(word, known)));
    }
}

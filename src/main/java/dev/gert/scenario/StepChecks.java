package dev.gert.scenario;

import dev.gert.plan.PlanStep;
import dev.gert.projection.RunTrace;
import dev.gert.projection.TestFinding;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** Expectations of which steps a run came to, as unit tests and scenarios share them. */
final class StepChecks {
    private final RunTrace trace;
    private final References references;
    private final Findings findings;
    private final Explanation why;

    StepChecks(RunTrace trace, References references, Findings findings) {
        this.trace = trace;
        this.references = references;
        this.findings = findings;
        this.why = new Explanation(trace);
    }

    List<TestFinding> reached(String key, List<YamlNode.Scalar> ids) {
        List<TestFinding> unmet = new ArrayList<>();
        for (YamlNode.Scalar id : ids) {
            PlanStep node = references.step(id);
            if (node != null && !trace.reached(node)) {
                unmet.add(findings.unmet(
                        key,
                        "the run did not reach `" + id.text() + "`",
                        id.text(),
                        ran(),
                        id.span(),
                        "ran: " + ran(),
                        node.step().common().idSpan(),
                        why.of(node)));
            }
        }
        return unmet;
    }

    List<TestFinding> notReached(String key, List<YamlNode.Scalar> ids) {
        List<TestFinding> unmet = new ArrayList<>();
        for (YamlNode.Scalar id : ids) {
            PlanStep node = references.step(id);
            if (node != null && trace.reached(node)) {
                unmet.add(findings.unmet(
                        key,
                        "the run reached `" + id.text() + "`",
                        "not " + id.text(),
                        ran(),
                        id.span(),
                        "ran: " + ran(),
                        node.step().common().idSpan(),
                        why.of(node)));
            }
        }
        return unmet;
    }

    private String ran() {
        return String.join(", ", ids(trace));
    }

    /** The ids of the steps that ran, in order. */
    static List<String> ids(RunTrace trace) {
        List<String> ids = new ArrayList<>();
        for (PlanStep node : trace.ran()) {
            ids.add(node.step().id());
        }
        return ids;
    }
}

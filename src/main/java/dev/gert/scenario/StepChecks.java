package dev.gert.scenario;

import dev.gert.plan.PlanStep;
import dev.gert.projection.RunTrace;
import dev.gert.projection.TestFinding;
import dev.gert.projection.TestResult;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** Expectations of which steps a run came to, as unit tests and scenarios share them. */
final class StepChecks {
    private final RunTrace trace;
    private final Lineage lineage;
    private final Findings findings;

    StepChecks(RunTrace trace, Lineage lineage, Findings findings) {
        this.trace = trace;
        this.lineage = lineage;
        this.findings = findings;
    }

    List<TestFinding> reached(String key, List<YamlNode.Scalar> ids) {
        List<TestFinding> unmet = new ArrayList<>();
        for (YamlNode.Scalar id : ids) {
            Lineage.Found found = lineage.step(id.text());
            if (found != null && !found.trace().reached(found.step())) {
                unmet.add(unmet(key, "the run did not reach `" + id.text() + "`", id.text(), id, found));
            }
        }
        return unmet;
    }

    List<TestFinding> notReached(String key, List<YamlNode.Scalar> ids) {
        List<TestFinding> unmet = new ArrayList<>();
        for (YamlNode.Scalar id : ids) {
            Lineage.Found found = lineage.step(id.text());
            if (found != null && found.trace().reached(found.step())) {
                unmet.add(unmet(key, "the run reached `" + id.text() + "`", "not " + id.text(), id, found));
            }
        }
        return unmet;
    }

    private TestFinding unmet(String key, String message, String wanted, YamlNode.Scalar id, Lineage.Found found) {
        return findings.unmet(
                key,
                message,
                wanted,
                ran(),
                id.span(),
                "ran: " + ran(),
                found.step().step().common().idSpan(),
                new Explanation(found.trace()).of(found.step()));
    }

    private String ran() {
        return String.join(", ", ids(trace));
    }

    /** The runbooks of the chain, and how each ended. */
    static List<TestResult.Link> chain(RunTrace trace) {
        List<TestResult.Link> chain = new ArrayList<>();
        for (RunTrace each : trace.chain()) {
            chain.add(new TestResult.Link(each.plan().runbook().name(), each.outcomeWord()));
        }
        return chain;
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

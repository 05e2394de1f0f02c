package dev.gert.scenario;

import dev.gert.decode.Numbers;
import dev.gert.diagnostic.Code;
import dev.gert.event.StepStatus;
import dev.gert.model.Capture;
import dev.gert.model.Expected;
import dev.gert.model.ValueCheck;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.projection.PathComparison;
import dev.gert.projection.RunTrace;
import dev.gert.projection.TestFinding;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a scenario's expectations a run did not meet. */
final class ScenarioVerdict {
    private final Expected expected;
    private final RunTrace trace;
    private final References references;
    private final Findings findings;
    private final Explanation why;
    private final List<TestFinding> unmet = new ArrayList<>();

    private ScenarioVerdict(Expected expected, RunTrace trace, Findings findings) {
        this.expected = expected;
        this.trace = trace;
        this.references = new References(trace.plan(), findings);
        this.findings = findings;
        this.why = new Explanation(trace);
    }

    /** Empty when all held. */
    static List<TestFinding> of(Expected expected, RunTrace trace, Findings findings) {
        ScenarioVerdict verdict = new ScenarioVerdict(expected, trace, findings);
        verdict.outcome();
        verdict.path();
        verdict.steps();
        for (Expected.CaptureCheck check : expected.captures()) {
            verdict.capture(check);
        }
        verdict.chain();
        return verdict.unmet;
    }

    /** The steps, captures and runbooks that the runbook does not have; {@code stem}: of its file's name. */
    static List<TestFinding> dangling(Expected expected, References references, String stem) {
        List<YamlNode.Scalar> path = expected.branchPath();
        references.steps(path == null ? List.of() : path);
        references.steps(expected.mustReach());
        references.steps(expected.mustNotReach());
        for (Expected.StatusCheck check : expected.statuses()) {
            references.step(check.step());
        }
        for (Expected.CaptureCheck check : expected.captures()) {
            String written = check.name().text();
            String name = captureName(written);
            if (name.length() == written.length()
                    || references.isItself(
                            check.name(), written.substring(0, written.length() - name.length() - 1), stem)) {
                references.declares(check.name(), name);
            }
        }
        List<Expected.Link> chain = expected.chain();
        for (Expected.Link link : chain == null ? List.<Expected.Link>of() : chain) {
            references.isItself(link.runbook(), link.runbook().text(), stem);
        }
        return references.errors();
    }

    /** Whether the expectations are of a run that ends with an error. */
    static boolean asksForError(Expected expected) {
        YamlNode.Scalar outcome = expected.outcome();
        if (outcome != null) {
            return outcome.text().equals("error");
        }
        for (Expected.StatusCheck check : expected.statuses()) {
            if (check.status().text().equals("failed")) {
                return true;
            }
        }
        List<Expected.Link> chain = expected.chain();
        YamlNode.Scalar last = chain == null || chain.isEmpty()
                ? null
                : chain.get(chain.size() - 1).outcome();
        return last != null && last.text().equals("error");
    }

    /** {@code runbook.name} or {@code name}; names hold no dots. */
    private static String captureName(String written) {
        return written.substring(written.lastIndexOf('.') + 1);
    }

    /** As the file spells it. */
    private String key(String key) {
        return expected.dialect() ? "expected_" + key : key;
    }

    private void outcome() {
        YamlNode.Scalar outcome = expected.outcome();
        if (outcome != null && !outcome.text().equals(trace.outcomeWord())) {
            ended(key("outcome"), outcome);
        }
    }

    private void ended(String key, YamlNode.Scalar outcome) {
        unmet.add(findings.unmet(
                key, why.sentence(), outcome.text(), why.end(), outcome.span(), "", why.endPlace(), why.endLabel()));
    }

    private void path() {
        List<YamlNode.Scalar> wanted = expected.branchPath();
        if (wanted == null) {
            return;
        }
        List<String> ids = new ArrayList<>();
        for (YamlNode.Scalar id : wanted) {
            ids.add(id.text());
        }
        PathComparison path = new PathComparison(ids, StepChecks.ids(trace));
        if (path.same()) {
            return;
        }
        int common = path.common();
        if (wanted.isEmpty()) {
            // The place is the file's beginning: an empty list has no item to point at.
            unmet.add(findings.parted(
                    "branch_path",
                    "the run reached steps, and its path is to be empty",
                    path,
                    expected.source().span(0, 1),
                    trace.ran().get(0).step().common().idSpan(),
                    ""));
            return;
        }
        boolean missing = common < wanted.size();
        YamlNode.Scalar place = missing ? wanted.get(common) : wanted.get(wanted.size() - 1);
        PlanStep node = missing ? references.step(place) : trace.ran().get(common);
        String message = missing
                ? "the run did not come to `" + place.text() + "` as step " + (common + 1) + " of its path"
                : "the run went on after `" + place.text() + "`";
        Span there = node == null ? null : node.step().common().idSpan();
        unmet.add(findings.parted("branch_path", message, path, place.span(), there, node == null ? "" : why.of(node)));
    }

    private void steps() {
        StepChecks checks = new StepChecks(trace, references, findings);
        unmet.addAll(checks.reached("must_reach", expected.mustReach()));
        unmet.addAll(checks.notReached("must_not_reach", expected.mustNotReach()));
        for (Expected.StatusCheck check : expected.statuses()) {
            PlanStep node = references.step(check.step());
            String status = node == null ? "" : status(trace.status(node));
            if (node != null && !check.status().text().equals(status)) {
                unmet.add(findings.unmet(
                        "expected_step_status",
                        "`" + check.step().text() + "` is `" + status + "`",
                        check.status().text(),
                        status,
                        check.status().span(),
                        "",
                        node.step().common().idSpan(),
                        why.of(node)));
            }
        }
    }

    /** In the three words of the dialect: a step that was never reached counts as skipped. */
    private static String status(StepStatus status) {
        return switch (status) {
            case PASSED -> "passed";
            case SKIPPED, NOT_REACHED -> "skipped";
            default -> "failed";
        };
    }

    private void capture(Expected.CaptureCheck check) {
        String name = captureName(check.name().text());
        Captured value = trace.values().get(name);
        String raw = value == null ? null : value.raw();
        if (raw != null && holds(check.check(), raw)) {
            return;
        }
        PlanStep node = trace.capturedBy(name);
        Span there = node == null ? null : captureSpan(node, name);
        unmet.add(findings.unmet(
                key("captures"),
                value == null
                        ? "nothing gave `" + name + "` a value"
                        : "`" + name + "` is `" + value.shown().text() + "`",
                check.written().text(),
                value == null ? "" : value.shown().text(),
                check.written().span(),
                "",
                there,
                there == null ? "" : "captured here"));
    }

    private static @Nullable Span captureSpan(PlanStep node, String name) {
        for (Capture capture : node.step().common().captures()) {
            if (capture.name().equals(name)) {
                return capture.span();
            }
        }
        return null;
    }

    private static boolean holds(ValueCheck check, String value) {
        if (check instanceof ValueCheck.Exact exact) {
            return exact.text().equals(value);
        }
        if (check instanceof ValueCheck.Found found) {
            return found.pattern().find(value);
        }
        ValueCheck.Compared compared = (ValueCheck.Compared) check;
        BigDecimal number = Numbers.spelled(value);
        return number != null && compared.order().holds(number.compareTo(compared.operand()));
    }

    private void chain() {
        List<Expected.Link> chain = expected.chain();
        if (chain == null) {
            return;
        }
        YamlNode.Scalar outcome = chain.get(0).outcome();
        if (outcome != null && !outcome.text().equals(trace.outcomeWord())) {
            ended(key("chain"), outcome);
        }
    }

    /** A run that broke down although nothing asks for it. */
    static @Nullable TestFinding unexpectedError(RunTrace trace, Findings findings, Span place) {
        Explanation why = new Explanation(trace);
        return UnitVerdict.isOver(trace)
                ? null
                : findings.problem(Code.E001, why.sentence(), place, "", why.endPlace(), why.endLabel());
    }
}

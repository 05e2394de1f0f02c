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
    private final Lineage lineage;
    private final Findings findings;
    private final List<TestFinding> unmet = new ArrayList<>();

    private ScenarioVerdict(Expected expected, RunTrace trace, Lineage lineage, Findings findings) {
        this.expected = expected;
        this.trace = trace;
        this.lineage = lineage;
        this.findings = findings;
    }

    /** Empty when all held; {@code trace}: of the first run. */
    static List<TestFinding> of(Expected expected, RunTrace trace, Lineage lineage, Findings findings) {
        ScenarioVerdict verdict = new ScenarioVerdict(expected, trace, lineage, findings);
        verdict.outcome();
        verdict.path();
        verdict.steps();
        for (Expected.CaptureCheck check : expected.captures()) {
            verdict.capture(check);
        }
        verdict.chain();
        return verdict.unmet;
    }

    /** The steps, captures and runbooks that there are not. */
    static List<TestFinding> dangling(Expected expected, References references) {
        List<YamlNode.Scalar> path = expected.branchPath();
        references.steps(path == null ? List.of() : path);
        references.steps(expected.mustReach());
        references.steps(expected.mustNotReach());
        for (Expected.StatusCheck check : expected.statuses()) {
            references.step(check.step());
        }
        for (Expected.CaptureCheck check : expected.captures()) {
            String runbook = runbookName(check);
            if (runbook == null) {
                references.declares(check.name(), captureName(check));
            } else {
                references.declares(check.name(), runbook, captureName(check));
            }
        }
        List<Expected.Link> chain = expected.chain();
        for (Expected.Link link : chain == null ? List.<Expected.Link>of() : chain) {
            references.runbook(link.runbook());
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
    private static String captureName(Expected.CaptureCheck check) {
        String written = check.name().text();
        return written.substring(written.lastIndexOf('.') + 1);
    }

    private static @Nullable String runbookName(Expected.CaptureCheck check) {
        int dot = check.name().text().lastIndexOf('.');
        return dot < 0 ? null : check.name().text().substring(0, dot);
    }

    /** As the file spells it. */
    private String key(String key) {
        return expected.dialect() ? "expected_" + key : key;
    }

    private void outcome() {
        YamlNode.Scalar outcome = expected.outcome();
        RunTrace last = trace.last();
        if (outcome != null && !outcome.text().equals(last.outcomeWord())) {
            RunTrace culprit = last.culprit();
            Explanation why = new Explanation(culprit);
            String message = culprit == trace
                    ? why.sentence()
                    : why.sentence() + " in `" + culprit.plan().runbook().name() + "`";
            unmet.add(findings.unmet(
                    key("outcome"),
                    message,
                    outcome.text(),
                    why.end(),
                    outcome.span(),
                    "",
                    why.endPlace(),
                    why.endLabel()));
        }
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
        Lineage.Found found = missing ? lineage.step(place.text()) : ran(common);
        String message = missing
                ? "the run did not come to `" + place.text() + "` as step " + (common + 1) + " of its path"
                : "the run went on after `" + place.text() + "`";
        Span there = found == null ? null : found.step().step().common().idSpan();
        String label = found == null ? "" : new Explanation(found.trace()).of(found.step());
        unmet.add(findings.parted("branch_path", message, path, place.span(), there, label));
    }

    private Lineage.Found ran(int number) {
        RunTrace.Visit visit = trace.visits().get(number);
        return new Lineage.Found(visit.trace(), visit.step());
    }

    private void steps() {
        StepChecks checks = new StepChecks(trace, lineage, findings);
        unmet.addAll(checks.reached("must_reach", expected.mustReach()));
        unmet.addAll(checks.notReached("must_not_reach", expected.mustNotReach()));
        for (Expected.StatusCheck check : expected.statuses()) {
            Lineage.Found found = lineage.step(check.step().text());
            String status = found == null ? "" : status(found.trace().status(found.step()));
            if (found != null && !check.status().text().equals(status)) {
                unmet.add(findings.unmet(
                        "expected_step_status",
                        "`" + check.step().text() + "` is `" + status + "`",
                        check.status().text(),
                        status,
                        check.status().span(),
                        "",
                        found.step().step().common().idSpan(),
                        new Explanation(found.trace()).of(found.step())));
            }
        }
    }

    /** In the three words of the dialect: a step that was never reached counts as skipped. */
    static String status(StepStatus status) {
        return switch (status) {
            case PASSED -> "passed";
            case SKIPPED, NOT_REACHED -> "skipped";
            default -> "failed";
        };
    }

    private void capture(Expected.CaptureCheck check) {
        String name = captureName(check);
        RunTrace.Capturing captured = captured(check, trace);
        Captured value = captured == null ? null : captured.value();
        if (value != null && holds(check, value)) {
            return;
        }
        PlanStep node = captured == null ? null : captured.step();
        Span there = node == null ? null : captureSpan(node, name);
        unmet.add(findings.unmet(
                key("captures"),
                value == null
                        ? "nothing gave `" + check.name().text() + "` a value"
                        : "`" + check.name().text() + "` is `" + value.shown().text() + "`",
                check.written().text(),
                value == null ? "" : value.shown().text(),
                check.written().span(),
                "",
                there,
                there == null ? "" : "captured here"));
    }

    /** Over all runs, or in the last run of the runbook that the check names. */
    static RunTrace.@Nullable Capturing captured(Expected.CaptureCheck check, RunTrace trace) {
        String name = captureName(check);
        String runbook = runbookName(check);
        if (runbook == null) {
            return trace.captured(name);
        }
        RunTrace.Capturing found = null;
        for (RunTrace each : trace.runs()) {
            Captured value = each.values().get(name);
            if (value != null && Lineage.isNamed(each.plan(), runbook)) {
                found = new RunTrace.Capturing(each, each.capturedBy(name), value);
            }
        }
        return found;
    }

    private static @Nullable Span captureSpan(PlanStep node, String name) {
        for (Capture capture : node.step().common().captures()) {
            if (capture.name().equals(name)) {
                return capture.span();
            }
        }
        return null;
    }

    static boolean holds(Expected.CaptureCheck check, Captured value) {
        String raw = value.raw();
        return raw != null && holds(check.check(), raw);
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
        List<Expected.Link> wanted = expected.chain();
        if (wanted == null) {
            return;
        }
        List<RunTrace> chain = trace.chain();
        List<String> words = new ArrayList<>();
        List<String> came = new ArrayList<>();
        for (int i = 0; i < Math.max(wanted.size(), chain.size()); i++) {
            Expected.Link link = i < wanted.size() ? wanted.get(i) : null;
            YamlNode.Scalar outcome = link == null ? null : link.outcome();
            if (link != null) {
                words.add(link.runbook().text() + (outcome == null ? "" : ": " + outcome.text()));
            }
            if (i < chain.size()) {
                RunTrace run = chain.get(i);
                String word = link == null ? "" : link.runbook().text();
                boolean same = Lineage.isNamed(run.plan(), word);
                String name = same ? word : run.plan().runbook().name();
                came.add(name + (same && outcome == null ? "" : ": " + run.outcomeWord()));
            }
        }
        PathComparison comparison = new PathComparison(words, came);
        if (!comparison.same()) {
            parted(wanted, chain, comparison);
        }
    }

    private void parted(List<Expected.Link> wanted, List<RunTrace> chain, PathComparison comparison) {
        int at = comparison.common();
        Expected.Link link = wanted.get(Math.min(at, wanted.size() - 1));
        RunTrace run = chain.get(Math.min(at, chain.size() - 1));
        Explanation why = new Explanation(run);
        YamlNode.Scalar outcome = link.outcome();
        Span place = link.runbook().span();
        String message;
        if (at >= wanted.size()) {
            message = "the run went on with `" + run.plan().runbook().name() + "`";
        } else if (at >= chain.size()) {
            message = "the run did not go on with `" + link.runbook().text() + "`";
        } else if (outcome != null && Lineage.isNamed(run.plan(), link.runbook().text())) {
            message = chain.size() == 1
                    ? why.sentence()
                    : "`" + link.runbook().text() + "` ended `" + run.outcomeWord() + "`";
            place = outcome.span();
        } else {
            message = "the run went on with `" + run.plan().runbook().name() + "` instead of `"
                    + link.runbook().text() + "`";
        }
        unmet.add(findings.parted(key("chain"), message, comparison, place, why.endPlace(), why.endLabel()));
    }

    /** A run that broke down although nothing asks for it. */
    static @Nullable TestFinding unexpectedError(RunTrace trace, Findings findings, Span place) {
        Explanation why = new Explanation(trace.last().culprit());
        return UnitVerdict.isOver(trace.last())
                ? null
                : findings.problem(Code.E001, why.sentence(), place, "", why.endPlace(), why.endLabel());
    }
}

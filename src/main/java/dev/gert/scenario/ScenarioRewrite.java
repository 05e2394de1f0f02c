package dev.gert.scenario;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Expected;
import dev.gert.projection.RunTrace;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code --update} of a scenario's expectations. */
final class ScenarioRewrite {
    private final Expected expected;
    private final RunTrace trace;
    private final Lineage lineage;
    private final Rewrite rewrite;

    private ScenarioRewrite(Expected expected, RunTrace trace, Lineage lineage, Rewrite rewrite) {
        this.expected = expected;
        this.trace = trace;
        this.lineage = lineage;
        this.rewrite = rewrite;
    }

    /** Of the first run, whose expectations did not hold; null when the file can't be read any more. */
    static @Nullable Rewrite of(Expected expected, String test, RunTrace trace, Lineage lineage) {
        YamlNode root = YamlReader.read(expected.source(), 0, new Diagnostics());
        if (!(root instanceof YamlNode.Mapping map)) {
            return null;
        }
        Rewrite rewrite = new Rewrite(expected.source(), test, map);
        new ScenarioRewrite(expected, trace, lineage, rewrite).all();
        return rewrite;
    }

    private void all() {
        String prefix = expected.dialect() ? "expected_" : "";
        rewrite.text(prefix + "outcome", trace.last().outcomeWord(), "the run did not come to its end");
        if (expected.branchPath() != null) {
            rewrite.list("branch_path", StepChecks.ids(trace));
        }
        rewrite.without("must_reach", steps(expected.mustReach(), false));
        rewrite.without("must_not_reach", steps(expected.mustNotReach(), true));
        for (Expected.StatusCheck check : expected.statuses()) {
            Lineage.Found found = lineage.step(check.step().text());
            String came = found == null
                    ? check.status().text()
                    : ScenarioVerdict.status(found.trace().status(found.step()));
            if (!came.equals(check.status().text())) {
                rewrite.edits().scalar(check.status(), came);
            }
        }
        for (Expected.CaptureCheck check : expected.captures()) {
            capture(prefix + "captures", check);
        }
        chain(prefix + "chain");
    }

    /** Those that were reached, or those that were not. */
    private List<String> steps(List<YamlNode.Scalar> ids, boolean reached) {
        List<String> those = new ArrayList<>();
        for (YamlNode.Scalar id : ids) {
            Lineage.Found found = lineage.step(id.text());
            if (found != null && found.trace().reached(found.step()) == reached) {
                those.add(id.text());
            }
        }
        return those;
    }

    private void capture(String key, Expected.CaptureCheck check) {
        RunTrace.Capturing captured = ScenarioVerdict.captured(check, trace);
        if (captured != null && ScenarioVerdict.holds(check, captured.value())) {
            return;
        }
        if (captured == null || captured.value().shown().redacted()) {
            rewrite.leave(
                    key + "." + check.name().text(),
                    captured == null ? "nothing gave it a value" : "its value is redacted");
            return;
        }
        String came = captured.value().shown().text();
        String written = FileEdits.written(came, true);
        boolean inMap = rewrite.value(key) instanceof YamlNode.Mapping checks
                && checks.get(check.name().text()) instanceof YamlNode.Mapping;
        boolean plain = inMap || isExact(came);
        rewrite.edits().raw(check.written().span(), plain ? written : "{equals: " + written + "}");
    }

    /** Whether a check written so means the text itself. */
    static boolean isExact(String text) {
        char first = text.isEmpty() ? 'x' : text.charAt(0);
        return first != '/' && first != '<' && first != '>' && first != '=' && first != '!';
    }

    private void chain(String key) {
        List<Expected.Link> wanted = expected.chain();
        if (wanted == null) {
            return;
        }
        List<RunTrace> chain = trace.chain();
        boolean same = wanted.size() == chain.size();
        for (int i = 0; same && i < chain.size(); i++) {
            same = Lineage.isNamed(chain.get(i).plan(), wanted.get(i).runbook().text());
        }
        if (same) {
            for (int i = 0; i < chain.size(); i++) {
                YamlNode.Scalar outcome = wanted.get(i).outcome();
                if (outcome != null && !outcome.text().equals(chain.get(i).outcomeWord())) {
                    rewrite.edits().scalar(outcome, chain.get(i).outcomeWord());
                }
            }
            return;
        }
        List<String> then = new ArrayList<>();
        List<String> now = new ArrayList<>();
        for (int i = 0; i < Math.max(wanted.size(), chain.size()); i++) {
            Expected.Link link = i < wanted.size() ? wanted.get(i) : null;
            RunTrace run = i < chain.size() ? chain.get(i) : null;
            String word = link == null ? "" : link.runbook().text();
            boolean named = run != null && Lineage.isNamed(run.plan(), word);
            String name = named || run == null ? word : run.plan().runbook().name();
            boolean told = link == null || link.outcome() != null;
            if (link != null) {
                YamlNode.Scalar outcome = link.outcome();
                then.add(link(link.runbook().text(), outcome == null ? null : outcome.text()));
            }
            if (run != null) {
                now.add(link(name, expected.dialect() || (named && !told) ? null : run.outcomeWord()));
            }
        }
        YamlNode node = rewrite.value(key);
        YamlNode.Scalar first = wanted.get(0).runbook();
        if (node instanceof YamlNode.Sequence old && !rewrite.edits().list(first, old, then, now)) {
            rewrite.leave(key, "its list holds comments");
        }
    }

    private String link(String runbook, @Nullable String outcome) {
        String name = FileEdits.written(runbook, true);
        if (expected.dialect()) {
            return name;
        }
        return outcome == null ? "{runbook: " + name + "}" : "{runbook: " + name + ", outcome: " + outcome + "}";
    }
}

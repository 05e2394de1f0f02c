package dev.gert.render;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.json.JsonWriter;
import dev.gert.policy.SafeText;
import dev.gert.projection.PathComparison;
import dev.gert.projection.TestFinding;
import dev.gert.projection.TestReport;
import dev.gert.projection.TestResult;
import dev.gert.projection.TestResult.Status;
import dev.gert.projection.TestUpdate;
import dev.gert.source.Position;
import dev.gert.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code gert test} found as one JSON document, schema {@code gert.test/v1}. */
public final class TestJson {
    private final JsonWriter json;

    private TestJson(JsonWriter json) {
        this.json = json;
    }

    /** The document, with a newline at its end; what a test does not have is null. */
    public static String render(TestReport report, List<Diagnostic> diagnostics) {
        StringBuilder out = new StringBuilder();
        new TestJson(JsonWriter.indented(out)).document(report, diagnostics);
        return out.append('\n').toString();
    }

    private void document(TestReport report, List<Diagnostic> diagnostics) {
        json.object();
        json.name("schema").value("gert.test/v1");
        json.name("files").value(report.files());
        json.name("total").value(report.results().size());
        json.name("passed").value(report.count(Status.PASSED));
        json.name("failed").value(report.count(Status.FAILED));
        json.name("errors").value(report.count(Status.ERROR));
        json.name("skipped").value(report.count(Status.SKIPPED));
        json.name("stopped_early").value(report.stoppedEarly());
        json.name("tests").array();
        for (TestResult result : report.results()) {
            result(result);
        }
        json.end();
        json.name("updates").array();
        for (TestUpdate update : report.updates()) {
            json.object().name("file").value(update.file());
            texts("difference", update.difference());
            texts("left", update.left());
            json.end();
        }
        json.end();
        json.name("diagnostics").array();
        for (Diagnostic diagnostic : diagnostics) {
            diagnostic(diagnostic, json);
        }
        json.end().end();
    }

    private void result(TestResult result) {
        json.object();
        json.name("kind").value(result.kind().word());
        json.name("name").value(result.name());
        json.name("status").value(result.status().word());
        Span place = result.place();
        boolean folder = result.kind() == TestResult.Kind.SCENARIO;
        json.name("folder").value(folder ? result.file() : null);
        json.name("file").value(place != null ? place.source().name() : folder ? null : result.file());
        place("", place);
        json.name("runbook").value(result.runbook());
        json.name("outcome").value(result.outcome().isEmpty() ? null : result.outcome());
        texts("path", result.ran());
        json.name("chain").array();
        for (TestResult.Link link : result.chain()) {
            json.object().name("runbook").value(link.runbook());
            json.name("outcome").value(link.outcome()).end();
        }
        json.end();
        texts("unknown", result.unknown());
        findings("failures", result.failures());
        findings("warnings", result.warnings());
        json.name("reason").value(result.reason().isEmpty() ? null : result.reason());
        json.name("duration_us").value(result.durationMicros());
        json.end();
    }

    private void findings(String name, List<TestFinding> findings) {
        json.name(name).array();
        for (TestFinding finding : findings) {
            finding(finding);
        }
        json.end();
    }

    private void finding(TestFinding finding) {
        json.object();
        json.name("code").value(finding.code());
        json.name("key").value(finding.key().isEmpty() ? null : finding.key());
        json.name("message").value(finding.message().text());
        json.name("expected").value(text(finding.expected()));
        json.name("actual").value(text(finding.actual()));
        PathComparison path = finding.path();
        if (path != null) {
            json.name("expected_path").array();
            path.expected().forEach(json::value);
            json.end();
            texts("actual_path", path.actual());
        }
        file("", finding.place());
        json.name("label").value(text(finding.label()));
        file("runbook_", finding.runbookPlace());
        json.name("runbook_label").value(text(finding.runbookLabel()));
        json.name("help").value(text(finding.help()));
        json.end();
    }

    private void texts(String name, List<String> texts) {
        json.name(name).array();
        for (String text : texts) {
            json.value(text);
        }
        json.end();
    }

    private static @Nullable String text(@Nullable SafeText text) {
        return text == null || text.text().isEmpty() ? null : text.text();
    }

    private void file(String prefix, @Nullable Span span) {
        json.name(prefix + "file").value(span == null ? null : span.source().name());
        place(prefix, span);
    }

    private void place(String prefix, @Nullable Span span) {
        if (span == null) {
            json.name(prefix + "line").nothing();
            json.name(prefix + "column").nothing();
            return;
        }
        Position position = span.position();
        json.name(prefix + "line").value(position.line());
        json.name(prefix + "column").value(position.column());
    }

    /** A diagnostic inside another document: where it is, and what it says. */
    static void diagnostic(Diagnostic diagnostic, JsonWriter json) {
        Label label = diagnostic.primary();
        json.object();
        json.name("code").value(diagnostic.code().name());
        json.name("severity").value(diagnostic.severity().word());
        json.name("message").value(diagnostic.message());
        TestJson inner = new TestJson(json);
        inner.file("", label == null ? null : label.span());
        json.name("label").value(label == null || label.text().isEmpty() ? null : label.text());
        json.name("help").value(diagnostic.help());
        json.end();
    }
}

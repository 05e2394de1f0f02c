package dev.gert.render;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.json.JsonWriter;
import dev.gert.projection.CoverageComparison;
import dev.gert.projection.CoverageReport;
import dev.gert.projection.RunbookCoverage;
import dev.gert.projection.RunbookSuggestions;
import dev.gert.projection.SiteCoverage;
import dev.gert.projection.Tally;
import java.util.List;

/**
 * Coverage as JSON, schema {@code gert.coverage/v1}: a runbook's document has the keys of the
 * design's sample (reference/gert-design.md, 4.3) and more. An answer holds every runbook under
 * {@code runbooks}; where there is one alone, its keys stand at the top as well, as in the sample.
 */
public final class CoverageJson {
    private static final String SCHEMA = "gert.coverage/v1";

    private final JsonWriter json;

    private CoverageJson(JsonWriter json) {
        this.json = json;
    }

    /** One runbook's document, as it is kept in {@code reports/coverage}; with a newline at its end. */
    public static String render(RunbookCoverage runbook) {
        StringBuilder out = new StringBuilder();
        CoverageJson document = new CoverageJson(JsonWriter.indented(out));
        document.json.object();
        document.json.name("schema").value(SCHEMA);
        document.runbook(runbook);
        document.json.end();
        return out.append('\n').toString();
    }

    /** The whole answer as one document; with a newline at its end. */
    public static String render(CoverageReport report, List<Diagnostic> diagnostics) {
        return render(report, List.of(), diagnostics);
    }

    /** The same with what was suggested. */
    public static String render(
            CoverageReport report, List<RunbookSuggestions> suggestions, List<Diagnostic> diagnostics) {
        StringBuilder out = new StringBuilder();
        new CoverageJson(JsonWriter.indented(out)).document(report, suggestions, diagnostics);
        return out.append('\n').toString();
    }

    private void document(CoverageReport report, List<RunbookSuggestions> suggestions, List<Diagnostic> diagnostics) {
        json.object();
        json.name("schema").value(SCHEMA);
        if (report.runbooks().size() == 1) {
            runbook(report.runbooks().get(0));
        } else {
            json.name("definition").value(RunbookCoverage.DEFINITION);
        }
        json.name("runbooks").array();
        for (RunbookCoverage runbook : report.runbooks()) {
            json.object();
            runbook(runbook);
            json.end();
        }
        json.end();
        if (!report.runbooks().isEmpty()) {
            json.name("total").object();
            tally("branches", report.branchTotal());
            tally("outcomes", report.outcomeTotal());
            json.end();
        }
        json.name("thresholds").array();
        for (CoverageReport.Threshold threshold : report.thresholds()) {
            json.object();
            json.name("option").value(threshold.option());
            json.name("file").value(threshold.file().isEmpty() ? null : threshold.file());
            json.name("required").value(threshold.required());
            json.name("percentage").value(threshold.tally().percentage());
            json.name("met").value(threshold.met());
            json.end();
        }
        json.end();
        CoverageComparison comparison = report.comparison();
        if (comparison != null) {
            json.name("baseline");
            CoverageChangeJson.write(comparison, json);
        }
        if (!suggestions.isEmpty()) {
            SuggestionJson.write(suggestions, json);
        }
        json.name("files").value(report.files());
        json.name("diagnostics").array();
        for (Diagnostic diagnostic : diagnostics) {
            TestJson.diagnostic(diagnostic, json);
        }
        json.end().end();
    }

    private void runbook(RunbookCoverage runbook) {
        json.name("definition").value(RunbookCoverage.DEFINITION);
        json.name("runbook").value(runbook.runbook());
        json.name("file").value(runbook.file());
        tally("branches", runbook.branchTally());
        tally("outcomes", runbook.outcomeTally());
        sites("uncovered", runbook, false);
        sites("covered", runbook, true);
        json.name("reported").array();
        for (SiteCoverage site : runbook.reported()) {
            site(site);
        }
        json.end();
        names("scenarios", runbook.scenarios());
        names("scenarios_without_expectations", runbook.unasserted());
        names("scenarios_failed", runbook.failed());
        json.name("tests_included").value(runbook.testsIncluded());
    }

    private void tally(String name, Tally tally) {
        tally(name, tally, json);
    }

    static void tally(String name, Tally tally, JsonWriter json) {
        json.name(name).object();
        json.name("total").value(tally.total());
        json.name("covered").value(tally.covered());
        json.name("percentage").value(tally.percentage());
        json.end();
    }

    private void sites(String name, RunbookCoverage runbook, boolean covered) {
        json.name(name).array();
        for (SiteCoverage site : runbook.branches()) {
            if (site.covered() == covered) {
                site(site);
            }
        }
        for (SiteCoverage site : runbook.outcomes()) {
            if (site.covered() == covered) {
                site(site);
            }
        }
        json.end();
    }

    private void site(SiteCoverage site) {
        json.object();
        json.name("type").value(site.site().type());
        json.name("label").value(site.site().label());
        json.name("path").value(site.site().path());
        names("covered_by", site.coveredBy());
        if (!site.reachedFrom().isEmpty()) {
            names("reached_from", site.reachedFrom());
        }
        json.end();
    }

    private void names(String name, List<String> names) {
        json.name(name).array();
        for (String each : names) {
            json.value(each);
        }
        json.end();
    }
}

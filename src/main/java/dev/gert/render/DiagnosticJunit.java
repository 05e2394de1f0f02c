package dev.gert.render;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.source.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Diagnostics as a JUnit report (cli.md, {@code --format junit}): a suite for each file that was
 * checked, a case for each finding, one that passed for a file without any. A warning that does not
 * fail the command is a case that passed, with the warning as its output.
 */
public final class DiagnosticJunit {
    /** The suite of findings that belong to no file. */
    private static final String NO_FILE = "gert validate";

    private static final int WORDS = 600;

    private final StringBuilder out = new StringBuilder();
    private final boolean strict;

    private DiagnosticJunit(boolean strict) {
        this.strict = strict;
    }

    /**
     * The document, with a newline at its end.
     *
     * @param checked the names of the files that were looked at; files that only a finding names
     *     (a policy on the way) get a suite behind them
     * @param strict whether warnings are failures
     */
    public static String render(List<Diagnostic> diagnostics, List<String> checked, boolean strict) {
        DiagnosticJunit junit = new DiagnosticJunit(strict);
        junit.suites(diagnostics, byFile(diagnostics, checked));
        return junit.out.toString();
    }

    private static Map<String, List<Diagnostic>> byFile(List<Diagnostic> diagnostics, List<String> checked) {
        Map<String, List<Diagnostic>> suites = new LinkedHashMap<>();
        for (String file : checked) {
            suites.put(file, new ArrayList<>());
        }
        for (Diagnostic diagnostic : diagnostics) {
            Label primary = diagnostic.primary();
            String suite = primary == null ? NO_FILE : primary.span().source().name();
            List<Diagnostic> findings = suites.get(suite);
            if (findings == null) {
                findings = new ArrayList<>();
                suites.put(suite, findings);
            }
            findings.add(diagnostic);
        }
        return suites;
    }

    private void suites(List<Diagnostic> diagnostics, Map<String, List<Diagnostic>> suites) {
        int cases = diagnostics.size();
        for (List<Diagnostic> findings : suites.values()) {
            cases += findings.isEmpty() ? 1 : 0;
        }
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
        counts("gert validate", cases, diagnostics);
        out.append(">\n");
        for (Map.Entry<String, List<Diagnostic>> suite : suites.entrySet()) {
            List<Diagnostic> findings = suite.getValue();
            out.append("  <testsuite");
            counts(suite.getKey(), Math.max(1, findings.size()), findings);
            out.append(">\n");
            if (findings.isEmpty()) {
                open("no problems", suite.getKey());
                out.append("/>\n");
            }
            for (Diagnostic finding : findings) {
                one(finding, suite.getKey());
            }
            out.append("  </testsuite>\n");
        }
        out.append("</testsuites>\n");
    }

    private void counts(String name, int cases, List<Diagnostic> findings) {
        int failures = 0;
        for (Diagnostic finding : findings) {
            failures += fails(finding) ? 1 : 0;
        }
        attribute("name", name);
        attribute("tests", String.valueOf(cases));
        attribute("failures", String.valueOf(failures));
        attribute("errors", "0");
    }

    private boolean fails(Diagnostic finding) {
        return strict || finding.severity() == Severity.ERROR;
    }

    private void one(Diagnostic finding, String suite) {
        Label primary = finding.primary();
        String place = "";
        if (primary != null) {
            Position start = primary.span().position();
            place = " at " + start.line() + ":" + start.column();
        }
        String message = SafeLine.of(finding.message(), true, WORDS);
        open(finding.code().name() + place + ": " + message, suite);
        out.append(">\n      ");
        String text = XmlText.element(DiagnosticText.render(List.of(finding), false, true));
        if (fails(finding)) {
            out.append("<failure");
            attribute("type", finding.code().name());
            attribute("message", message);
            out.append('>').append(text).append("</failure>\n");
        } else {
            out.append("<system-out>").append(text).append("</system-out>\n");
        }
        out.append("    </testcase>\n");
    }

    private void open(String name, String suite) {
        out.append("    <testcase");
        attribute("name", name);
        attribute("classname", suite);
    }

    private void attribute(String name, String value) {
        out.append(' ')
                .append(name)
                .append("=\"")
                .append(XmlText.attribute(value))
                .append('"');
    }
}

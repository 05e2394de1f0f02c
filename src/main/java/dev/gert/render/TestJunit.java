package dev.gert.render;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.projection.TestFinding;
import dev.gert.projection.TestReport;
import dev.gert.projection.TestResult;
import dev.gert.projection.TestResult.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code gert test} found as a JUnit report (cli.md, {@code --format junit}): a suite for each test
 * file and each runbook's scenarios, a case for each test. What is wrong with files, and with a call that
 * found nothing, is an error of the last suite.
 */
public final class TestJunit {
    private static final String NO_FILE = "gert test";
    private static final int WORDS = 600;

    private final StringBuilder out = new StringBuilder();

    private TestJunit() {}

    /** The document, with a newline at its end. */
    public static String render(TestReport report, List<Diagnostic> diagnostics) {
        TestJunit junit = new TestJunit();
        junit.suites(report, diagnostics);
        return junit.out.toString();
    }

    private void suites(TestReport report, List<Diagnostic> diagnostics) {
        Map<String, List<TestResult>> suites = new LinkedHashMap<>();
        for (TestResult result : report.results()) {
            suites.computeIfAbsent(TestText.group(result), name -> new ArrayList<>())
                    .add(result);
        }
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
        counts(NO_FILE, report.results(), diagnostics.size());
        out.append(">\n");
        for (Map.Entry<String, List<TestResult>> suite : suites.entrySet()) {
            out.append("  <testsuite");
            counts(suite.getKey(), suite.getValue(), 0);
            attribute("skipped", String.valueOf(count(suite.getValue(), Status.SKIPPED)));
            out.append(">\n");
            for (TestResult result : suite.getValue()) {
                one(result, suite.getKey());
            }
            out.append("  </testsuite>\n");
        }
        if (!diagnostics.isEmpty()) {
            out.append("  <testsuite");
            counts(NO_FILE, List.of(), diagnostics.size());
            out.append(">\n");
            for (Diagnostic diagnostic : diagnostics) {
                one(diagnostic);
            }
            out.append("  </testsuite>\n");
        }
        out.append("</testsuites>\n");
    }

    private void counts(String name, List<TestResult> results, int more) {
        attribute("name", name);
        attribute("tests", String.valueOf(results.size() + more));
        attribute("failures", String.valueOf(count(results, Status.FAILED)));
        attribute("errors", String.valueOf(count(results, Status.ERROR) + more));
        long micros = 0;
        for (TestResult result : results) {
            micros += result.durationMicros();
        }
        attribute("time", seconds(micros));
    }

    private static int count(List<TestResult> results, Status status) {
        int count = 0;
        for (TestResult result : results) {
            count += result.status() == status ? 1 : 0;
        }
        return count;
    }

    private static String seconds(long micros) {
        return BigDecimal.valueOf(micros, 6).toPlainString();
    }

    private void one(TestResult result, String suite) {
        open(SafeLine.of(result.name(), true, WORDS), suite, result.durationMicros());
        List<TestFinding> failures = result.failures();
        String details = TestText.details(result);
        switch (result.status()) {
            case PASSED -> {
                if (details.isEmpty()) {
                    out.append("/>\n");
                    return;
                }
                out.append(">\n");
                element("system-out", "", "", details);
            }
            case SKIPPED -> {
                out.append(">\n      <skipped");
                attribute("message", SafeLine.of(result.reason(), true, WORDS));
                out.append("/>\n");
            }
            case FAILED, ERROR -> {
                out.append(">\n");
                boolean found = !failures.isEmpty();
                String message = found ? failures.get(0).message().text() : result.reason();
                element(
                        result.status() == Status.ERROR ? "error" : "failure",
                        found ? failures.get(0).code() : "E001",
                        SafeLine.of(message, true, WORDS),
                        found ? details : result.reason() + "\n");
            }
        }
        out.append("    </testcase>\n");
    }

    private void one(Diagnostic diagnostic) {
        String message = SafeLine.of(diagnostic.message(), true, WORDS);
        open(diagnostic.code().name() + ": " + message, NO_FILE, 0);
        out.append(">\n");
        element("error", diagnostic.code().name(), message, DiagnosticText.render(List.of(diagnostic), false, true));
        out.append("    </testcase>\n");
    }

    private void open(String name, String suite, long micros) {
        out.append("    <testcase");
        attribute("name", name);
        attribute("classname", suite);
        attribute("time", seconds(micros));
    }

    private void element(String name, String type, String message, String text) {
        out.append("      <").append(name);
        if (!type.isEmpty()) {
            attribute("type", type);
            attribute("message", message);
        }
        out.append('>').append(XmlText.element(text)).append("</").append(name).append(">\n");
    }

    private void attribute(String name, String value) {
        out.append(' ')
                .append(name)
                .append("=\"")
                .append(XmlText.attribute(value))
                .append('"');
    }
}

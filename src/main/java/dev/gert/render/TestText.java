package dev.gert.render;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.policy.SafeText;
import dev.gert.projection.PathComparison;
import dev.gert.projection.TestFinding;
import dev.gert.projection.TestReport;
import dev.gert.projection.TestResult;
import dev.gert.projection.TestResult.Status;
import dev.gert.projection.TestUpdate;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code gert test} prints: a line a test, then what went wrong, then the counts. */
public final class TestText {
    private static final int WORDS = 600;

    private final StringBuilder out = new StringBuilder();
    private final Marks marks;
    private final boolean colour;
    private final boolean unicode;
    private final int width;

    private TestText(boolean colour, boolean unicode, int width) {
        this.width = width;
        this.colour = colour;
        this.unicode = unicode;
        this.marks = new Marks(colour, unicode);
    }

    /**
     * The whole text, with a newline at its end.
     *
     * @param diagnostics what is wrong with files, besides what the report's tests found
     * @param colour whether escape sequences for colours are written; the words are the same
     * @param unicode whether the output can show more than ASCII; if not, the rest is escaped
     */
    public static String render(TestReport report, List<Diagnostic> diagnostics, boolean colour, boolean unicode) {
        return render(report, diagnostics, colour, unicode, 0);
    }

    /** {@code width}: the columns of the terminal, 0 where there is none. */
    public static String render(
            TestReport report, List<Diagnostic> diagnostics, boolean colour, boolean unicode, int width) {
        TestText text = new TestText(colour, unicode, width);
        text.lines(report.results());
        for (TestResult result : report.results()) {
            text.details(result, true);
        }
        for (TestUpdate update : report.updates()) {
            text.update(update);
        }
        if (!diagnostics.isEmpty()) {
            text.blank();
            text.out.append(DiagnosticText.render(diagnostics, colour, unicode, width));
        }
        text.blank();
        text.out.append(summary(report)).append('\n');
        return text.out.toString();
    }

    private void update(TestUpdate update) {
        blank();
        boolean rewritten = !update.difference().isEmpty();
        out.append(rewritten ? "rewrote " : "left ")
                .append(words(update.file()))
                .append('\n');
        for (String line : update.difference()) {
            out.append("  ").append(words(line)).append('\n');
        }
        for (String each : update.left()) {
            out.append("  as it is: ").append(words(each)).append('\n');
        }
    }

    /** {@code 5 tests: 3 passed, 1 failed, 1 skipped; 4 files looked at}; no newline. */
    public static String summary(TestReport report) {
        int total = report.results().size();
        StringBuilder line = new StringBuilder();
        line.append(total).append(total == 1 ? " test: " : " tests: ");
        line.append(report.count(Status.PASSED)).append(" passed");
        part(line, report.count(Status.FAILED), " failed");
        part(line, report.count(Status.ERROR), " with errors");
        part(line, report.count(Status.SKIPPED), " skipped");
        line.append("; ").append(report.files()).append(report.files() == 1 ? " file" : " files");
        line.append(" looked at");
        return line.append(report.stoppedEarly() ? "; stopped at the first failure" : "")
                .toString();
    }

    private static void part(StringBuilder line, int count, String words) {
        if (count > 0) {
            line.append(", ").append(count).append(words);
        }
    }

    private void lines(List<TestResult> results) {
        String group = "";
        for (TestResult result : results) {
            String of = group(result);
            if (!of.equals(group)) {
                out.append(words(of)).append('\n');
                group = of;
            }
            out.append("  ").append(mark(result.status())).append(' ').append(words(result.name()));
            if (result.status() == Status.SKIPPED || result.status() == Status.ERROR) {
                out.append("  ").append(result.status().word());
                out.append(result.reason().isEmpty() ? "" : ": " + words(result.reason()));
            }
            if (!result.unknown().isEmpty()) {
                out.append("  unknown: ").append(words(String.join(", ", result.unknown())));
            }
            out.append('\n');
        }
    }

    /** What a test went wrong with, and its warnings; empty where there are none. */
    static String details(TestResult result) {
        TestText text = new TestText(false, true, 0);
        text.details(result, false);
        return text.out.toString();
    }

    /** What a test is listed under: its file, or the folder of its runbook's scenarios. */
    static String group(TestResult result) {
        int slash = result.file().lastIndexOf('/');
        return result.kind() == TestResult.Kind.UNIT || slash < 0
                ? result.file()
                : result.file().substring(0, slash);
    }

    private String mark(Status status) {
        return switch (status) {
            case PASSED -> marks.good();
            case SKIPPED -> marks.none();
            case FAILED, ERROR -> marks.bad();
        };
    }

    private void details(TestResult result, boolean titled) {
        if (result.failures().isEmpty() && result.warnings().isEmpty()) {
            return;
        }
        if (titled) {
            blank();
            boolean bad = !result.failures().isEmpty();
            out.append(bad ? marks.bad() : marks.good()).append(' ').append(words(result.name()));
            out.append("  ").append(words(result.file())).append('\n');
        }
        if (!result.outcome().isEmpty()) {
            out.append("  ended ").append(words(result.outcome()));
            out.append(result.ran().isEmpty() ? "" : ", ran " + words(String.join(", ", result.ran())));
            out.append('\n');
        }
        if (result.chain().size() > 1) {
            out.append("  chain ")
                    .append(words(String.join(unicode ? " → " : " -> ", chain(result))))
                    .append('\n');
        }
        for (TestFinding failure : result.failures()) {
            finding(failure, Severity.ERROR);
        }
        for (TestFinding warning : result.warnings()) {
            finding(warning, Severity.WARNING);
        }
    }

    private static List<String> chain(TestResult result) {
        List<String> chain = new ArrayList<>();
        for (TestResult.Link link : result.chain()) {
            chain.add(link.runbook() + ": " + link.outcome());
        }
        return chain;
    }

    private void finding(TestFinding finding, Severity severity) {
        out.append('\n').append(DiagnosticText.render(List.of(diagnostic(finding, severity)), colour, unicode, width));
        PathComparison path = finding.path();
        if (path != null) {
            paths(path);
        }
    }

    /** A finding is a diagnostic with, beside the test's line, the runbook's. */
    public static Diagnostic diagnostic(TestFinding finding, Severity severity) {
        String key = finding.key();
        String message =
                (key.isEmpty() ? "" : "`" + key + "`: ") + finding.message().text();
        Label primary = label(finding.place(), finding.label());
        Label other = label(finding.runbookPlace(), finding.runbookLabel());
        SafeText help = finding.help();
        return new Diagnostic(
                Code.valueOf(finding.code()),
                severity,
                message,
                primary,
                other == null ? List.of() : List.of(other),
                help == null ? null : help.text());
    }

    private static @Nullable Label label(@Nullable Span place, @Nullable SafeText words) {
        return place == null ? null : new Label(place, words == null ? "" : words.text());
    }

    /** Both paths side by side; the mark stands where they part. */
    private void paths(PathComparison path) {
        int width = "expected".length();
        for (String step : path.expected()) {
            width = Math.max(width, step.length());
        }
        out.append('\n');
        row(" ", "expected", "ran", width);
        int rows = Math.max(path.expected().size(), path.actual().size());
        for (int i = 0; i < rows; i++) {
            String expected = i < path.expected().size() ? path.expected().get(i) : "";
            String actual = i < path.actual().size() ? path.actual().get(i) : "";
            row(i == path.common() ? ">" : " ", expected, actual, width);
        }
    }

    private void row(String mark, String left, String right, int width) {
        out.append("  ").append(mark).append(' ').append(left);
        if (!right.isEmpty()) {
            out.append(" ".repeat(width - left.length() + 4)).append(right);
        }
        out.append('\n');
    }

    private void blank() {
        if (out.length() > 0) {
            out.append('\n');
        }
    }

    private String words(String text) {
        return SafeLine.of(text, unicode, WORDS);
    }
}

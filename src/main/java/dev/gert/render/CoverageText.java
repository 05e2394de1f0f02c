package dev.gert.render;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.projection.CoverageComparison;
import dev.gert.projection.CoverageReport;
import dev.gert.projection.RunbookCoverage;
import dev.gert.projection.SiteCoverage;
import dev.gert.projection.Tally;
import java.util.ArrayList;
import java.util.List;

/** What {@code gert coverage} prints, in the shape of the design's sample (reference/gert-design.md, 4.3). */
public final class CoverageText {
    private static final int NAMES = 3;
    private static final int WORDS = 600;

    private final StringBuilder out = new StringBuilder();
    private final Marks marks;
    private final boolean unicode;
    private final boolean verbose;

    private CoverageText(boolean verbose, boolean colour, boolean unicode) {
        this.verbose = verbose;
        this.marks = new Marks(colour, unicode);
        this.unicode = unicode;
    }

    /**
     * The whole text, with a newline at its end.
     *
     * @param diagnostics broken files and thresholds that were not met
     * @param verbose whether what is not counted is listed, and not just summed up
     * @param colour whether escape sequences for colours are written; the words are the same
     * @param unicode whether the output can show more than ASCII; if not, the rest is escaped
     */
    public static String render(
            CoverageReport report, List<Diagnostic> diagnostics, boolean verbose, boolean colour, boolean unicode) {
        return render(report, diagnostics, verbose, colour, unicode, 0);
    }

    /** {@code width}: the columns of the terminal, 0 where there is none. */
    public static String render(
            CoverageReport report,
            List<Diagnostic> diagnostics,
            boolean verbose,
            boolean colour,
            boolean unicode,
            int width) {
        CoverageText text = new CoverageText(verbose, colour, unicode);
        for (RunbookCoverage runbook : report.runbooks()) {
            text.runbook(runbook);
            text.out.append('\n');
        }
        CoverageComparison comparison = report.comparison();
        if (comparison != null) {
            text.out
                    .append(CoverageChangeText.render(comparison, colour, unicode))
                    .append('\n');
        }
        if (!diagnostics.isEmpty()) {
            text.out
                    .append(DiagnosticText.render(diagnostics, colour, unicode, width))
                    .append('\n');
        }
        return text.out.append(summary(report)).append('\n').toString();
    }

    /** {@code 2 runbooks: branches 8 of 10 (80%), outcomes 6 of 6 (100%); 9 files looked at}; no newline. */
    public static String summary(CoverageReport report) {
        int count = report.runbooks().size();
        StringBuilder line = new StringBuilder();
        if (count == 0) {
            line.append("nothing was counted");
        } else {
            line.append(count).append(count == 1 ? " runbook: " : " runbooks: ");
            tally(line, "branches", report.branchTotal());
            tally(line.append(", "), "outcomes", report.outcomeTotal());
        }
        line.append("; ").append(report.files()).append(report.files() == 1 ? " file" : " files");
        return line.append(" looked at").toString();
    }

    private static void tally(StringBuilder line, String noun, Tally tally) {
        line.append(noun).append(' ').append(tally.covered()).append(" of ").append(tally.total());
        line.append(" (").append(tally.percentage()).append("%)");
    }

    private void runbook(RunbookCoverage runbook) {
        out.append(words(runbook.file())).append('\n');
        section("Branches", runbook.branchTally(), runbook.branches());
        out.append('\n');
        section("Outcomes", runbook.outcomeTally(), runbook.outcomes());
        reported(runbook.reported());
        if (!runbook.unasserted().isEmpty() || !runbook.failed().isEmpty()) {
            out.append('\n');
        }
        left(runbook.unasserted(), "without expectations, not counted");
        left(runbook.failed(), "failed, not counted: `gert test` says why");
    }

    private void section(String title, Tally tally, List<SiteCoverage> sites) {
        out.append("  ").append(title).append(": ").append(tally.total()).append(" total, ");
        out.append(tally.covered())
                .append(" covered (")
                .append(tally.percentage())
                .append("%)\n");
        List<String> labels = new ArrayList<>();
        for (SiteCoverage site : sites) {
            labels.add(label(site.site().label()));
        }
        rows(labels, sites, marks.bad(), "NO SCENARIO");
    }

    private void reported(List<SiteCoverage> sites) {
        if (sites.isEmpty()) {
            return;
        }
        int reached = 0;
        List<String> labels = new ArrayList<>();
        for (SiteCoverage site : sites) {
            reached += site.covered() ? 1 : 0;
            String what = site.site().type().replace('_', ' ');
            labels.add(label(what + ": " + site.site().label()));
        }
        out.append("\n  Not counted: ").append(sites.size());
        out.append(sites.size() == 1 ? " site, " : " sites, ").append(reached).append(" reached");
        out.append(verbose ? "\n" : "; -v lists them\n");
        if (verbose) {
            rows(labels, sites, marks.none(), "not reached");
        }
    }

    private void rows(List<String> labels, List<SiteCoverage> sites, String mark, String none) {
        int width = 0;
        for (String label : labels) {
            width = Math.max(width, columns(label));
        }
        for (int i = 0; i < labels.size(); i++) {
            SiteCoverage site = sites.get(i);
            out.append("  ").append(site.covered() ? marks.good() : mark);
            out.append(' ').append(labels.get(i));
            out.append(" ".repeat(width - columns(labels.get(i)) + 4));
            out.append(site.covered() ? names(site.coveredBy()) : none);
            if (!site.covered() && !site.reachedFrom().isEmpty()) {
                out.append(" of its own (").append(names(site.reachedFrom())).append(" came by)");
            }
            out.append('\n');
        }
    }

    private String label(String label) {
        return words(unicode ? label : label.replace("\u2192", "->"));
    }

    /** Columns of text that is safe already: it is not escaped again. */
    static int columns(String shown) {
        int columns = 0;
        for (int i = 0; i < shown.length(); ) {
            int point = shown.codePointAt(i);
            columns += Glyphs.width(point);
            i += Character.charCount(point);
        }
        return columns;
    }

    private void left(List<String> names, String why) {
        if (!names.isEmpty()) {
            out.append("  ").append(names.size());
            out.append(names.size() == 1 ? " scenario " : " scenarios ").append(why);
            out.append(" (").append(names(names)).append(")\n");
        }
    }

    private String names(List<String> names) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(NAMES, names.size()); i++) {
            text.append(i == 0 ? "" : ", ").append(words(names.get(i)));
        }
        if (names.size() > NAMES) {
            text.append(" and ").append(names.size() - NAMES).append(" more");
        }
        return text.toString();
    }

    private String words(String text) {
        return SafeLine.of(text, unicode, WORDS);
    }
}

package dev.gert.render;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.projection.CoverageComparison;
import dev.gert.projection.CoverageNode.State;
import dev.gert.projection.CoverageReport;
import dev.gert.projection.RunbookCoverage;
import dev.gert.projection.Tally;
import java.util.List;

/**
 * Coverage as one page for a browser: percentages first, then every runbook's tree. It holds no script,
 * and its policy forbids every request, so that nothing a runbook says can become either.
 */
public final class CoverageHtml {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private final StringBuilder out = new StringBuilder(1 << 14);
    private final CoverageReport report;

    private CoverageHtml(CoverageReport report) {
        this.report = report;
    }

    /**
     * The whole document, with a newline at its end.
     *
     * @param diagnostics broken files and thresholds that were not met
     */
    public static String render(CoverageReport report, List<Diagnostic> diagnostics) {
        CoverageHtml page = new CoverageHtml(report);
        page.document(diagnostics);
        return page.out.toString();
    }

    private void document(List<Diagnostic> diagnostics) {
        Tally branches = report.branchTotal();
        Tally outcomes = report.outcomeTotal();
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(POLICY)
                .append("\"/>\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        out.append("<meta name=\"referrer\" content=\"no-referrer\"/>\n<title>coverage: ");
        out.append(branches.percentage()).append("% of branches, ");
        out.append(outcomes.percentage()).append("% of outcomes</title>\n<style>\n");
        out.append(CoverageHtmlStyle.CSS).append("</style>\n</head>\n<body>\n");
        out.append("<a class=\"skip\" href=\"#runbooks\">to the runbooks</a>\n<header>\n<h1>gert coverage</h1>\n");
        out.append("<ul class=\"figures\">\n");
        figure("branches", branches);
        figure("outcomes", outcomes);
        out.append("</ul>\n<p class=\"quiet\">")
                .append(text(CoverageText.summary(report)))
                .append("</p>\n</header>\n");
        out.append("<input class=\"only\" type=\"checkbox\" id=\"only\"/>\n<div class=\"tools\">");
        out.append("<label for=\"only\">uncovered only</label>\n<ul class=\"legend\" aria-label=\"legend\">\n");
        for (State state : State.values()) {
            out.append("<li><span class=\"mark\" aria-hidden=\"true\">")
                    .append(mark(state))
                    .append("</span> ");
            out.append(words(state)).append("</li>\n");
        }
        out.append("</ul></div>\n<main id=\"runbooks\" tabindex=\"-1\">\n");
        if (!diagnostics.isEmpty()) {
            out.append("<section>\n<h2>what is wrong</h2>\n<pre>");
            out.append(HtmlText.escaped(DiagnosticText.render(diagnostics, false, true)))
                    .append("</pre>\n</section>\n");
        }
        CoverageComparison comparison = report.comparison();
        if (comparison != null) {
            out.append("<section>\n<h2>what changed</h2>\n<pre>");
            out.append(HtmlText.escaped(CoverageChangeText.render(comparison, false, true)))
                    .append("</pre>\n</section>\n");
        }
        if (report.runbooks().size() > 1) {
            table();
        }
        out.append("<p class=\"nothing quiet\">Shown is what no scenario reaches, and where it stands.</p>\n");
        for (int i = 0; i < report.runbooks().size(); i++) {
            runbook(i + 1, report.runbooks().get(i));
        }
        out.append("</main>\n</body>\n</html>\n");
    }

    private void figure(String noun, Tally tally) {
        out.append("<li><b>").append(tally.percentage()).append("%</b>");
        out.append(tally.covered())
                .append(" of ")
                .append(tally.total())
                .append(' ')
                .append(noun);
        bar(tally);
        out.append("</li>\n");
    }

    private void bar(Tally tally) {
        out.append("<span class=\"bar\" aria-hidden=\"true\"><span style=\"width:");
        out.append(tally.percentage()).append("%\"></span></span>");
    }

    private void table() {
        out.append("<table>\n<caption class=\"vh\">runbooks</caption>\n<thead><tr><th scope=\"col\">runbook</th>");
        for (String noun : List.of("branches", "outcomes")) {
            out.append("<th scope=\"col\" class=\"n\" colspan=\"2\">")
                    .append(noun)
                    .append("</th><td></td>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < report.runbooks().size(); i++) {
            RunbookCoverage runbook = report.runbooks().get(i);
            out.append(isFine(runbook) ? "<tr class=\"fine\">" : "<tr>");
            out.append("<th scope=\"row\"><a href=\"#r").append(i + 1).append("\">");
            out.append(text(runbook.file())).append("</a></th>");
            for (Tally tally : List.of(runbook.branchTally(), runbook.outcomeTally())) {
                out.append("<td class=\"n\">")
                        .append(tally.covered())
                        .append(" of ")
                        .append(tally.total());
                out.append("</td><td class=\"n\">").append(tally.percentage()).append("%</td><td>");
                bar(tally);
                out.append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table>\n");
    }

    private static boolean isFine(RunbookCoverage runbook) {
        Tally branches = runbook.branchTally();
        Tally outcomes = runbook.outcomeTally();
        return branches.covered() == branches.total() && outcomes.covered() == outcomes.total();
    }

    private void runbook(int number, RunbookCoverage runbook) {
        out.append(isFine(runbook) ? "<section class=\"fine\"" : "<section");
        out.append(" aria-labelledby=\"r")
                .append(number)
                .append("\">\n<h2 id=\"r")
                .append(number)
                .append("\">");
        out.append(text(runbook.file())).append("</h2>\n<p class=\"quiet\">").append(text(runbook.runbook()));
        tally(", branches ", runbook.branchTally());
        tally(", outcomes ", runbook.outcomeTally());
        out.append("</p>\n");
        CoverageHtmlTree.write(runbook.tree(), out);
        out.append("<p class=\"quiet\">");
        names(runbook.scenarios(), "counted", "no scenario counts");
        names(runbook.unasserted(), "without expectations, not counted", "");
        names(runbook.failed(), "failed, not counted", "");
        out.append("</p>\n</section>\n");
    }

    private void tally(String noun, Tally tally) {
        out.append(noun).append(tally.covered()).append(" of ").append(tally.total());
        out.append(" (").append(tally.percentage()).append("%)");
    }

    private void names(List<String> names, String what, String none) {
        if (names.isEmpty()) {
            out.append(none.isEmpty() ? "" : none + ". ");
            return;
        }
        out.append(names.size()).append(' ').append(what).append(": ");
        for (int i = 0; i < names.size(); i++) {
            out.append(i == 0 ? "" : ", ").append(text(names.get(i)));
        }
        out.append(". ");
    }

    static String mark(State state) {
        return switch (state) {
            case COVERED -> "\u2713";
            case UNCOVERED -> "\u2717";
            case UNREACHABLE -> "\u2298";
            case REACHED -> "\u25cf";
            case NOT_REACHED -> "\u25cb";
        };
    }

    static String words(State state) {
        return switch (state) {
            case COVERED -> "covered";
            case UNCOVERED -> "not covered";
            case UNREACHABLE -> "not covered, no run can come here";
            case REACHED -> "reached, not counted";
            case NOT_REACHED -> "not reached, not counted";
        };
    }

    /** Text from a file as it may stand in an element or an attribute: one line, nothing alive. */
    static String text(String text) {
        return HtmlText.line(text);
    }
}

package dev.gert.render;

import dev.gert.projection.RunReport;
import java.io.IOException;

/**
 * A run as one page for a browser: the verdict first, then what to look at, the time line, the tree, and what proves
 * it. It makes no request, and its policy forbids every one; its only script finds its way about the page.
 */
public final class ReportHtml {
    private ReportHtml() {}

    /** The whole document, with a newline at its end, in pieces. */
    public static void page(RunReport report, ReportExtras extras, Appendable to) throws IOException {
        ReportHtmlWriter out = new ReportHtmlWriter(to);
        out.add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        out.add("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; ");
        out.add("style-src ").add(ReportHtmlStyle.source()).add("; script-src ").add(ReportHtmlScript.source());
        out.add("; base-uri 'none'; form-action 'none'\"/>\n");
        out.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        out.add("<meta name=\"referrer\" content=\"no-referrer\"/>\n<title>");
        out.line(ReportHtmlVerdict.title(report.evidence()))
                .add("</title>\n<style>")
                .add(ReportHtmlStyle.CSS);
        out.add("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#tree\">to the steps</a>\n<main>\n");
        write(report, extras, out);
        out.add("</main>\n<script>")
                .add(ReportHtmlScript.JS)
                .add("</script>\n</body>\n</html>\n")
                .end();
    }

    /** What stands in the page's {@code main}. */
    public static void body(RunReport report, ReportExtras extras, Appendable to) throws IOException {
        ReportHtmlWriter out = new ReportHtmlWriter(to);
        write(report, extras, out);
        out.end();
    }

    private static void write(RunReport report, ReportExtras extras, ReportHtmlWriter out) throws IOException {
        new ReportHtmlVerdict(report, out).write();
        new ReportHtmlGaps(report, extras.audit(), out).write();
        ReportHtmlStep step = new ReportHtmlStep(report, extras, out);
        new ReportHtmlTimeline(report, step, out).write();
        new ReportHtmlTree(report, extras.audit(), step, out).write();
        new ReportHtmlTables(report, extras, step, out).write();
    }
}

package dev.gert.render;

import dev.gert.event.Envelope;
import dev.gert.projection.EvidenceAttempt;
import dev.gert.projection.ReportNode;
import dev.gert.projection.RunReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** When what happened: a bar for each attempt of each step, what it waited for, and where no session was there. */
final class ReportHtmlTimeline {
    private static final int MOST = 300;

    private final RunReport report;
    private final ReportHtmlStep step;
    private final ReportHtmlWriter out;
    private final long start;
    private final long span;

    ReportHtmlTimeline(RunReport report, ReportHtmlStep step, ReportHtmlWriter out) {
        this.report = report;
        this.step = step;
        this.out = out;
        this.start = report.start();
        this.span = Math.max(1, report.end() - start);
    }

    void write() throws IOException {
        List<ReportNode> steps = chosen();
        if (steps.isEmpty()) {
            return;
        }
        out.add("<section aria-labelledby=\"timeline\">\n<h2 id=\"timeline\">Time line</h2>\n");
        out.add("<p class=\"legend\" aria-hidden=\"true\">");
        legend("g", "passed");
        legend("b", "failed");
        legend("appr", "waits for approval");
        legend("man", "waits for a person");
        legend("elev", "elevated");
        legend("idle", "no session");
        out.add("</p>\n<svg class=\"defs\" aria-hidden=\"true\"><defs><pattern id=\"hatch\" width=\"6\" height=\"6\" ");
        out.add(
                "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"h0\" width=\"6\" height=\"6\"/>");
        out.add("<rect class=\"h1\" width=\"3\" height=\"6\"/></pattern></defs></svg>\n");
        if (steps.size() < report.steps().size()) {
            out.add("<p class=\"quiet\">")
                    .add(steps.size())
                    .add(" of ")
                    .add(report.steps().size());
            out.add(" steps: those that did not just pass, and the longest.</p>\n");
        }
        out.add(
                "<ol class=\"tl\">\n<li class=\"axis\" aria-hidden=\"true\"><span></span><span class=\"ax\"><span>0.0 s</span><span>");
        out.add(RunLines.duration(span / 2))
                .add("</span><span>")
                .add(RunLines.duration(span))
                .add("</span></span></li>\n");
        for (ReportNode each : steps) {
            row(each);
        }
        out.add("</ol>\n</section>\n");
    }

    private void legend(String look, String words) throws IOException {
        out.add("<svg width=\"18\" height=\"10\"><rect class=\"").add(look);
        out.add("\" width=\"18\" height=\"10\"/></svg> ").add(words).add(" ");
    }

    /** All, or those that a reader looks for and the longest of the others; in the order in which they began. */
    private List<ReportNode> chosen() {
        List<ReportNode> all = report.steps();
        if (all.size() <= MOST) {
            return all;
        }
        List<ReportNode> ranked = new ArrayList<>(all);
        Comparator<ReportNode> first = Comparator.comparing(each -> !each.isNotable());
        ranked.sort(first.thenComparing(each -> -length(each)));
        Set<ReportNode> chosen = new HashSet<>(ranked.subList(0, MOST));
        return all.stream().filter(chosen::contains).toList();
    }

    private long length(ReportNode each) {
        return end(each) - each.from;
    }

    private long end(ReportNode each) {
        EvidenceAttempt newest = each.newest();
        return newest == null || newest.endedAt == null ? report.end() : Envelope.micros(newest.endedAt);
    }

    private void row(ReportNode each) throws IOException {
        EvidenceAttempt newest = each.newest();
        if (newest == null) {
            return;
        }
        out.add("<li><a href=\"#s")
                .add(step.number(each))
                .add("\">")
                .line(newest.started.id())
                .add("</a>");
        out.add("<svg class=\"bars\" role=\"img\" aria-label=\"")
                .line(words(each, newest))
                .add("\">");
        for (RunReport.Idle idle : report.idle()) {
            bar("idle", idle.from(), idle.to(), 0, 16);
        }
        bar("line", each.from, end(each), 7, 2);
        for (ReportNode.Wait wait : each.waits(report.end())) {
            if (wait.pause() == ReportNode.Pause.ELEVATED) {
                bar("elev", wait.from(), wait.to(), 0, 16);
            }
        }
        for (EvidenceAttempt attempt : each.attempts) {
            String look = ReportHtmlStep.look(attempt.status());
            String from = attempt.dispatchedAt == null ? attempt.startedAt : attempt.dispatchedAt;
            boolean waited = attempt.dispatchedAt == null && (attempt.manual != null || attempt.asked != null);
            long to = attempt.endedAt == null ? report.end() : Envelope.micros(attempt.endedAt);
            bar(look, waited ? to : Envelope.micros(from), to, 3, 10);
        }
        for (ReportNode.Wait wait : each.waits(report.end())) {
            if (wait.pause() != ReportNode.Pause.ELEVATED) {
                bar(wait.pause() == ReportNode.Pause.MANUAL ? "man" : "appr", wait.from(), wait.to(), 3, 10);
            }
        }
        out.add("</svg></li>\n");
    }

    private String words(ReportNode each, EvidenceAttempt newest) {
        StringBuilder words = new StringBuilder(ReportHtmlStep.words(newest.status()));
        words.append(", begins after ").append(RunLines.duration(each.from - start));
        words.append(", takes ").append(RunLines.duration(length(each)));
        for (ReportNode.Wait wait : each.waits(report.end())) {
            words.append(
                    switch (wait.pause()) {
                        case APPROVAL -> ", waits for approval ";
                        case MANUAL -> ", waits for a person ";
                        case ELEVATION -> ", waits for elevation ";
                        case ELEVATED -> ", is elevated ";
                    });
            words.append(RunLines.duration(wait.to() - wait.from()));
        }
        if (each.attempts.size() > 1) {
            words.append(", ").append(each.attempts.size()).append(" attempts");
        }
        return words.toString();
    }

    private void bar(String look, long from, long to, int y, int height) throws IOException {
        out.add("<rect class=\"")
                .add(look)
                .add("\" x=\"")
                .add(percent(from - start))
                .add("\" width=\"");
        out.add(percent(to - from))
                .add("\" y=\"")
                .add(y)
                .add("\" height=\"")
                .add(height)
                .add("\"/>");
    }

    private String percent(long micros) {
        return String.format(Locale.ROOT, "%.3f%%", Math.max(0, micros) * 100.0 / span);
    }
}

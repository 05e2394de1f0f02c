package dev.gert.render;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.policy.SafeText;
import dev.gert.projection.Evidence;
import dev.gert.projection.EvidenceAttempt;
import dev.gert.projection.EvidenceRun;
import dev.gert.projection.ReportNode;
import dev.gert.projection.RunReport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The head of the report: what came of the run, whose it was, and how much of what there was. */
final class ReportHtmlVerdict {
    private static final Set<String> WARNED = Set.of("escalated", "needs_rca");

    private final RunReport report;
    private final Evidence evidence;
    private final ReportHtmlWriter out;

    ReportHtmlVerdict(RunReport report, ReportHtmlWriter out) {
        this.report = report;
        this.evidence = report.evidence();
        this.out = out;
    }

    static String title(Evidence evidence) {
        RunEvent.RunStarted started = evidence.started();
        RunEvent.RunCompleted end = evidence.completed();
        return (end == null ? "not over" : end.outcome()) + ": " + (started == null ? "" : started.runbookName() + ", ")
                + "run " + evidence.run();
    }

    void write() throws IOException {
        RunEvent.RunCompleted end = evidence.completed();
        RunEvent.OutcomeReached outcome = evidence.outcome();
        RunEvent.RunStarted started = evidence.started();
        String look = end == null ? "w" : end.exitCode() != 0 ? "b" : WARNED.contains(end.outcome()) ? "w" : "g";
        out.add("<header class=\"verdict ").add(look).add("\">\n<p class=\"quiet\">");
        if (started != null) {
            out.line(started.runbookName()).add(" ");
        }
        out.add("<code>").line(evidence.run()).add("</code></p>\n<h1><span aria-hidden=\"true\">");
        out.add(look.equals("g") ? "\u2713" : look.equals("b") ? "\u2717" : end == null ? "\u25cf" : "!");
        out.add("</span> ").line(end == null ? "not over" : end.outcome()).add("</h1>\n");
        if (outcome != null && !outcome.label().text().isEmpty()) {
            out.add("<p class=\"label\">").safe(outcome.label()).add("</p>\n");
        }
        if (end != null && end.reason() != null) {
            out.add("<p class=\"label\">").safe(end.reason()).add("</p>\n");
        }
        if (outcome != null && !outcome.recommendation().text().isEmpty()) {
            out.add("<p><b>next</b> ").safe(outcome.recommendation()).add("</p>\n");
        }
        if (end == null) {
            waits();
        }
        out.add("<ul class=\"figures\">\n");
        figure(RunLines.duration(report.end() - report.start()), end == null ? "so far" : "from start to end");
        for (Map.Entry<String, Integer> count : counts().entrySet()) {
            if (count.getValue() > 0) {
                figure(String.valueOf(count.getValue()), count.getKey());
            }
        }
        out.add("</ul>\n");
        facts(started, end);
        out.add("</header>\n");
    }

    private void waits() throws IOException {
        for (ReportNode step : report.steps()) {
            EvidenceAttempt newest = step.newest();
            String status = newest == null ? "" : newest.status();
            if (status.startsWith("awaiting") || status.equals("in_doubt")) {
                out.add("<p class=\"label\">")
                        .line(newest == null ? "" : newest.started.id())
                        .add(": ");
                out.add(ReportHtmlStep.words(status)).add("</p>\n");
            }
        }
    }

    private Map<String, Integer> counts() {
        int failed = 0;
        int retried = 0;
        int unsettled = 0;
        for (EvidenceAttempt attempt : evidence.attempts()) {
            String status = attempt.status();
            retried += attempt.number > 1 ? 1 : 0;
            failed += ReportHtmlStep.look(status).equals("b") ? 1 : 0;
            unsettled += status.equals("in_doubt") ? 1 : 0;
        }
        int denied = 0;
        for (Envelope decision : report.decisions()) {
            denied += decision.event() instanceof RunEvent.ApprovalDenied ? 1 : 0;
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("steps", report.steps().size());
        counts.put("attempts that failed", failed);
        counts.put("retries", retried);
        counts.put("in doubt", unsettled);
        counts.put("approvals", report.decisions().size() - denied);
        counts.put("denials", denied);
        counts.put("pieces of evidence", report.collected().size());
        counts.put("warnings", evidence.warnings().size());
        counts.put("runs", evidence.runs().size() > 1 ? evidence.runs().size() : 0);
        counts.put("sessions", evidence.sessions() > 1 ? evidence.sessions() : 0);
        return counts;
    }

    private void figure(String number, String noun) throws IOException {
        out.add("<li><b>").line(number).add("</b> ").add(noun).add("</li>\n");
    }

    private void facts(RunEvent.@Nullable RunStarted started, RunEvent.@Nullable RunCompleted end) throws IOException {
        out.add("<dl class=\"facts\">");
        if (started != null) {
            out.fact(
                    "who",
                    started.actor() + (started.actor().equals(started.osUser()) ? "" : ", as " + started.osUser())
                            + " on " + started.host());
            out.fact("incident", started.incident());
            out.fact("mode", started.mode());
            for (SafeText each : started.ci()) {
                out.fact("pipeline", each);
            }
        }
        out.fact("started", time(evidence.startedAt()));
        EvidenceRun last = evidence.last();
        out.fact("ended", end == null || last.endedAt == null ? null : time(last.endedAt));
        out.fact("exit code", end == null ? null : String.valueOf(end.exitCode()));
        if (started != null) {
            out.fact("runbook", started.runbook().file());
            StringBuilder layers = new StringBuilder();
            for (RunEvent.FileDigest layer : started.policies()) {
                layers.append(layers.length() == 0 ? "" : ", ").append(layer.file());
            }
            out.fact("policy", layers.toString());
        }
        out.add("</dl>\n");
    }

    /** {@code 2026-11-23 10:15:00 UTC}. */
    static String time(String recorded) {
        return recorded.length() < 19
                ? recorded
                : recorded.substring(0, 10) + " " + recorded.substring(11, 19) + " UTC";
    }
}

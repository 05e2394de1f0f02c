package dev.gert.render;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.projection.Audit;
import dev.gert.projection.AuditFinding;
import dev.gert.projection.Evidence;
import dev.gert.projection.EvidenceAttempt;
import dev.gert.projection.ReportNode;
import dev.gert.projection.RunReport;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a reader must not miss: what was not proved, not finished, done by hand, or warned of. */
final class ReportHtmlGaps {
    private static final int MOST = 200;

    /** The kinds of findings that nothing else on the page tells of. */
    private static final Set<String> ASKED =
            Set.of("approval", "approver", "nobody", "evidence", "elevation", "interrupted", "undeclared", "changed");

    private final RunReport report;
    private final Evidence evidence;
    private final @Nullable Audit audit;
    private final ReportHtmlWriter out;
    private int said;

    ReportHtmlGaps(RunReport report, @Nullable Audit audit, ReportHtmlWriter out) {
        this.report = report;
        this.evidence = report.evidence();
        this.audit = audit;
        this.out = out;
    }

    void write() throws IOException {
        out.add("<section aria-labelledby=\"gaps\">\n<h2 id=\"gaps\">Gaps</h2>\n<ul class=\"gaps\">\n");
        RunEvent.RunStarted started = evidence.started();
        if (started != null && !started.mode().equals("real")) {
            gap("the mode is " + started.mode() + ": nothing of it happened to a real system");
        }
        if (evidence.completed() == null) {
            gap("the run is not over: its last record is of " + ReportHtmlVerdict.time(evidence.lastAt()));
        }
        for (AuditFinding finding : audit == null ? List.<AuditFinding>of() : audit.findings()) {
            if (ASKED.contains(finding.kind())) {
                gap((finding.id().isEmpty() ? "" : finding.id() + ": ") + finding.message());
            }
        }
        for (ReportNode step : report.steps()) {
            for (EvidenceAttempt attempt : step.attempts) {
                attempt(attempt);
            }
        }
        for (RunReport.Idle idle : report.idle()) {
            gap("no session worked on the run for " + RunLines.duration(idle.to() - idle.from()) + ", "
                    + RunLines.duration(idle.from() - report.start()) + " after its start");
        }
        for (Envelope decision : report.decisions()) {
            if (decision.event() instanceof RunEvent.ApprovalGranted granted && granted.unverified()) {
                gap(granted.person() + " approved " + evidence.id(decision.run(), granted.step())
                        + ", and no roster says whether that is one who may");
            }
        }
        for (Envelope each : evidence.byHand()) {
            byHand(each.event());
        }
        for (Envelope each : evidence.failures()) {
            RunEvent.NodeFailed failed = (RunEvent.NodeFailed) each.event();
            gap(failed.step() + " failed: " + failed.reason().text());
        }
        for (Envelope each : evidence.warnings()) {
            RunEvent.Warning warning = (RunEvent.Warning) each.event();
            gap((warning.place() == null ? "" : warning.place() + ": ")
                    + warning.message().text());
        }
        for (Envelope each : evidence.notices()) {
            RunEvent.Notified sent = (RunEvent.Notified) each.event();
            if (sent.problem() != null) {
                gap("the message to " + sent.target().text() + " did not arrive: "
                        + sent.problem().text());
            }
        }
        if (evidence.seal() == null) {
            gap("no key sealed the run: keep the last hash elsewhere to prove that nothing was cut off at the end");
        }
        if (said > MOST) {
            out.add("<li>").add(said - MOST).add(" more are in evidence.json</li>\n");
        }
        out.add("</ul>\n</section>\n");
    }

    private void attempt(EvidenceAttempt attempt) throws IOException {
        String status = attempt.status();
        if (attempt.settled != null) {
            RunEvent.StepDecided settled = attempt.settled;
            gap(attempt.started.id() + " was in doubt, and " + settled.person() + " settled it: "
                    + ReportHtmlStep.words(settled.verdict())
                    + (settled.reason() == null ? "" : ", " + settled.reason().text()));
        } else if (status.equals("in_doubt") || status.equals("lost") || status.equals("running")) {
            gap(attempt.started.id() + " was dispatched, and no result of it is recorded");
        }
    }

    private void byHand(RunEvent event) throws IOException {
        if (event instanceof RunEvent.StepsSkipped left) {
            String from = left.from() == null ? "" : " everything before " + left.from();
            String steps = left.steps().isEmpty() ? "" : " " + String.join(", ", left.steps());
            gap(left.person() + " left out" + from + steps + ": "
                    + left.reason().text());
        } else if (event instanceof RunEvent.ChangesAccepted changes) {
            for (RunEvent.ChangedFile file : changes.files()) {
                gap(changes.person() + " went on although " + file.file() + " was changed");
            }
        } else if (event instanceof RunEvent.RunHandedOver handed) {
            gap(handed.from() + " handed the run over to " + handed.to()
                    + (handed.reason() == null ? "" : ": " + handed.reason().text()));
        } else if (event instanceof RunEvent.StepRetried again) {
            gap(again.person() + " had " + again.step() + " made again"
                    + (again.reason() == null ? "" : ": " + again.reason().text()));
        }
    }

    private void gap(String text) throws IOException {
        if (said++ < MOST) {
            out.add("<li>").line(text).add("</li>\n");
        }
    }
}

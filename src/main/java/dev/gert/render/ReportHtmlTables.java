package dev.gert.render;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.projection.Evidence;
import dev.gert.projection.EvidenceRun;
import dev.gert.projection.RunReport;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who decided, what people gave as evidence, what governed the run, and how to check all of it. */
final class ReportHtmlTables {
    private static final int MOST = 500;

    private final RunReport report;
    private final ReportExtras extras;
    private final Evidence evidence;
    private final ReportHtmlWriter out;
    private final ReportHtmlStep step;

    ReportHtmlTables(RunReport report, ReportExtras extras, ReportHtmlStep step, ReportHtmlWriter out) {
        this.report = report;
        this.extras = extras;
        this.evidence = report.evidence();
        this.step = step;
        this.out = out;
    }

    void write() throws IOException {
        if (!report.decisions().isEmpty()) {
            approvals();
        }
        if (!report.collected().isEmpty()) {
            evidence();
        }
        files();
        verify();
    }

    private void approvals() throws IOException {
        out.add("<section aria-labelledby=\"approvals\">\n<h2 id=\"approvals\">Approvals</h2>\n<table>\n<thead><tr>");
        for (String head : new String[] {"who", "said", "of", "when", "why", "how verified"}) {
            out.add("<th scope=\"col\">").add(head).add("</th>");
        }
        out.add("</tr></thead>\n<tbody>\n");
        int rows = 0;
        for (Envelope record : report.decisions()) {
            if (++rows > MOST) {
                break;
            }
            if (record.event() instanceof RunEvent.ApprovalGranted granted) {
                row(
                        record,
                        granted.person(),
                        "yes",
                        granted.step(),
                        reason(granted.ballot()),
                        ReportHtmlStep.how(granted));
            } else if (record.event() instanceof RunEvent.ApprovalDenied denied) {
                RunEvent.Ballot ballot = denied.ballot();
                String key = ballot == null || ballot.key() == null ? "" : "signed by the key " + ballot.key();
                row(
                        record,
                        denied.person(),
                        "no",
                        denied.step(),
                        denied.reason().text(),
                        key);
            }
        }
        out.add("</tbody>\n</table>\n");
        more(report.decisions().size() - MOST);
        out.add("</section>\n");
    }

    private static String reason(RunEvent.@Nullable Ballot ballot) {
        return ballot == null || ballot.reason() == null ? "" : ballot.reason().text();
    }

    private void row(Envelope record, String person, String said, String address, String why, String how)
            throws IOException {
        out.add("<tr class=\"")
                .add(said.equals("yes") ? "g" : "b")
                .add("\"><th scope=\"row\">")
                .line(person);
        out.add("</th><td>")
                .add(said)
                .add("</td><td>")
                .line(evidence.id(record.run(), address))
                .add("</td><td>");
        out.line(ReportHtmlVerdict.time(record.time()))
                .add("</td><td>")
                .line(why)
                .add("</td><td>")
                .line(how);
        out.add("</td></tr>\n");
    }

    private void more(int number) throws IOException {
        if (number > 0) {
            out.add("<p class=\"quiet\">").add(number).add(" more are in evidence.json.</p>\n");
        }
    }

    private void evidence() throws IOException {
        out.add("<section aria-labelledby=\"evidence\">\n<h2 id=\"evidence\">Evidence</h2>\n<ul class=\"gallery\">\n");
        int items = 0;
        for (Envelope record : report.collected()) {
            if (++items > MOST) {
                break;
            }
            RunEvent.EvidenceCollected item = (RunEvent.EvidenceCollected) record.event();
            out.add("<li>");
            step.evidence(item);
            out.add("<p class=\"quiet\">")
                    .line(evidence.id(record.run(), item.step()))
                    .add(", ");
            out.line(ReportHtmlVerdict.time(record.time())).add("</p></li>\n");
        }
        out.add("</ul>\n");
        more(report.collected().size() - MOST);
        out.add("</section>\n");
    }

    private void files() throws IOException {
        Set<RunEvent.FileDigest> files = new LinkedHashSet<>();
        for (EvidenceRun run : evidence.runs()) {
            RunEvent.RunStarted started = run.started;
            if (started != null) {
                files.add(started.runbook());
                files.addAll(started.policies());
                files.addAll(started.linked());
                if (started.roster() != null) {
                    files.add(started.roster());
                }
            }
        }
        out.add("<section aria-labelledby=\"files\">\n<h2 id=\"files\">What governed it</h2>\n<table>\n<thead><tr>");
        out.add("<th scope=\"col\">file</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n");
        for (RunEvent.FileDigest file : files) {
            out.add("<tr><th scope=\"row\">")
                    .line(file.file())
                    .add("</th><td><code class=\"h\">")
                    .line(file.sha256());
            out.add("</code></td></tr>\n");
        }
        RunEvent.RunStarted started = evidence.started();
        if (started != null && started.jarSha256() != null) {
            out.add("<tr><th scope=\"row\">gert ").line(started.gertVersion()).add("</th><td><code class=\"h\">");
            out.line(started.jarSha256()).add("</code></td></tr>\n");
        }
        out.add("</tbody>\n</table>\n</section>\n");
    }

    private void verify() throws IOException {
        out.add("<section aria-labelledby=\"verify\">\n<h2 id=\"verify\">How to verify it</h2>\n");
        out.add(
                "<p>This page proves nothing: it was made from the journal. That the journal is whole, and that every ");
        out.add("file is what it says, is what these check:</p>\n<pre>gert verify ")
                .line(evidence.run());
        out.add("\npython3 verify_run.py ").line(evidence.run()).add("</pre>\n<dl class=\"facts\">");
        out.fact("records", String.valueOf(evidence.records()));
        out.fact("last hash", extras.lastHash());
        RunEvent.RunSealed seal = evidence.seal();
        out.fact("sealed by", seal == null ? "no key" : seal.key());
        out.add("</dl>\n</section>\n");
    }
}

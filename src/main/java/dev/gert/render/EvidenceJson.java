package dev.gert.render;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.json.JsonWriter;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import dev.gert.projection.Audit;
import dev.gert.projection.AuditFinding;
import dev.gert.projection.AuditItem;
import dev.gert.projection.AuditRun;
import dev.gert.projection.Evidence;
import dev.gert.projection.EvidenceAttempt;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The evidence pack as JSON: {@code evidence.json} (formats.md, section 5). */
public final class EvidenceJson {
    private static final int PIECE = 1 << 16;

    private final StringBuilder out = new StringBuilder(4096);
    private final Appendable to;
    private final JsonWriter json;
    private final EvidenceFields fields;

    private EvidenceJson(Appendable to) {
        this.to = to;
        this.json = JsonWriter.indented(out);
        this.fields = new EvidenceFields(json);
    }

    /**
     * Writes the whole document, in pieces.
     *
     * @param audit the run held against what was declared then; null where that is not known
     * @param lastHash the journal's last hash, which ties the pack to it
     */
    public static void write(Evidence evidence, @Nullable Audit audit, String lastHash, Appendable to)
            throws IOException {
        EvidenceJson pack = new EvidenceJson(to);
        pack.document(evidence, audit, lastHash);
        to.append(pack.out).append('\n');
    }

    /** A long run's pack is not held as a whole: what is written is given on, piece by piece. */
    private void giveOn() throws IOException {
        if (out.length() > PIECE) {
            to.append(out);
            out.setLength(0);
        }
    }

    private void document(Evidence evidence, @Nullable Audit audit, String lastHash) throws IOException {
        json.object().name("schema").value("gert.evidence/v1");
        json.name("run").value(evidence.run());
        RunEvent.RunStarted started = evidence.started();
        if (started != null) {
            head(started);
        }
        json.name("started").value(evidence.startedAt());
        json.name("last_record").value(evidence.lastAt());
        json.name("sessions").value(evidence.sessions());
        json.name("inputs").array();
        inputs(evidence.inputs(), evidence.inputsFrom());
        json.end().name("steps").array();
        EvidenceStepJson steps = new EvidenceStepJson(json);
        for (EvidenceAttempt attempt : evidence.attempts()) {
            steps.step(attempt);
            giveOn();
        }
        json.end().name("by_hand").array();
        evidence.byHand().forEach(this::byHand);
        json.end().name("branches").array();
        for (Envelope branch : evidence.branches()) {
            branch(branch);
            giveOn();
        }
        json.end();
        EvidenceFlowJson flow = new EvidenceFlowJson(json);
        flow.loops(evidence.loops());
        flow.failures(evidence.failures());
        flow.runs(evidence.runs());
        outcome(evidence);
        json.name("warnings").array();
        for (Envelope warning : evidence.warnings()) {
            json.value(((RunEvent.Warning) warning.event()).message().text());
        }
        json.end();
        json.name("notices").array();
        evidence.notices().forEach(this::notice);
        json.end();
        flow.budgets(evidence.warnings());
        flow.leaked(evidence.leaked());
        audit(audit);
        json.name("journal").object().name("records").value(evidence.records());
        RunEvent.RunSealed seal = evidence.seal();
        json.name("sealed_by").value(seal == null ? null : seal.key());
        json.name("last_hash").value(lastHash).end();
        json.end();
    }

    private void head(RunEvent.RunStarted started) {
        json.name("runbook").object().name("name").value(started.runbookName());
        json.name("file").value(started.runbook().file());
        json.name("sha256").value(started.runbook().sha256()).end();
        json.name("policy").object().name("sha256").value(started.policySha256());
        json.name("layers").array();
        for (RunEvent.FileDigest layer : started.policies()) {
            json.object()
                    .name("file")
                    .value(layer.file())
                    .name("sha256")
                    .value(layer.sha256())
                    .end();
        }
        json.end().end();
        json.name("mode").value(started.mode());
        json.name("actor").value(started.actor());
        json.name("os_user").value(started.osUser());
        json.name("host").value(started.host());
        json.name("ci").array();
        for (SafeText each : started.ci()) {
            fields.safe(each);
        }
        json.end();
        if (started.incident() != null) {
            fields.safe("incident", started.incident());
        }
        json.name("gert").object().name("version").value(started.gertVersion());
        json.name("jar_sha256").value(started.jarSha256()).end();
    }

    private void inputs(Map<String, Captured> values, Map<String, String> from) {
        for (Map.Entry<String, Captured> input : values.entrySet()) {
            json.object().name("name").value(input.getKey());
            json.name("from").value(from.get(input.getKey()));
            fields.safe("value", input.getValue().shown());
            json.end();
        }
    }

    private void notice(Envelope envelope) {
        RunEvent.Notified sent = (RunEvent.Notified) envelope.event();
        json.object().name("at").value(envelope.time()).name("on").value(sent.on());
        fields.safe("target", sent.target());
        json.name("sha256").value(sent.sha256());
        fields.safe("problem", sent.problem());
        json.end();
    }

    private void branch(Envelope envelope) {
        RunEvent event = envelope.event();
        boolean taken = event instanceof RunEvent.BranchTaken;
        json.object().name("run").value(envelope.run());
        if (event instanceof RunEvent.BranchTaken t) {
            json.name("arm").value(t.arm());
            fields.safe("label", t.label());
            fields.safe("condition", t.condition());
            fields.captured("operands", t.operands());
        } else if (event instanceof RunEvent.BranchSkipped s) {
            json.name("arm").value(s.arm());
            fields.safe("label", s.label());
            fields.safe("condition", s.condition());
            fields.captured("operands", s.operands());
        }
        json.name("taken").value(taken).end();
    }

    private void byHand(Envelope envelope) {
        RunEvent event = envelope.event();
        json.object().name("time").value(envelope.time());
        json.name("run").value(envelope.run());
        if (event instanceof RunEvent.StepsSkipped left) {
            json.name("what").value("left_out");
            json.name("person").value(left.person());
            json.name("from").value(left.from());
            json.name("steps").array();
            left.steps().forEach(json::value);
            json.end();
            fields.safe("reason", left.reason());
        } else if (event instanceof RunEvent.ChangesAccepted changes) {
            json.name("what").value("changes_accepted");
            json.name("person").value(changes.person());
            json.name("files").array();
            for (RunEvent.ChangedFile file : changes.files()) {
                json.object().name("file").value(file.file());
                json.name("then").value(file.then());
                json.name("now").value(file.now()).end();
            }
            json.end();
        } else if (event instanceof RunEvent.RunHandedOver handed) {
            json.name("what").value("handed_over");
            json.name("person").value(handed.from());
            json.name("to").value(handed.to());
            fields.safe("reason", handed.reason());
        } else if (event instanceof RunEvent.StepRetried again) {
            json.name("what").value("retried");
            json.name("person").value(again.person());
            json.name("step").value(again.step());
            json.name("attempt").value(again.attempt());
            fields.safe("reason", again.reason());
        }
        json.end();
    }

    private void audit(@Nullable Audit audit) throws IOException {
        json.name("audit");
        if (audit == null) {
            json.nothing();
            return;
        }
        json.object().name("not_reached").array();
        for (AuditRun run : audit.runs()) {
            for (AuditItem item : run.items()) {
                if (item.state().equals("not_reached")) {
                    json.object().name("run").value(run.id());
                    json.name("address").value(item.address());
                    json.name("kind").value(item.kind());
                    json.name("name").value(item.name());
                    json.name("because").value(item.because()).end();
                    giveOn();
                }
            }
        }
        json.end().name("findings").array();
        for (AuditFinding finding : audit.findings()) {
            json.object().name("kind").value(finding.kind());
            json.name("run").value(finding.run());
            json.name("step").value(finding.step().isEmpty() ? null : finding.step());
            json.name("id").value(finding.id().isEmpty() ? null : finding.id());
            json.name("message").value(finding.message()).end();
            giveOn();
        }
        json.end().end();
    }

    private void outcome(Evidence evidence) {
        RunEvent.RunCompleted completed = evidence.completed();
        json.name("outcome");
        if (completed == null) {
            json.nothing();
            return;
        }
        json.object();
        fields.outcome(completed, evidence.outcome());
        json.end();
    }
}

package dev.gert.render;

import dev.gert.json.JsonWriter;
import dev.gert.projection.Audit;
import dev.gert.projection.AuditFinding;
import dev.gert.projection.AuditItem;
import dev.gert.projection.AuditRun;

/** What {@code gert audit --format json} prints, schema {@code gert.audit/v1}. */
public final class AuditJson {
    private AuditJson() {}

    /** The whole document, with a newline at its end. */
    public static String render(Audit audit) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out);
        json.object().name("schema").value("gert.audit/v1");
        json.name("run").value(audit.run());
        json.name("mode").value(audit.mode());
        json.name("actor").value(audit.actor());
        json.name("host").value(audit.host());
        json.name("started_at").value(audit.startedAt());
        json.name("summary").object();
        json.name("declared").value(audit.declared());
        for (String state : AuditText.STATES) {
            json.name(state).value(audit.count(state));
        }
        json.name("findings").value(audit.findings().size()).end();
        json.name("runs").array();
        for (AuditRun run : audit.runs()) {
            run(run, json);
        }
        json.end();
        json.name("findings").array();
        for (AuditFinding finding : audit.findings()) {
            json.object().name("kind").value(finding.kind());
            json.name("run").value(finding.run());
            json.name("step").value(finding.step().isEmpty() ? null : finding.step());
            json.name("id").value(finding.id().isEmpty() ? null : finding.id());
            json.name("message").value(finding.message());
            json.name("rule_then").value(finding.then().isEmpty() ? null : finding.then());
            json.name("rule_now").value(finding.now().isEmpty() ? null : finding.now());
            json.end();
        }
        json.end().end();
        return out.append('\n').toString();
    }

    private static void run(AuditRun run, JsonWriter json) {
        json.object().name("run").value(run.id());
        json.name("runbook").value(run.runbook());
        json.name("file").value(run.file());
        json.name("led_to_by").value(run.by().isEmpty() ? null : run.by());
        json.name("outcome").value(run.outcome().isEmpty() ? null : run.outcome());
        json.name("compared").value(run.compared());
        json.name("declared").array();
        for (AuditItem item : run.items()) {
            json.object().name("address").value(item.address());
            json.name("kind").value(item.kind());
            json.name("name").value(item.name());
            json.name("state").value(item.state());
            json.name("because").value(item.because().isEmpty() ? null : item.because());
            json.name("place").value(item.place()).end();
        }
        json.end().end();
    }
}

package dev.gert.render;

import dev.gert.event.RunEvent;
import dev.gert.json.JsonWriter;
import dev.gert.policy.SafeText;
import dev.gert.projection.EvidenceAttempt;
import org.jspecify.annotations.Nullable;

/** One attempt of one step in the evidence pack. */
final class EvidenceStepJson {
    private final JsonWriter json;
    private final EvidenceFields fields;

    EvidenceStepJson(JsonWriter json) {
        this.json = json;
        this.fields = new EvidenceFields(json);
    }

    void step(EvidenceAttempt attempt) {
        json.object().name("run").value(attempt.run);
        json.name("step").value(attempt.started.step());
        json.name("id").value(attempt.started.id());
        json.name("type").value(attempt.started.kind());
        fields.safe("title", attempt.started.title());
        String probeOf = attempt.probeOf();
        if (probeOf != null) {
            json.name("precondition_of").value(probeOf);
        }
        json.name("attempt").value(attempt.number);
        json.name("span").value(attempt.span);
        json.name("started").value(attempt.startedAt);
        json.name("ended").value(attempt.endedAt);
        json.name("status").value(attempt.status());
        if (attempt.manual != null) {
            fields.safe("instructions", attempt.manual.instructions());
        }
        if (attempt.decided != null) {
            command(attempt.decided);
        }
        if (attempt.blocked != null) {
            fields.safe("blocked", attempt.blocked.reason());
            fields.rule(attempt.blocked.rule());
        }
        if (attempt.asked != null) {
            approval(attempt);
        }
        RunEvent.AttemptFailed failed = attempt.failed;
        if (failed != null) {
            fields.safe(failed.retried() ? "reason" : "lost", failed.reason());
            json.name("retried").value(failed.retried());
        }
        if (attempt.settled != null) {
            json.name("decided").object().name("verdict").value(attempt.settled.verdict());
            json.name("person").value(attempt.settled.person());
            if (attempt.settled.reason() != null) {
                fields.safe("reason", attempt.settled.reason());
            }
            json.end();
        }
        if (attempt.output != null) {
            fields.file("stdout", attempt.output.out());
            fields.file("stderr", attempt.output.err());
        }
        evidence(attempt);
        if (attempt.linked != null) {
            json.name("invoked").value(attempt.linked.child());
        }
        if (attempt.completed != null) {
            result(attempt.completed);
        }
        json.end();
    }

    private void evidence(EvidenceAttempt attempt) {
        if (attempt.evidence.isEmpty()) {
            return;
        }
        json.name("evidence").array();
        for (RunEvent.EvidenceCollected item : attempt.evidence) {
            json.object().name("name").value(item.name()).name("kind").value(item.kind());
            if (item.value() != null) {
                fields.safe("value", item.value());
            }
            if (item.kind().equals("checklist")) {
                json.name("ticked").array();
                for (SafeText each : item.ticked()) {
                    json.value(each.text());
                }
                json.end();
            }
            fields.file("attachment", item.file());
            json.name("method").value(item.method()).end();
        }
        json.end();
    }

    private void command(RunEvent.PolicyDecided decided) {
        RunEvent.CommandView command = decided.command();
        json.name("command").object().name("argv").array();
        for (SafeText word : command.argv()) {
            json.value(word.text());
        }
        json.end();
        json.name("program").value(EvidenceFields.text(command.program()));
        json.name("real_path").value(EvidenceFields.text(command.realPath()));
        json.name("sha256").value(command.sha256());
        json.name("cwd").value(command.cwd().text());
        json.name("environment").array();
        for (String name : command.environment()) {
            json.value(name);
        }
        json.end();
        if (command.operation() != null) {
            json.name("operation").value(command.operation());
        }
        json.name("effect").value(command.effect().word());
        json.name("timeout_ms").value(command.timeoutMillis()).end();
        json.name("decision").object().name("decision").value(decided.decision());
        fields.rule(decided.rule());
        json.end();
    }

    private void approval(EvidenceAttempt attempt) {
        json.name("approval").object();
        RunEvent.AwaitingApproval asked = attempt.asked;
        if (asked != null) {
            fields.rule(asked.rule());
        }
        RunEvent.RequestFile request = asked == null ? null : asked.request();
        if (request != null) {
            json.name("request").object();
            json.name("file").value(request.file());
            json.name("sha256").value(request.sha256());
            json.name("expires").value(request.expires()).end();
        }
        if (attempt.isGranted()) {
            RunEvent.ApprovalGranted last = attempt.granted.get(attempt.granted.size() - 1);
            json.name("granted_by").value(last.person());
            json.name("method").value(last.method());
        }
        json.name("decisions").array();
        for (RunEvent.ApprovalGranted each : attempt.granted) {
            json.object().name("person").value(each.person());
            json.name("method").value(each.method());
            if (each.unverified()) {
                json.name("role_unverified").value(true);
            }
            ballot(each.ballot());
            json.end();
        }
        json.end();
        if (attempt.refused != null) {
            json.name("denied_by").value(attempt.refused.person());
            fields.safe("reason", attempt.refused.reason());
        }
        json.end();
    }

    private void ballot(RunEvent.@Nullable Ballot ballot) {
        if (ballot == null) {
            return;
        }
        if (ballot.key() != null) {
            json.name("key").value(ballot.key());
        }
        if (ballot.file() != null) {
            json.name("file").value(ballot.file().file());
            json.name("sha256").value(ballot.file().sha256());
        }
        if (ballot.reason() != null) {
            fields.safe("reason", ballot.reason());
        }
    }

    private void result(RunEvent.StepCompleted completed) {
        if (completed.exitCode() != null) {
            json.name("exit_code").value(completed.exitCode().longValue());
        }
        if (completed.reason() != null) {
            fields.safe("reason", completed.reason());
        }
        json.name("duration_us").value(completed.durationMicros());
        fields.captured("captures", completed.captures());
    }
}

package dev.gert.render;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.json.JsonWriter;
import dev.gert.policy.Captured;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import dev.gert.projection.Evidence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The evidence pack as JSON: {@code evidence.json} (formats.md, section 5). */
public final class EvidenceJson {
    private final JsonWriter json;

    private EvidenceJson(JsonWriter json) {
        this.json = json;
    }

    /** {@code lastHash}: the journal's last hash, which ties the pack to it. */
    public static String render(Evidence evidence, String lastHash) {
        StringBuilder out = new StringBuilder(4096);
        new EvidenceJson(JsonWriter.indented(out)).document(evidence, lastHash);
        return out.append('\n').toString();
    }

    private void document(Evidence evidence, String lastHash) {
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
        for (Map.Entry<String, Captured> input : evidence.inputs().entrySet()) {
            json.object().name("name").value(input.getKey());
            json.name("from").value(evidence.inputsFrom().get(input.getKey()));
            safe("value", input.getValue().shown());
            json.end();
        }
        json.end().name("steps").array();
        for (Evidence.Attempt attempt : evidence.attempts()) {
            step(attempt);
        }
        json.end().name("branches").array();
        for (Envelope branch : evidence.branches()) {
            branch(branch.event());
        }
        json.end();
        outcome(evidence);
        json.name("warnings").array();
        for (String warning : evidence.warnings()) {
            json.value(warning);
        }
        json.end();
        json.name("journal").object().name("records").value(evidence.records());
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
        if (started.incident() != null) {
            safe("incident", started.incident());
        }
        json.name("gert").object().name("version").value(started.gertVersion());
        json.name("jar_sha256").value(started.jarSha256()).end();
    }

    private void step(Evidence.Attempt attempt) {
        json.object().name("step").value(attempt.started.step());
        json.name("id").value(attempt.started.id());
        json.name("type").value(attempt.started.kind());
        safe("title", attempt.started.title());
        json.name("attempt").value(attempt.started.attempt());
        json.name("span").value(attempt.span);
        json.name("started").value(attempt.startedAt);
        json.name("ended").value(attempt.endedAt);
        json.name("status").value(attempt.status());
        if (attempt.manual != null) {
            safe("instructions", attempt.manual.instructions());
        }
        if (attempt.decided != null) {
            command(attempt.decided);
        }
        if (attempt.blocked != null) {
            safe("blocked", attempt.blocked.reason());
            rule(attempt.blocked.rule());
        }
        if (attempt.asked != null) {
            approval(attempt);
        }
        if (attempt.lost != null) {
            json.name("lost").value(attempt.lost);
        }
        if (attempt.settled != null) {
            json.name("decided").object().name("verdict").value(attempt.settled.verdict());
            json.name("person").value(attempt.settled.person());
            if (attempt.settled.reason() != null) {
                safe("reason", attempt.settled.reason());
            }
            json.end();
        }
        if (attempt.output != null) {
            file("stdout", attempt.output.out());
            file("stderr", attempt.output.err());
        }
        if (attempt.completed != null) {
            result(attempt.completed);
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
        json.name("program").value(text(command.program()));
        json.name("real_path").value(text(command.realPath()));
        json.name("sha256").value(command.sha256());
        json.name("cwd").value(command.cwd().text());
        json.name("environment").array();
        for (String name : command.environment()) {
            json.value(name);
        }
        json.end();
        json.name("effect").value(command.effect().word());
        json.name("timeout_ms").value(command.timeoutMillis()).end();
        json.name("decision").object().name("decision").value(decided.decision());
        rule(decided.rule());
        json.end();
    }

    private void approval(Evidence.Attempt attempt) {
        json.name("approval").object();
        RunEvent.AwaitingApproval asked = attempt.asked;
        if (asked != null) {
            rule(asked.rule());
        }
        if (attempt.granted != null) {
            json.name("granted_by").value(attempt.granted.person());
            json.name("method").value(attempt.granted.method());
        }
        if (attempt.refused != null) {
            json.name("denied_by").value(attempt.refused.person());
            safe("reason", attempt.refused.reason());
        }
        json.end();
    }

    private void result(RunEvent.StepCompleted completed) {
        if (completed.exitCode() != null) {
            json.name("exit_code").value(completed.exitCode().longValue());
        }
        if (completed.reason() != null) {
            safe("reason", completed.reason());
        }
        json.name("duration_us").value(completed.durationMicros());
        json.name("captures").object();
        completed.captures().forEach((name, value) -> safe(name, value.shown()));
        json.end();
    }

    private void branch(RunEvent event) {
        boolean taken = event instanceof RunEvent.BranchTaken;
        if (event instanceof RunEvent.BranchTaken t) {
            json.object().name("arm").value(t.arm());
            safe("label", t.label());
            safe("condition", t.condition());
            operands(t.operands());
        } else if (event instanceof RunEvent.BranchSkipped s) {
            json.object().name("arm").value(s.arm());
            safe("label", s.label());
            safe("condition", s.condition());
            operands(s.operands());
        }
        json.name("taken").value(taken).end();
    }

    private void operands(Map<String, Captured> operands) {
        json.name("operands").object();
        operands.forEach((name, value) -> safe(name, value.shown()));
        json.end();
    }

    private void outcome(Evidence evidence) {
        RunEvent.RunCompleted completed = evidence.completed();
        json.name("outcome");
        if (completed == null) {
            json.nothing();
            return;
        }
        json.object().name("state").value(completed.outcome());
        json.name("exit_code").value(completed.exitCode());
        if (completed.reason() != null) {
            safe("reason", completed.reason());
        }
        RunEvent.OutcomeReached reached = evidence.outcome();
        if (reached != null) {
            json.name("step").value(reached.step());
            safe("label", reached.label());
            safe("recommendation", reached.recommendation());
        }
        json.end();
    }

    private void file(String name, RunEvent.@Nullable OutputFile file) {
        if (file != null) {
            json.name(name).object().name("file").value(file.file());
            json.name("bytes").value(file.bytes());
            json.name("sha256").value(file.sha256());
            json.name("redacted").value(file.redacted()).end();
        }
    }

    private void rule(@Nullable RulePlace rule) {
        if (rule != null) {
            json.name("rule").object().name("rule").value(rule.rule());
            json.name("file").value(rule.file()).name("line").value(rule.line()).end();
        }
    }

    /** A text; one from which something was taken says so. */
    private void safe(String name, SafeText text) {
        json.name(name);
        if (text.redacted()) {
            json.object()
                    .name("text")
                    .value(text.text())
                    .name("redacted")
                    .value(true)
                    .end();
        } else {
            json.value(text.text());
        }
    }

    private static @Nullable String text(@Nullable SafeText text) {
        return text == null ? null : text.text();
    }
}

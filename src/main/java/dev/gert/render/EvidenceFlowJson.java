package dev.gert.render;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.json.JsonWriter;
import dev.gert.projection.EvidenceLoop;
import dev.gert.projection.EvidenceRun;
import java.util.List;

/** What stands between the steps in the evidence pack: loops, what failed there, the runs, budgets. */
final class EvidenceFlowJson {
    private final JsonWriter json;
    private final EvidenceFields fields;

    EvidenceFlowJson(JsonWriter json) {
        this.json = json;
        this.fields = new EvidenceFields(json);
    }

    void loops(List<EvidenceLoop> loops) {
        json.name("loops").array();
        for (EvidenceLoop loop : loops) {
            json.object().name("run").value(loop.run).name("step").value(loop.step);
            json.name("iterations").array();
            for (RunEvent.IterationStarted turn : loop.turns()) {
                json.object().name("number").value(turn.iteration());
                json.name("of").value(turn.total());
                if (turn.value() != null) {
                    fields.safe("item", turn.value().shown());
                }
                json.end();
            }
            json.end();
            RunEvent.IterationEnded ended = loop.ended;
            json.name("ended").value(ended != null);
            if (ended != null) {
                json.name("converged").value(ended.converged());
                fields.captured("operands", ended.operands());
            }
            json.end();
        }
        json.end();
    }

    void failures(List<Envelope> failures) {
        json.name("failures").array();
        for (Envelope envelope : failures) {
            RunEvent.NodeFailed failed = (RunEvent.NodeFailed) envelope.event();
            json.object().name("run").value(envelope.run());
            json.name("step").value(failed.step());
            json.name("time").value(envelope.time());
            fields.safe("reason", failed.reason());
            json.end();
        }
        json.end();
    }

    void runs(List<EvidenceRun> runs) {
        json.name("runs").array();
        for (EvidenceRun run : runs) {
            run(run);
        }
        json.end();
    }

    private void run(EvidenceRun run) {
        json.object().name("id").value(run.id).name("parent").value(run.parent);
        RunEvent.RunLinked link = run.link;
        if (link != null) {
            json.name("linked").value(link.kind());
            json.name("step").value(link.step());
            json.name("reference").value(link.reference());
            fields.captured("inputs", link.inputs());
        }
        RunEvent.RunStarted started = run.started;
        if (started != null) {
            json.name("runbook").object().name("name").value(started.runbookName());
            json.name("file").value(started.runbook().file());
            json.name("sha256").value(started.runbook().sha256()).end();
            json.name("policy_sha256").value(started.policySha256());
            json.name("started").value(run.startedAt);
        }
        json.name("ended").value(run.endedAt);
        json.name("outcome");
        RunEvent.RunCompleted completed = run.completed;
        if (completed == null) {
            json.nothing();
        } else {
            json.object();
            fields.outcome(completed, run.outcome);
            json.end();
        }
        json.end();
    }

    /** The branches that took longer than they should. */
    void budgets(List<Envelope> warnings) {
        json.name("budget_warnings").array();
        for (Envelope envelope : warnings) {
            RunEvent.Warning warning = (RunEvent.Warning) envelope.event();
            if (warning.place() != null) {
                json.object().name("run").value(envelope.run());
                json.name("arm").value(warning.place());
                json.name("time").value(envelope.time());
                fields.safe("message", warning.message());
                json.end();
            }
        }
        json.end();
    }

    void leaked(List<Envelope> warnings) {
        json.name("leaked_processes").array();
        for (Envelope envelope : warnings) {
            RunEvent.LeakedProcess leaked = ((RunEvent.Warning) envelope.event()).leaked();
            if (leaked != null) {
                json.object().name("run").value(envelope.run());
                json.name("step").value(leaked.step()).name("attempt").value(leaked.attempt());
                json.name("pid").value(leaked.pid());
                fields.safe("command", leaked.command());
                json.name("time").value(envelope.time()).end();
            }
        }
        json.end();
    }
}

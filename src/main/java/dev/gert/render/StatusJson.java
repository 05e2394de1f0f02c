package dev.gert.render;

import dev.gert.json.JsonWriter;
import dev.gert.projection.RunGlance;
import dev.gert.projection.RunStatus;
import java.util.List;

/** What {@code gert status --format json} prints, schema {@code gert.status/v1}. */
public final class StatusJson {
    private StatusJson() {}

    /** The whole document, with a newline at its end. */
    public static String render(RunStatus status) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out);
        RunGlance run = status.glance();
        json.object().name("schema").value("gert.status/v1");
        json.name("run").value(run.id());
        json.name("runbook").value(run.runbook());
        json.name("state").value(run.state().word());
        json.name("outcome").value(run.outcome());
        json.name("detail").value(run.detail());
        json.name("actor").value(run.actor());
        json.name("owner").value(status.owner());
        json.name("incident").value(run.incident());
        json.name("started").value(run.started());
        json.name("last").value(run.last());
        if (run.holder() == 0) {
            json.name("pid").nothing();
        } else {
            json.name("pid").value(run.holder());
        }
        list(json, "steps", status.counts());
        json.name("waits").array();
        for (RunStatus.Waiting wait : status.waits()) {
            json.object().name("step").value(wait.step());
            json.name("reason").value(wait.reason());
            json.name("command").value(wait.command().isEmpty() ? null : wait.command());
            list(json, "who", wait.who());
            json.end();
        }
        json.end();
        list(json, "open", status.open());
        list(json, "next", status.next());
        json.end();
        return out.append('\n').toString();
    }

    private static void list(JsonWriter json, String name, List<String> values) {
        json.name(name).array();
        values.forEach(json::value);
        json.end();
    }
}

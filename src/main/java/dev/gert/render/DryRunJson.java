package dev.gert.render;

import dev.gert.json.JsonWriter;
import dev.gert.projection.OpenEnd;
import java.util.List;

/** The last line of {@code gert run --mode dry-run --output json}, schema {@code gert.dry-run/v1}. */
public final class DryRunJson {
    private DryRunJson() {}

    /** One line, without a newline. */
    public static String render(List<OpenEnd> ends, int exitCode) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.compact(out);
        json.object().name("schema").value("gert.dry-run/v1");
        json.name("exit_code").value(exitCode);
        json.name("stops").array();
        for (OpenEnd end : ends) {
            json.object().name("run").value(end.run());
            json.name("runbook").value(end.runbook());
            json.name("step").value(end.step());
            json.name("unknown").array();
            for (String name : end.names()) {
                json.value(name);
            }
            json.end();
            PlanJson.ways(end.ways(), json);
            json.end();
        }
        json.end().end();
        return out.toString();
    }
}

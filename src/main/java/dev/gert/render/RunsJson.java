package dev.gert.render;

import dev.gert.json.JsonWriter;
import dev.gert.projection.RunGlance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code gert runs --json} prints, schema {@code gert.runs/v1}, and the same as CSV. */
public final class RunsJson {
    private static final List<String> COLUMNS = List.of(
            "run",
            "state",
            "outcome",
            "detail",
            "runbook",
            "file",
            "actor",
            "incident",
            "started",
            "last",
            "pid",
            "last_hash");

    private RunsJson() {}

    /** The whole document, with a newline at its end. {@code pid}: the process that has the run open, else null. */
    public static String render(List<RunGlance> runs) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out);
        json.object().name("schema").value("gert.runs/v1").name("runs").array();
        for (RunGlance run : runs) {
            json.object();
            List<@Nullable String> cells = cells(run);
            for (int i = 0; i < COLUMNS.size(); i++) {
                json.name(COLUMNS.get(i));
                if (COLUMNS.get(i).equals("pid") && run.holder() != 0) {
                    json.value(run.holder());
                } else {
                    json.value(cells.get(i));
                }
            }
            json.end();
        }
        json.end().end();
        return out.append('\n').toString();
    }

    /** A line a run, the names of the columns first; null is empty ({@link CsvLines}). */
    public static String csv(List<RunGlance> runs) {
        CsvLines lines = new CsvLines(COLUMNS);
        runs.forEach(run -> lines.line(cells(run)));
        return lines.text();
    }

    private static List<@Nullable String> cells(RunGlance run) {
        List<@Nullable String> cells = new ArrayList<>();
        cells.add(run.id());
        cells.add(run.state().word());
        cells.add(run.outcome());
        cells.add(run.detail().isEmpty() ? null : run.detail());
        cells.add(run.runbook());
        cells.add(run.file());
        cells.add(run.actor());
        cells.add(run.incident());
        cells.add(run.started());
        cells.add(run.last());
        cells.add(run.holder() == 0 ? null : String.valueOf(run.holder()));
        cells.add(run.lastHash());
        return cells;
    }
}

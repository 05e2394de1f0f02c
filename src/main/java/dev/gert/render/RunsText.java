package dev.gert.render;

import dev.gert.projection.RunGlance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What {@code gert runs} prints for people: a line a run, cut to the terminal's width where there is one. */
public final class RunsText {
    private static final List<String> HEAD = List.of("run", "state", "took", "runbook", "actor", "incident");

    /** The columns that give way first where the terminal is narrow, one after the other. */
    private static final List<Integer> GIVING = List.of(5, 3, 4);

    private RunsText() {}

    /** The table, with a newline after each line; nothing where there is no run. {@code width}: 0: as wide as it gets. */
    public static String render(List<RunGlance> runs, boolean unicode, int width) {
        if (runs.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable(unicode, HEAD, GIVING, HEAD.size(), HEAD.size());
        for (RunGlance run : runs) {
            table.row(row(run, unicode));
        }
        return table.text(width);
    }

    private static List<String> row(RunGlance run, boolean unicode) {
        String outcome = run.outcome();
        String incident = run.incident();
        return List.of(
                run.id(),
                outcome == null ? run.state().word() : RunLines.safe(outcome, unicode),
                took(run),
                RunLines.safe(run.state() == RunGlance.State.UNREADABLE ? run.detail() : run.runbook(), unicode),
                RunLines.safe(run.actor(), unicode),
                incident == null ? "" : RunLines.safe(incident, unicode));
    }

    /** From the first record to the last, in two units at the most. */
    private static String took(RunGlance run) {
        if (run.started().isEmpty() || run.last().isEmpty()) {
            return "";
        }
        Duration took = Duration.between(Instant.parse(run.started()), Instant.parse(run.last()));
        long seconds = Math.max(0, took.toSeconds());
        if (seconds < 60) {
            return seconds + "." + (took.isNegative() ? 0 : took.toMillisPart() / 100) + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }
}

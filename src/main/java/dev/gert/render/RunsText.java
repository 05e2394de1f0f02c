package dev.gert.render;

import dev.gert.projection.RunGlance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code gert runs} prints for people: a line a run, cut to the terminal's width where there is one. */
public final class RunsText {
    private static final List<String> HEAD = List.of("run", "state", "took", "runbook", "actor", "incident");
    private static final int LEAST = 8;
    private static final String BETWEEN = "  ";

    /** The columns that give way first where the terminal is narrow, one after the other. */
    private static final int[] GIVING = {5, 3, 4};

    private RunsText() {}

    /** The table, with a newline after each line; nothing where there is no run. {@code width}: 0: as wide as it gets. */
    public static String render(List<RunGlance> runs, boolean unicode, int width) {
        if (runs.isEmpty()) {
            return "";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        for (RunGlance run : runs) {
            rows.add(row(run, unicode));
        }
        int[] widths = widths(rows, width);
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = RunLines.fitting(row.get(i), unicode, widths[i]);
                line.append(i == 0 ? "" : BETWEEN).append(cell);
                line.append(" ".repeat(Math.max(0, widths[i] - RunLines.columns(cell))));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
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

    private static int[] widths(List<List<String>> rows, int width) {
        int[] widths = new int[HEAD.size()];
        int all = BETWEEN.length() * (widths.length - 1);
        for (int i = 0; i < widths.length; i++) {
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], RunLines.columns(row.get(i)));
            }
            all += widths[i];
        }
        for (int column : GIVING) {
            int over = width == 0 ? 0 : Math.max(0, all - width);
            int less = Math.min(over, Math.max(0, widths[column] - LEAST));
            widths[column] -= less;
            all -= less;
        }
        return widths;
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

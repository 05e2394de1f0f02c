package dev.gert.render;

import dev.gert.projection.Durations;
import dev.gert.projection.RunGlance;
import dev.gert.projection.Share;
import dev.gert.projection.Statistics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code gert stats --csv} prints: the figures of the JSON document, one a line, so that a table of them is a
 * pivot away and new figures change no column.
 */
public final class StatsCsv {
    /** How a step's times end, as JSON and CSV name it. */
    static final List<String> ENDS =
            List.of("passed", "failed", "timed_out", "blocked", "denied", "skipped", "interrupted");

    private static final List<String> COLUMNS = List.of("about", "runbook", "name", "figure", "value");

    private final CsvLines lines = new CsvLines(COLUMNS);

    private StatsCsv() {}

    /** All lines, the names of the columns first. */
    public static String render(Statistics stats) {
        StatsCsv csv = new StatsCsv();
        csv.add(stats);
        return csv.lines.text();
    }

    private void add(Statistics stats) {
        List<String> all = at("runs", null, null);
        line(all, "runs", stats.runs());
        for (Map.Entry<RunGlance.State, Long> each : stats.states().entrySet()) {
            line(at("state", null, each.getKey().word()), "runs", each.getValue());
        }
        ends(all, stats.outcomes(), stats.success(), stats.blocked());
        durations(all, "took", stats.took());
        durations(all, "to_first_step", stats.firstStep());
        stats.leftOut().forEach((mode, count) -> line(at("left_out", null, mode), "runs", count));
        line(at("left_out", null, "damaged"), "runs", stats.damaged().size());
        for (Statistics.OfRunbook each : stats.runbooks()) {
            List<String> at = at("runbook", each.runbook(), null);
            line(at, "runs", each.runs());
            ends(at, each.outcomes(), each.success(), each.blocked());
            durations(at, "took", each.took());
        }
        stats.steps().forEach(this::step);
        approvals(at("approvals", null, null), stats.approval());
        for (Statistics.Approvals each : stats.approvals()) {
            approvals(at("rule", null, each.rule() + " (" + each.file() + ")"), each);
        }
    }

    private void step(Statistics.OfStep of) {
        List<String> at = at("step", of.runbook(), of.step());
        line(at, "times", of.times());
        line(at, "attempts", of.attempts());
        line(at, "failed_attempts", of.failedAttempts());
        for (String word : ENDS) {
            line(at, word, of.ended(word));
        }
        line(at, "open", of.open());
        line(at, "in_doubt", of.inDoubt());
        line(at, "total_ms", of.total());
        durations(at, "took", of.took());
    }

    private void ends(List<String> at, List<Statistics.Reached> outcomes, Share success, long blocked) {
        line(at, "over", success.whole());
        for (Statistics.Reached each : outcomes) {
            line(at, each.outcome(), each.runs());
        }
        line(at, "blocked", blocked);
        line(at, "succeeded", success.part());
        BigDecimal ratio = success.ratio();
        line(at, "success_rate", ratio == null ? null : ratio.toPlainString());
    }

    private void approvals(List<String> at, Statistics.Approvals of) {
        line(at, "asked", of.asked());
        line(at, "granted", of.granted());
        line(at, "denied", of.denied());
        line(at, "lapsed", of.lapsed());
        line(at, "open", of.open());
        durations(at, "waits", of.waits());
    }

    private void durations(List<String> at, String name, Durations of) {
        boolean none = of.count() == 0;
        line(at, name + "_count", of.count());
        line(at, name + "_p50_ms", none ? null : Long.toString(of.p50()));
        line(at, name + "_p95_ms", none ? null : Long.toString(of.p95()));
        line(at, name + "_longest_ms", none ? null : Long.toString(of.longest()));
    }

    private static List<String> at(String about, @Nullable String runbook, @Nullable String name) {
        return List.of(about, runbook == null ? "" : runbook, name == null ? "" : name);
    }

    private void line(List<String> at, String figure, long value) {
        line(at, figure, Long.toString(value));
    }

    private void line(List<String> at, String figure, @Nullable String value) {
        List<@Nullable String> cells = new ArrayList<>(at);
        cells.add(figure);
        cells.add(value);
        lines.line(cells);
    }
}

package dev.gert.render;

import dev.gert.projection.Durations;
import dev.gert.projection.RunGlance;
import dev.gert.projection.Share;
import dev.gert.projection.Statistics;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code gert stats} prints for people. */
public final class StatsText {
    private static final int BAR = 16;
    private static final String NONE = TextTable.NONE;

    private final Statistics stats;
    private final boolean unicode;
    private final int width;
    private final int limit;
    private final StringBuilder out = new StringBuilder();

    private StatsText(Statistics stats, boolean unicode, int width, int limit) {
        this.stats = stats;
        this.unicode = unicode;
        this.width = width;
        this.limit = limit;
    }

    /**
     * The lines, each with its newline.
     *
     * @param width 0: as wide as it gets
     * @param limit as many lines a table at the most
     */
    public static String render(Statistics stats, boolean unicode, int width, int limit) {
        StatsText text = new StatsText(stats, unicode, width, limit);
        text.add();
        return text.out.toString();
    }

    private void add() {
        head();
        if (stats.runs() == 0) {
            return;
        }
        outcomes();
        times();
        runbooks();
        steps();
        rules();
    }

    private void head() {
        List<String> standing = new ArrayList<>();
        Long over = stats.states().get(RunGlance.State.OVER);
        if (over != null && over > 0) {
            standing.add(over + " over");
        }
        for (Map.Entry<RunGlance.State, Long> each : stats.states().entrySet()) {
            if (each.getValue() > 0 && each.getKey() != RunGlance.State.OVER) {
                standing.add(each.getValue() + " " + each.getKey().word());
            }
        }
        row("runs", stats.runs() + (standing.isEmpty() ? "" : ": " + String.join(", ", standing)));
        if (stats.runs() > 0) {
            String first = stats.first().substring(0, 10);
            String last = stats.last().substring(0, 10);
            row("begun", first.equals(last) ? first : first + " to " + last);
        }
        Share success = stats.success();
        if (success.whole() > 0) {
            row(
                    "success",
                    percent(success) + ": " + success.part() + " of " + success.whole()
                            + " over ended resolved, no_action or completed");
        }
        List<String> without = new ArrayList<>();
        stats.leftOut().forEach((mode, count) -> without.add(count + " " + RunLines.safe(mode, unicode)));
        if (!stats.damaged().isEmpty()) {
            without.add(stats.damaged().size() + " damaged");
        }
        if (!without.isEmpty()) {
            row("left out", String.join(", ", without));
        }
    }

    private void row(String name, String text) {
        out.append(name).append(" ".repeat(Math.max(1, 10 - name.length())));
        out.append(text).append('\n');
    }

    private void outcomes() {
        TextTable table = table(List.of("outcome", "runs", "share", "", ""), List.of(4), 2);
        long over = stats.success().whole();
        for (Statistics.Reached each : stats.outcomes()) {
            if (each.runs() > 0) {
                Share share = new Share(each.runs(), over);
                boolean blocked = each.outcome().equals("error") && stats.blocked() > 0;
                table.row(List.of(
                        RunLines.safe(each.outcome(), unicode),
                        number(each.runs()),
                        percent(share),
                        bar(each.runs(), over),
                        blocked ? stats.blocked() + " blocked by governance" : ""));
            }
        }
        print(table, 0);
    }

    private void times() {
        TextTable table = table(List.of("time", "count", "p50", "p95", "longest"), List.of(), 4);
        time(table, "run", stats.took());
        time(table, "to the first step", stats.firstStep());
        time(table, "approval wait", stats.approval().waits());
        print(table, 0);
    }

    private static void time(TextTable table, String name, Durations of) {
        if (of.count() > 0) {
            table.row(List.of(name, number(of.count()), p50(of), p95(of), text(of, of.longest())));
        }
    }

    private void runbooks() {
        TextTable table =
                table(List.of("runbook", "runs", "over", "success", "error", "p50", "p95", ""), List.of(0), 6);
        long most = 0;
        for (Statistics.OfRunbook each : stats.runbooks()) {
            most = Math.max(most, each.took().p95());
        }
        for (Statistics.OfRunbook each : first(stats.runbooks())) {
            table.row(List.of(
                    RunLines.safe(each.runbook(), unicode),
                    number(each.runs()),
                    number(each.over()),
                    percent(each.success()),
                    number(errors(each.outcomes())),
                    p50(each.took()),
                    p95(each.took()),
                    bar(each.took().p95(), most)));
        }
        print(table, stats.runbooks().size());
    }

    private static long errors(List<Statistics.Reached> outcomes) {
        long errors = 0;
        for (Statistics.Reached each : outcomes) {
            errors += each.outcome().equals("error") ? each.runs() : 0;
        }
        return errors;
    }

    private void steps() {
        List<String> head = List.of("step", "runbook", "times", "attempts", "failed", "blocked", "doubt", "p50", "p95");
        TextTable table = table(head, List.of(1, 0), 8, 2);
        for (Statistics.OfStep each : first(stats.steps())) {
            table.row(List.of(
                    RunLines.safe(each.step(), unicode),
                    RunLines.safe(each.runbook(), unicode),
                    number(each.times()),
                    number(each.attempts()),
                    number(each.ended("failed") + each.ended("timed_out")),
                    number(each.ended("blocked") + each.ended("denied")),
                    number(each.inDoubt()),
                    p50(each.took()),
                    p95(each.took())));
        }
        print(table, stats.steps().size());
    }

    private void rules() {
        List<String> head =
                List.of("approval rule", "file", "asked", "granted", "denied", "lapsed", "open", "p50", "p95");
        TextTable table = table(head, List.of(1, 0), 8, 2);
        for (Statistics.Approvals each : first(stats.approvals())) {
            table.row(List.of(
                    RunLines.safe(each.rule(), unicode),
                    RunLines.safe(each.file(), unicode),
                    number(each.asked()),
                    number(each.granted()),
                    number(each.denied()),
                    number(each.lapsed()),
                    number(each.open()),
                    p50(each.waits()),
                    p95(each.waits())));
        }
        print(table, stats.approvals().size());
    }

    private TextTable table(List<String> head, List<Integer> giving, int lastNumber) {
        return table(head, giving, lastNumber, 1);
    }

    private TextTable table(List<String> head, List<Integer> giving, int lastNumber, int firstNumber) {
        return new TextTable(unicode, head, giving, firstNumber, lastNumber);
    }

    private <T> List<T> first(List<T> all) {
        return all.size() <= limit ? all : all.subList(0, limit);
    }

    private void print(TextTable table, int all) {
        if (!table.isEmpty()) {
            out.append('\n').append(table.text(width));
            if (all > limit) {
                out.append("and ").append(all - limit).append(" more; `--limit 0` shows all\n");
            }
        }
    }

    /** At least a little of something that is there. */
    private String bar(long part, long whole) {
        if (part == 0 || whole == 0) {
            return "";
        }
        return (unicode ? "\u2588" : "#").repeat((int) Math.max(1, Math.round((double) part * BAR / whole)));
    }

    private static String number(long number) {
        return number == 0 ? NONE : Long.toString(number);
    }

    private static String percent(Share share) {
        BigDecimal ratio = share.ratio();
        return ratio == null ? NONE : percent(ratio);
    }

    private static String percent(BigDecimal ratio) {
        return ratio.movePointRight(2).setScale(1, RoundingMode.FLOOR).toPlainString() + "%";
    }

    private static String p50(Durations of) {
        return text(of, of.p50());
    }

    private static String p95(Durations of) {
        return text(of, of.p95());
    }

    /** {@code 22 ms}, {@code 4.1 s}, {@code 3m 05s}. */
    private static String text(Durations of, long millis) {
        if (of.count() == 0) {
            return NONE;
        }
        return millis < 1000 ? millis + " ms" : RunLines.duration(millis * 1000);
    }
}

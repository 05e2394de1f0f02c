package dev.gert.render;

import dev.gert.projection.PlanTally;
import dev.gert.projection.RunPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code gert plan} prints: a line a step, with policy's word before it. */
public final class PlanText {
    static final List<String> NEEDS = List.of("approval", "elevation", "evidence", "choice");
    private static final int WORD = 14;
    private static final int WIDEST = 120;
    private static final int MOST_WAYS = 100;

    private final StringBuilder out = new StringBuilder();
    private final boolean verbose;
    private final boolean unicode;

    private PlanText(boolean verbose, boolean unicode) {
        this.verbose = verbose;
        this.unicode = unicode;
    }

    /** {@code verbose}: with every rule, effect, way and what the runbook says of itself; {@code unicode}: whether the output can show more than ASCII. */
    public static String render(RunPlan plan, boolean verbose, boolean unicode) {
        PlanText text = new PlanText(verbose, unicode);
        String title = "plan of " + plan.name() + " (" + plan.file() + "): nothing is executed";
        text.out.append(SafeLine.of(title, unicode)).append('\n');
        text.head(plan, 0);
        text.out.append('\n');
        text.items(plan.items(), 0);
        text.ways(plan);
        text.out.append('\n').append(summary(plan)).append('\n');
        return text.out.toString();
    }

    /** The open ways of a dry-run, a line each and what may follow on it; at most {@code most} lines. */
    static List<String> ways(List<RunPlan.Arm> ways, boolean verbose, boolean unicode, int most) {
        PlanText text = new PlanText(verbose, unicode);
        for (RunPlan.Arm way : ways) {
            boolean bare = way.label().isEmpty() || way.condition().isEmpty();
            text.line(
                    "open",
                    (way.condition().isEmpty() ? "" : "if " + way.condition()) + (bare ? "" : ": ") + way.label(),
                    0);
            text.items(way.items(), 1);
            if (way.items().isEmpty()) {
                text.line("", "nothing more", 1);
            }
        }
        List<String> lines = new ArrayList<>(text.out.toString().lines().toList());
        int more = lines.size() - most;
        if (more > 0) {
            lines = new ArrayList<>(lines.subList(0, most));
            lines.add(" ".repeat(WORD) + "and " + more + " more lines; `gert plan` shows the whole");
        }
        return lines;
    }

    /** What a run says before its first step: {@code 3 steps, 1 asks; it may need 2 approvals}; no newline. */
    public static String inShort(RunPlan plan) {
        PlanTally tally = new PlanTally(plan);
        StringBuilder line = new StringBuilder();
        line.append(tally.steps()).append(tally.steps() == 1 ? " step" : " steps");
        count(line, tally.held(), "asks", "ask");
        count(line, tally.undetermined(), "is decided on its way", "are decided on their way");
        count(line, tally.denied(), "is denied", "are denied");
        count(line, tally.manual(), "by a person", "by people");
        String needs = "; it may need ";
        for (String kind : NEEDS) {
            int count = tally.needs(kind);
            if (count > 0) {
                boolean many = count > 1 && !kind.equals("evidence");
                line.append(needs).append(count).append(' ').append(kind).append(many ? "s" : "");
                needs = ", ";
            }
        }
        return line.toString();
    }

    private static void count(StringBuilder line, int count, String one, String many) {
        if (count > 0) {
            line.append(", ").append(count).append(' ').append(count == 1 ? one : many);
        }
    }

    /** The approvals that nobody can give, each with the step that wants it. */
    public static List<String> impossible(RunPlan plan) {
        return new PlanTally(plan).impossible();
    }

    /** {@code 3 steps: 2 allow, 1 acknowledge, 0 undetermined, 0 deny; a person does 1; …}; no newline. */
    public static String summary(RunPlan plan) {
        PlanTally tally = new PlanTally(plan);
        StringBuilder line = new StringBuilder();
        line.append(tally.steps()).append(tally.steps() == 1 ? " step: " : " steps: ");
        line.append(tally.allowed()).append(" allow, ");
        line.append(tally.held()).append(" acknowledge, ");
        line.append(tally.undetermined()).append(" undetermined, ");
        line.append(tally.denied()).append(" deny; ");
        line.append(tally.manual()).append(" done by a person");
        for (String kind : NEEDS) {
            int count = tally.needs(kind);
            if (count > 0) {
                boolean many = count > 1 && !kind.equals("evidence");
                line.append(", ").append(count).append(' ').append(kind).append(many ? "s" : "");
            }
        }
        return line.toString();
    }

    private void facts(String word, List<RunPlan.Fact> facts, int depth) {
        for (RunPlan.Fact fact : verbose ? facts : List.<RunPlan.Fact>of()) {
            line(word, fact.name() + " " + fact.text(), depth);
        }
    }

    private void head(RunPlan plan, int depth) {
        facts(depth == 0 ? "about" : "", plan.about(), depth);
        if (verbose || depth == 0) {
            line(depth == 0 ? "policy" : "", (depth == 0 ? "" : "policy ") + String.join(", ", plan.layers()), depth);
        }
        for (RunPlan.Value value : plan.known()) {
            if (verbose) {
                line(depth == 0 ? "known" : "", value.name() + "=" + value.value() + " (" + value.from() + ")", depth);
            }
        }
        if (!plan.asked().isEmpty()) {
            line(depth == 0 ? "needs" : "", "a value for " + String.join(", ", plan.asked()), depth);
        }
        if (plan.lacking() != null) {
            line(depth == 0 ? "lacks" : "", plan.lacking(), depth);
        }
    }

    private void items(List<RunPlan.Item> items, int depth) {
        for (RunPlan.Item item : items) {
            if (item instanceof RunPlan.StepItem step) {
                step(step, depth);
            } else if (item instanceof RunPlan.EndItem end) {
                end(end.end(), depth);
            } else if (item instanceof RunPlan.LoopItem loop) {
                line("", "iterate " + loop.how(), depth);
                items(loop.items(), depth + 1);
            } else if (item instanceof RunPlan.ParallelItem parallel) {
                line("", "parallel", depth);
                arms(parallel.sides(), depth + 1);
            }
        }
    }

    private void step(RunPlan.StepItem step, int depth) {
        RunPlan.Ruling ruling = step.ruling();
        if (!step.when().isEmpty()) {
            line("", "when " + step.when(), depth);
        }
        precondition(step.precondition(), depth);
        String command = String.join(" ", step.command());
        String does = command.isEmpty() ? step.title() : command;
        line(word(step, ruling), step.id() + "  " + step.type() + (does.isEmpty() ? "" : "  " + does), depth);
        ruling(ruling, depth + 1);
        if (verbose) {
            line("", "address " + step.address(), depth + 1);
            if (step.effect() != null) {
                line("", "effect " + step.effect(), depth + 1);
            }
        }
        facts("", step.facts(), depth + 1);
        for (RunPlan.Need need : step.needs()) {
            line("", "needs " + need.kind() + ": " + need.text(), depth + 1);
        }
        linked("", step.invoked(), depth + 1);
        for (RunPlan.End end : step.ends()) {
            end(end, depth + 1);
        }
        arms(step.arms(), depth + 1);
        if (!step.last().isEmpty()) {
            line("", "finally", depth + 1);
            items(step.last(), depth + 2);
        }
    }

    private void end(RunPlan.End end, int depth) {
        String when = end.when().isEmpty() ? "" : " when " + end.when();
        String label = end.label().isEmpty() ? "" : " \"" + end.label() + "\"";
        line("", arrow() + " " + end.state() + label + when, depth);
        linked("then ", end.next(), depth + 1);
    }

    private static String word(RunPlan.StepItem step, RunPlan.@Nullable Ruling ruling) {
        if (ruling != null) {
            return ruling.word();
        }
        return step.type().equals("manual") ? "a person" : "-";
    }

    private void precondition(RunPlan.@Nullable Precondition check, int depth) {
        if (check == null) {
            return;
        }
        String asks = check.skipIfSucceeds() ? "skipped if this succeeds: " : "only if this succeeds: ";
        line(check.ruling().word(), asks + String.join(" ", check.command()), depth);
        ruling(check.ruling(), depth + 1);
    }

    /** An allow needs no words on the first screen. */
    private void ruling(RunPlan.@Nullable Ruling ruling, int depth) {
        if (ruling == null || !verbose && ruling.word().equals("allow")) {
            return;
        }
        if (!ruling.reason().isEmpty()) {
            line("", ruling.reason(), depth);
        }
        line("", "rule " + ruling.rule(), depth);
    }

    private void arms(List<RunPlan.Arm> arms, int depth) {
        for (RunPlan.Arm arm : arms) {
            String condition = arm.condition().isEmpty() ? "" : "if " + arm.condition() + ": ";
            line("", condition + (arm.label().isEmpty() ? "branch" : arm.label()), depth);
            items(arm.items(), depth + 1);
        }
    }

    private void linked(String before, RunPlan.@Nullable Linked linked, int depth) {
        if (linked == null) {
            return;
        }
        RunPlan plan = linked.plan();
        if (plan == null) {
            line("", before + "runbook " + linked.reference() + ": " + linked.why(), depth);
            return;
        }
        line("", before + "runbook " + plan.name() + " (" + plan.file() + ")", depth);
        head(plan, depth + 1);
        items(plan.items(), depth + 1);
    }

    private void ways(RunPlan plan) {
        if (plan.ways().isEmpty()) {
            return;
        }
        out.append('\n');
        int shown = verbose ? MOST_WAYS : 10;
        for (int i = 0; i < Math.min(shown, plan.ways().size()); i++) {
            RunPlan.Way way = plan.ways().get(i);
            String arms = String.join(" " + arrow() + " ", way.arms());
            String by = (arms.isEmpty() ? "" : arms + " " + arrow() + " ")
                    + (way.step().isEmpty() ? "off the end, without an outcome" : way.step());
            line(way.state(), by + (way.when().isEmpty() ? "" : " when " + way.when()), 0);
        }
        int more = plan.ways().size() - shown;
        if (more > 0) {
            line("", "and " + more + " more outcomes" + (verbose ? "" : "; `-v` shows them"), 0);
        }
    }

    private String arrow() {
        return unicode ? "\u2192" : "->";
    }

    private void line(String word, String text, int depth) {
        StringBuilder line = new StringBuilder(word);
        for (int i = word.length(); i < WORD; i++) {
            line.append(' ');
        }
        line.append("  ".repeat(depth));
        out.append(line).append(SafeLine.of(text, unicode, verbose ? Integer.MAX_VALUE : WIDEST));
        out.append('\n');
    }
}

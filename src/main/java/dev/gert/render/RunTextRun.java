package dev.gert.render;

import dev.gert.event.RunEvent;
import dev.gert.model.Step;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanParallel;
import dev.gert.plan.PlanStep;
import dev.gert.plan.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the text of one run of a folder remembers: where it stands under the others, its loops, how it ends. */
final class RunTextRun {
    private static final String TURN = ".iterate#";
    private static final String SIDE = ".parallel.branches[";
    private static final int ITEM = 24;

    final String id;
    /** The run that led to this one; null for the first. */
    final @Nullable RunTextRun from;
    /** The id of the step that led to it. */
    final String by;
    /** Whether it goes on where {@link #from} ended; otherwise a step of that waits for it. */
    final boolean chained;

    final int depth;
    final RunTextLook look;
    final @Nullable Plan plan;
    private final List<String> sides;
    private final Map<String, RunEvent.IterationStarted> turns = new HashMap<>();

    RunEvent.@Nullable RunStarted started;
    RunEvent.@Nullable OutcomeReached outcome;
    /** What it is chained to. */
    @Nullable
    String next;

    @Nullable
    String failed;

    String startedAt = "";
    boolean headed;
    int steps;

    RunTextRun(String id, RunTextLook look, @Nullable Plan plan) {
        this(id, null, "", false, 0, look, plan, List.of());
    }

    private RunTextRun(
            String id,
            @Nullable RunTextRun from,
            String by,
            boolean chained,
            int depth,
            RunTextLook look,
            @Nullable Plan plan,
            List<String> sides) {
        this.id = id;
        this.from = from;
        this.by = by;
        this.chained = chained;
        this.depth = depth;
        this.look = look;
        this.plan = plan;
        this.sides = sides;
    }

    /** The run that this one leads to. */
    RunTextRun child(RunEvent.RunLinked linked, String step) {
        boolean chain = linked.kind().equals("chain");
        int under = depth + (chain ? 0 : 1);
        Plan found = null;
        if (plan != null && plan.link(linked.reference()) instanceof Surroundings.Link.Found link) {
            found = link.plan();
        }
        int longest = look.idWidth();
        if (found != null) {
            longest = 0;
            for (PlanStep node : found.steps()) {
                longest = Math.max(longest, node.step().id().length());
            }
        }
        return new RunTextRun(
                linked.child(),
                this,
                step,
                chain,
                under,
                look.inside(2 * (under - depth), longest),
                found,
                chain ? sides : around(linked.step(), false));
    }

    /** Whether no step waits for it. */
    boolean isTop() {
        return from == null || chained && from.isTop();
    }

    void turn(RunEvent.IterationStarted turn) {
        turns.put(turn.step(), turn);
    }

    /** The branches of a {@code parallel} and the turns of loops that the address stands in, the outermost first. */
    List<String> around(String address) {
        return around(address, true);
    }

    private List<String> around(String address, boolean turns) {
        List<String> words = new ArrayList<>(sides);
        for (int at = 0; ; ) {
            int turn = address.indexOf(TURN, at);
            int side = address.indexOf(SIDE, at);
            if (turn < 0 && side < 0) {
                return words;
            }
            boolean loop = side < 0 || turn >= 0 && turn < side;
            at = loop ? turn + TURN.length() : side + SIDE.length();
            int number = number(address, at);
            if (!loop) {
                words.add(label(address.substring(0, side), number));
            } else if (turns) {
                words.add(turn(address.substring(0, turn), number));
            }
        }
    }

    private static int number(String address, int from) {
        int number = 0;
        for (int i = from; i < address.length() && Character.isDigit(address.charAt(i)); i++) {
            number = number * 10 + (address.charAt(i) - '0');
        }
        return number;
    }

    private String label(String address, int index) {
        String label = plan != null && plan.node(address) instanceof PlanParallel node
                ? node.node().arms().get(index).label()
                : "";
        return label.isEmpty() ? "branch " + (index + 1) : RunLines.safe(label, look.unicode(), ITEM);
    }

    /** {@code each [2/3] host=web2}, {@code until [2/10]}. */
    String turn(String address, int number) {
        RunEvent.IterationStarted turn = turns.get(address);
        if (turn == null) {
            return "[" + number + "]";
        }
        String place = " [" + number + "/" + turn.total() + "]";
        if (turn.value() == null) {
            return "until" + place;
        }
        String item = RunTextValues.firstLine(turn.value().shown().text(), look, ITEM);
        return "each" + place + " " + as(address) + item;
    }

    /** {@code until} or {@code each}. */
    String loopWord(String address) {
        if (plan != null && plan.node(address) instanceof PlanLoop loop) {
            return loop.until() == null ? "each" : "until";
        }
        RunEvent.IterationStarted turn = turns.get(address);
        return turn != null && turn.value() == null ? "until" : "each";
    }

    private String as(String address) {
        return plan != null && plan.node(address) instanceof PlanLoop loop && loop.each() != null
                ? loop.each().as() + "="
                : "";
    }

    /** The step as the runbook has it; null where that is not known. */
    @Nullable
    Step step(String address) {
        PlanStep node = plan == null ? null : plan.step(address);
        return node == null ? null : node.step();
    }

    /** Whether the run goes on although that step failed. */
    boolean letsPass(String address) {
        return step(address) instanceof Step.InvokeStep invoke && invoke.gate().skipsErrors();
    }
}

package dev.gert.projection;

import dev.gert.engine.Loops;
import dev.gert.expr.Condition;
import dev.gert.expr.Contradiction;
import dev.gert.expr.Goal;
import dev.gert.expr.Meaning;
import dev.gert.expr.NameUse;
import dev.gert.expr.Symbol;
import dev.gert.model.Capture;
import dev.gert.model.InputPattern;
import dev.gert.model.Node;
import dev.gert.model.Outcome;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.plan.BuiltIns;
import dev.gert.plan.NodeNames;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanBlock;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanParallel;
import dev.gert.plan.PlanStep;
import dev.gert.plan.StepsWithin;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every run that comes to a site must have met on the way, whichever way that was. Where that can't
 * be met, whatever its names hold, no run comes there.
 */
public final class Necessity {
    private static final int DEPTH = 2;

    private final Plan plan;
    private final List<Goal> goals = new ArrayList<>();
    private final List<Obstacle> said = new ArrayList<>();
    private final Map<String, Symbol> symbols = new HashMap<>();
    private final Map<String, PlanStep> onlyGiver = new HashMap<>();
    private final Set<String> several = new HashSet<>();
    private final Map<String, List<String>> items = new HashMap<>();
    private final int depth;
    private @Nullable Obstacle closed;

    private Necessity(Plan plan, int depth) {
        this.plan = plan;
        this.depth = depth;
    }

    /** Why no run comes there, or null where one might. */
    public static @Nullable List<Obstacle> against(Plan plan, RouteTarget target) {
        return against(plan, target, 0);
    }

    /** Whether the site's own condition can't be met by any values: told at once, whatever leads there. */
    public static boolean isContradiction(RouteTarget target) {
        PlanArm arm = target.arm();
        Condition condition = arm == null
                ? target.step().step().common().outcomes().get(target.outcome()).when()
                : arm.branch().condition();
        if (condition == null) {
            return false;
        }
        Map<String, Symbol> symbols = new HashMap<>();
        Span place = target.step().step().common().idSpan();
        Goal goal = Goal.of(
                condition,
                true,
                name -> Meaning.of(symbols.computeIfAbsent(name, key -> Symbol.text(key, List.of())), place));
        return new Contradiction().among(List.of(goal), symbols.values()) != null;
    }

    private static @Nullable List<Obstacle> against(Plan plan, RouteTarget target, int depth) {
        Necessity necessity = new Necessity(plan, depth);
        necessity.givers();
        necessity.towards(plan.root(), target);
        Obstacle closed = necessity.closed;
        if (closed != null) {
            return List.of(closed);
        }
        List<Integer> core = new Contradiction().among(necessity.goals, necessity.symbols.values());
        if (core == null) {
            return null;
        }
        List<Obstacle> obstacles = new ArrayList<>();
        for (int position : core) {
            obstacles.add(necessity.said.get(position));
        }
        return obstacles;
    }

    /** Names that one step outside all loops gives a value, or that only inputs do. */
    private void givers() {
        for (Runbook.Variable variable : plan.runbook().vars()) {
            several.add(variable.name());
        }
        for (Runbook.Input input : plan.runbook().inputs()) {
            several.add(input.name());
        }
        several.addAll(BuiltIns.NAMES);
        Set<String> captured = new HashSet<>();
        Set<String> shared = new HashSet<>();
        for (PlanNode node : plan.nodes().values()) {
            if (node instanceof PlanLoop loop && loop.each() != null) {
                captured.add(loop.each().as());
                items.merge(loop.each().as(), items(loop.each()), (one, other) -> List.of());
            }
            if (!(node instanceof PlanStep step) || step.isProbe()) {
                continue;
            }
            for (String name : StepsWithin.given(step).keySet()) {
                if (onlyGiver.putIfAbsent(name, step) != null || several.contains(name)) {
                    shared.add(name);
                    captured.add(name);
                }
                if (isInLoop(step)) {
                    captured.add(name);
                }
            }
        }
        shared.forEach(onlyGiver::remove);
        shared.forEach(items::remove);
        several.forEach(items::remove);
        onlyGiver.keySet().forEach(items::remove);
        captured.add(BuiltIns.ITERATION);
        captured.add(BuiltIns.IDEMPOTENCY_TOKEN);
        captured.add(BuiltIns.OUTCOME);
        several.clear();
        several.addAll(captured);
    }

    /** The items where the text says them, else none. */
    private static List<String> items(Node.EachNode each) {
        String literal = each.over().literalText();
        List<String> items = literal == null ? null : Loops.items(literal);
        return items == null ? List.of() : items;
    }

    private static boolean isInLoop(PlanNode node) {
        PlanNode at = node;
        while (at != null) {
            if (at.block().kind() == PlanBlock.Kind.BODY) {
                return true;
            }
            at = at.block().owner();
        }
        return false;
    }

    private void towards(PlanBlock block, RouteTarget target) {
        for (PlanNode node : block.nodes()) {
            boolean here = target.isIn(node);
            if (node instanceof PlanStep step) {
                if (here) {
                    into(step, target);
                } else if (block.kind() != PlanBlock.Kind.FINALLY) {
                    past(step);
                }
            } else if (here) {
                inner(node, target);
            }
            if (here) {
                return;
            }
        }
    }

    private void inner(PlanNode node, RouteTarget target) {
        List<PlanBlock> blocks = node instanceof PlanLoop loop ? List.of(loop.body()) : ((PlanParallel) node).sides();
        for (PlanBlock block : blocks) {
            if (target.isIn(block)) {
                towards(block, target);
            }
        }
    }

    /** A step that every run passes by running it: it may not end the run. */
    private void past(PlanStep step) {
        Step.Work work = step.step().work();
        boolean probed = work != null && work.precondition() != null;
        boolean invoked = step.step() instanceof Step.InvokeStep;
        if (step.step().common().when() == null && !probed && !invoked) {
            noOutcome(step, step.step().common().outcomes().size());
        }
    }

    private void into(PlanStep step, RouteTarget target) {
        reads("`" + step.step().id() + "`", NodeNames.before(step), step);
        Condition when = step.step().common().when();
        if (when != null) {
            String what = "`when` of `" + step.step().id() + "`";
            add(step, when, true, what, step.step().common().idSpan());
        }
        if (target.step() == step && target.arm() == null) {
            noOutcome(step, target.outcome());
            Outcome outcome = step.step().common().outcomes().get(target.outcome());
            Condition condition = outcome.when();
            if (condition != null) {
                add(step, condition, true, outcome(step, target.outcome()), outcome.span());
            }
            return;
        }
        PlanBlock last = step.finallyBlock();
        if (last != null && target.isIn(last)) {
            towards(last, target);
            return;
        }
        noOutcome(step, step.step().common().outcomes().size());
        for (PlanArm arm : step.arms()) {
            boolean here = target.arm() == arm || target.isIn((PlanBlock) arm);
            String what = "the branch `" + arm.branch().label() + "`";
            add(step, arm.branch().condition(), here, what, arm.branch().conditionSpan());
            if (here) {
                if (target.arm() != arm) {
                    towards(arm, target);
                }
                return;
            }
        }
    }

    private static String outcome(PlanStep step, int index) {
        return "outcome " + (index + 1) + " of `" + step.step().id() + "`";
    }

    private void noOutcome(PlanStep step, int count) {
        List<Outcome> outcomes = step.step().common().outcomes();
        for (int i = 0; i < count; i++) {
            Condition when = outcomes.get(i).when();
            if (when == null) {
                closed = new Obstacle(
                        outcome(step, i) + " has no condition, so the run ends there",
                        outcomes.get(i).span());
                return;
            }
            add(step, when, false, outcome(step, i), outcomes.get(i).span());
        }
    }

    private void add(PlanStep moment, Condition condition, boolean wanted, String what, Span otherwise) {
        Span place = condition.names().isEmpty()
                ? otherwise
                : condition.names().get(0).span();
        reads(what, condition.names(), moment);
        goals.add(Goal.of(condition, wanted, name -> meaning(name, moment, place)));
        String message = what + (wanted ? "" : ", which has to be false,") + ": `"
                + CoverageSites.oneLine(condition.source()) + "`";
        said.add(new Obstacle(message, place));
    }

    private void reads(String what, List<NameUse> uses, PlanStep moment) {
        for (NameUse use : uses) {
            if (use.isNeeded()
                    && closed == null
                    && !new Givers(plan, use.name()).mayRunBefore(moment, this::isClosed)) {
                String message = what + " reads `" + use.name() + "`, which nothing has given a value";
                closed = new Obstacle(message, use.span());
            }
        }
    }

    /** Whether no run comes to a step in an arm, as far as that is asked. */
    private boolean isClosed(PlanStep giver) {
        PlanArm arm = giver.arm();
        return arm != null && depth < DEPTH && against(plan, RouteTarget.of(arm), depth + 1) != null;
    }

    /** One symbol for a name that holds one value throughout; else one for each step that reads it. */
    private Meaning meaning(String name, PlanStep moment, Span place) {
        String key = several.contains(name) ? name + "@" + moment.address() : name;
        return Meaning.of(symbols.computeIfAbsent(key, k -> symbol(k, name)), place);
    }

    private Symbol symbol(String key, String name) {
        PlanStep giver = onlyGiver.get(name);
        List<String> known = items.getOrDefault(name, List.of());
        if (!known.isEmpty()) {
            return Symbol.oneOf(key, known);
        }
        if (giver != null && giver.step() instanceof Step.ManualStep manual && manual.choices() != null) {
            List<String> values = new ArrayList<>();
            for (Step.Option option : manual.choices().options()) {
                values.add(option.value());
            }
            return Symbol.oneOf(key, values);
        }
        if (giver != null && capturesCode(giver, name)) {
            return Symbol.oneOf(key, StepSymbols.codes(StepSymbols.passing(plan, giver)));
        }
        Symbol any = Symbol.text(key, List.of());
        for (Runbook.Input input : plan.runbook().inputs()) {
            InputPattern pattern = input.pattern();
            if (input.name().equals(name) && pattern != null && !several.contains(name)) {
                return any.matching(pattern.regex());
            }
        }
        return any;
    }

    private static boolean capturesCode(PlanStep giver, String name) {
        for (Capture capture : giver.step().common().captures()) {
            if (capture.name().equals(name)) {
                return capture.from() instanceof Capture.From.ExitCode;
            }
        }
        return false;
    }
}

package dev.gert.projection;

import dev.gert.engine.Loops;
import dev.gert.expr.Condition;
import dev.gert.expr.Goal;
import dev.gert.expr.Meaning;
import dev.gert.expr.NameUse;
import dev.gert.expr.Symbol;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
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
import dev.gert.plan.Surroundings;
import dev.gert.projection.RouteState.Asked;
import dev.gert.projection.RouteState.Next;
import dev.gert.projection.RouteState.Way;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a way to a site and for the values that lead there (formats.md, "Order at a node"): the plan
 * is gone through as a run would, with values that are sought in place of those that there are. Behind
 * the site it goes on to the end of the run, past other sites that are to be reached where it can.
 */
public final class RouteSearch {
    private static final int TURNS = 3;
    private static final int ITEMS = 50;
    private static final BitSet NONE = new BitSet();

    /**
     * What a search is to do.
     *
     * @param builtIns the names that can always be read, with what they hold by themselves
     * @param wanted the paths of sites that nothing reaches yet
     * @param avoided steps that are not to run: a run's id behind the first's, a space, an address
     * @param effort how many conditions it may try, about
     */
    public record Options(
            Map<String, String> builtIns, Set<String> wanted, Set<String> avoided, Kind kind, int effort) {}

    /** Whose runs are thought through. */
    public enum Kind {
        /** A scenario's, on to the end of the run. */
        WHOLE,
        /** A scenario's, to the site alone. */
        SHORT,
        /** A unit test's, in which invoked runbooks and preconditions are left out. */
        UNIT
    }

    /** How a list of nodes is left: at its end, or by an outcome; {@code ended} null: that may not be. */
    private record Exits(Way on, @Nullable Ended ended) {
        Exits onTo(Way next) {
            return new Exits(next, null);
        }

        /** What comes behind is because of a choice only where another might have ended the run. */
        BitSet behind(BitSet before, BitSet because) {
            return ended == null ? before : because;
        }
    }

    private interface Ended {
        @Nullable
        BitSet by(String state, BitSet why);
    }

    private final Plan plan;
    private final RouteTarget target;
    private final Options options;
    private final RouteState state;
    private final List<RouteAnswer> answers = new ArrayList<>();
    private final Map<String, Symbol> inputs = new LinkedHashMap<>();
    private final Map<String, String> own = new LinkedHashMap<>();
    private int runs = 1;
    private boolean found;
    private boolean cameThere;

    private RouteSearch(Plan plan, RouteTarget target, Options options) {
        this.plan = plan;
        this.target = target;
        this.options = options;
        this.state = new RouteState(options.effort());
    }

    /**
     * What came of a search: a route, or what stood in its way.
     *
     * @param cameThere whether the site could be reached, if not what is behind it
     * @param left what of the effort was not needed
     */
    public record Result(@Nullable Route route, @Nullable Obstacle obstacle, boolean cameThere, int left) {}

    public static Result find(Plan plan, RouteTarget target, Options options) {
        RouteSearch search = new RouteSearch(plan, target, options);
        RouteFrame frame = new RouteFrame(plan, "", search.state);
        search.begin(frame);
        Exits end = new Exits(why -> search.end(), (outcome, why) -> search.end());
        BitSet wrong = search.block(frame, plan.root(), "", 0, target, NONE, end);
        if (wrong != null) {
            return new Result(null, search.state.obstacle(), search.cameThere, search.state.solver.left());
        }
        return new Result(search.route(), null, true, search.state.solver.left());
    }

    private @Nullable BitSet end() {
        return found ? null : state.closed("the run ends before it", null, NONE);
    }

    private void begin(RouteFrame frame) {
        for (Runbook.Variable variable : plan.runbook().vars()) {
            input(frame, variable.name(), Symbol.text(state.key(variable.name()), List.of(variable.value())), true);
            own.put(variable.name(), variable.value());
        }
        for (Runbook.Input input : plan.runbook().inputs()) {
            List<String> first = new ArrayList<>();
            String otherwise = input.defaultValue();
            if (otherwise != null) {
                first.add(otherwise);
                own.put(input.name(), otherwise);
            }
            if (input.example() != null) {
                first.add(input.example());
            }
            first.add(input.sensitive() ? "not-a-secret" : "value");
            Symbol symbol = Symbol.text(state.key(input.name()), first);
            InputPattern pattern = input.pattern();
            symbol = pattern == null ? symbol : symbol.matching(pattern.regex());
            input(frame, input.name(), symbol, otherwise != null);
        }
        options.builtIns().forEach((name, value) -> {
            if (!inputs.containsKey(name)) {
                input(frame, name, Symbol.text(state.key(name), List.of(value)), true);
                own.put(name, value);
            }
        });
        frame.set(BuiltIns.ITERATION, Meaning.text("0", frame.place()));
        frame.set(BuiltIns.IDEMPOTENCY_TOKEN, Meaning.text("token", frame.place()));
        if (!plan.names().contains(BuiltIns.ICM_ID) && !plan.names().contains(BuiltIns.INCIDENT_ID)) {
            frame.set(BuiltIns.ICM_ID, frame.meaning(BuiltIns.INCIDENT_ID));
            inputs.remove(BuiltIns.ICM_ID);
        }
    }

    private void input(RouteFrame frame, String name, Symbol symbol, boolean settled) {
        Symbol made = state.declared(settled ? symbol.settled() : symbol);
        inputs.put(name, made);
        frame.set(name, Meaning.of(made, frame.place()));
    }

    private Route route() {
        Map<String, String> values = new LinkedHashMap<>();
        inputs.forEach((name, symbol) -> {
            String value = state.solver.value(symbol);
            if (!value.equals(own.get(name))) {
                values.put(name, value);
            }
        });
        List<Route.Answer> all = new ArrayList<>();
        for (RouteAnswer answer : answers) {
            Map<String, String> captures = new LinkedHashMap<>();
            answer.captures().forEach((name, symbol) -> captures.put(name, state.solver.value(symbol)));
            Symbol code = answer.exitCode();
            Integer exitCode = code == null ? null : Integer.valueOf(state.solver.value(code));
            all.add(new Route.Answer(
                    answer.run(), answer.address(), answer.node(), captures, exitCode, answer.probe()));
        }
        return new Route(values, all);
    }

    /** The nodes of a list from {@code at} on; on the way to {@code aim}, or where it is null, to any end. */
    private @Nullable BitSet block(
            RouteFrame frame,
            PlanBlock block,
            String address,
            int at,
            @Nullable RouteTarget aim,
            BitSet why,
            Exits exits) {
        if (at == block.nodes().size()) {
            return exits.on().go(why);
        }
        PlanNode node = block.nodes().get(at);
        String own = block.childAddress(address, at);
        if (aim == null || aim.isIn(node)) {
            Way next = because -> block(frame, block, address, at + 1, null, exits.behind(why, because), exits);
            return node(frame, node, own, aim, why, new Exits(next, exits.ended()));
        }
        Way next = because -> block(frame, block, address, at + 1, aim, why, exits);
        return node(frame, node, own, null, why, exits.onTo(next));
    }

    private @Nullable BitSet node(
            RouteFrame frame, PlanNode node, String address, @Nullable RouteTarget aim, BitSet why, Exits exits) {
        if (node instanceof PlanStep step) {
            return step(frame, step, address, aim, why, exits);
        }
        return node instanceof PlanLoop loop
                ? loop(frame, loop, address, aim, why, exits)
                : side(frame, (PlanParallel) node, address, 0, aim, why, exits);
    }

    /** In a rehearsal one side is done after another. */
    private @Nullable BitSet side(
            RouteFrame frame,
            PlanParallel node,
            String address,
            int at,
            @Nullable RouteTarget aim,
            BitSet why,
            Exits exits) {
        if (at == node.sides().size()) {
            return exits.on().go(why);
        }
        PlanBlock side = node.sides().get(at);
        boolean here = aim != null && aim.isIn(side);
        Way next = because -> side(frame, node, address, at + 1, here ? null : aim, exits.behind(why, because), exits);
        Exits left = aim == null || here ? new Exits(next, exits.ended()) : exits.onTo(next);
        return block(frame, side, side.address(address, 0), 0, here ? aim : null, why, left);
    }

    private @Nullable BitSet step(
            RouteFrame frame, PlanStep node, String address, @Nullable RouteTarget aim, BitSet why, Exits exits) {
        List<Way> ways = new ArrayList<>();
        Step.Common common = node.step().common();
        Condition when = common.when();
        boolean avoided = options.avoided().contains(frame.run + " " + node.address());
        if (!avoided) {
            ways.add(because -> runs(frame, node, address, aim, because, exits));
        }
        if (aim == null && when != null) {
            Asked skipped = asked(when, false, "`when` of `" + node.step().id() + "`", common.idSpan());
            ways.add(because -> state.assume(
                    List.of(skipped), frame, because, () -> exits.on().go(because)));
        }
        Step.Work work = node.step().work();
        Step.Precondition check = work == null ? null : work.precondition();
        if (aim == null && check != null && check.skipIfSucceeds() && options.kind() != Kind.UNIT && !avoided) {
            ways.add(because -> enter(frame, node, because, () -> {
                answer(new RouteAnswer(frame.run, address, node, Map.of(), null, true));
                return exits.on().go(because);
            }));
        }
        if (ways.isEmpty()) {
            return state.closed("policy stops `" + node.step().id() + "`", common.idSpan(), why);
        }
        return state.choose(ways, why, frame, names(node));
    }

    /** The names that the step or what belongs to it may give values. */
    private static Collection<String> names(PlanStep node) {
        List<String> names = new ArrayList<>(StepsWithin.given(node).keySet());
        for (PlanArm arm : node.arms()) {
            for (PlanStep inner : StepsWithin.of(arm)) {
                names.addAll(StepsWithin.given(inner).keySet());
            }
        }
        return names;
    }

    private static Asked asked(Condition condition, boolean wanted, String what, Span place) {
        Span own =
                condition.names().isEmpty() ? place : condition.names().get(0).span();
        return new Asked(condition, wanted, what, own);
    }

    private void answer(RouteAnswer answer) {
        answers.add(answer);
        state.onUndo(() -> answers.remove(answers.size() - 1));
    }

    /** {@code when} is true, and all that is read before anything is done has a value. */
    private @Nullable BitSet enter(RouteFrame frame, PlanStep node, BitSet why, Next next) {
        for (NameUse use : NodeNames.before(node)) {
            boolean lenient = options.kind() == Kind.UNIT || isAlwaysSet(use.name());
            if (use.isNeeded() && !frame.isSet(use.name()) && !lenient) {
                BitSet because = (BitSet) why.clone();
                frame.causes(use.name(), because);
                return state.closed(
                        "`" + node.step().id() + "` reads `" + use.name() + "`, which nothing has given a value",
                        use.span(),
                        because);
            }
        }
        Condition when = node.step().common().when();
        if (when == null) {
            return next.go();
        }
        Span place = node.step().common().idSpan();
        Asked asked = asked(when, true, "`when` of `" + node.step().id() + "`", place);
        return state.assume(List.of(asked), frame, why, next);
    }

    private static boolean isAlwaysSet(String name) {
        return BuiltIns.NAMES.contains(name) || name.equals(BuiltIns.OUTCOME);
    }

    private @Nullable BitSet runs(
            RouteFrame frame, PlanStep node, String address, @Nullable RouteTarget aim, BitSet why, Exits exits) {
        return enter(frame, node, why, () -> {
            Step step = node.step();
            if (step instanceof Step.InvokeStep invoke && options.kind() != Kind.UNIT) {
                return invoke(frame, node, invoke, address, aim, why, exits);
            }
            if (step instanceof Step.ManualStep manual) {
                Map<String, Symbol> captures = new LinkedHashMap<>();
                Step.Choices choices = manual.choices();
                if (choices != null) {
                    captures.put(choices.variable(), state.declared(chosen(choices)));
                }
                given(frame, node, address, captures, null);
                return passed(frame, node, address, aim, why, exits);
            }
            if (!StepSymbols.mayBeEmpty(node)) {
                return answered(frame, node, address, true, aim, why, exits);
            }
            List<Way> ways = new ArrayList<>();
            ways.add(because -> answered(frame, node, address, true, aim, because, exits));
            ways.add(because -> answered(frame, node, address, false, aim, because, exits));
            return state.choose(ways, why, frame, names(node));
        });
    }

    /** {@code rows}: whether a query finds any. */
    private @Nullable BitSet answered(
            RouteFrame frame,
            PlanStep node,
            String address,
            boolean rows,
            @Nullable RouteTarget aim,
            BitSet why,
            Exits exits) {
        StepSymbols symbols = new StepSymbols(node, frame, state, rows);
        given(frame, node, address, symbols.captures(), symbols.exitCode());
        return held(symbols.goals(), 0, node, why, () -> passed(frame, node, address, aim, why, exits));
    }

    private void given(
            RouteFrame frame, PlanStep node, String address, Map<String, Symbol> captures, @Nullable Symbol exitCode) {
        captures.forEach((name, symbol) -> frame.set(name, Meaning.of(symbol, frame.place())));
        Step.Work work = node.step().work();
        Step.Precondition check = work == null ? null : work.precondition();
        boolean probe = check != null && !check.skipIfSucceeds();
        answer(new RouteAnswer(frame.run, address, node, captures, exitCode, probe));
    }

    private Symbol chosen(Step.Choices choices) {
        List<String> values = new ArrayList<>();
        for (Step.Option option : choices.options()) {
            values.add(option.value());
        }
        return Symbol.oneOf(state.key(choices.variable()), values);
    }

    private @Nullable BitSet held(List<Goal> goals, int at, PlanStep node, BitSet why, Next next) {
        if (at == goals.size()) {
            return next.go();
        }
        String message = "an assertion of `" + node.step().id() + "`";
        return state.meet(
                goals.get(at), message, node.step().common().idSpan(), why, () -> held(goals, at + 1, node, why, next));
    }

    private @Nullable BitSet invoke(
            RouteFrame frame,
            PlanStep node,
            Step.InvokeStep invoke,
            String address,
            @Nullable RouteTarget aim,
            BitSet why,
            Exits exits) {
        Span place = node.step().common().idSpan();
        String reference = Meaning.of(invoke.runbook(), frame::meaning, place).known();
        if (reference == null || !(frame.plan.link(reference) instanceof Surroundings.Link.Found link)) {
            return state.closed("the runbook that `" + node.step().id() + "` invokes", place, why);
        }
        answer(new RouteAnswer(frame.run, address, node, Map.of(), null, isProbed(invoke)));
        runs++;
        state.onUndo(() -> runs--);
        RouteFrame child = new RouteFrame(link.plan(), "." + runs, state);
        String missing = given(frame, child, invoke.inputs());
        if (missing != null) {
            return state.closed("`" + node.step().id() + "` gives `" + missing + "` no value", place, why);
        }
        Ended ended = (outcome, because) -> {
            for (Outcome.State stop : invoke.gate().stopIf()) {
                if (stop.word().equals(outcome)) {
                    Ended out = exits.ended();
                    return out == null || aim != null
                            ? state.closed("`gate` of `" + node.step().id() + "`", place, because)
                            : out.by(outcome, because);
                }
            }
            for (var capture : node.step().common().captures()) {
                if (!(capture.from() instanceof dev.gert.model.Capture.From.Named named)
                        || !child.isSet(named.name())) {
                    return state.closed("capture `" + capture.name() + "`", capture.span(), because);
                }
                frame.set(capture.name(), child.meaning(named.name()));
            }
            return passed(frame, node, address, aim, because, exits);
        };
        Way on = because -> ended.by("completed", because);
        return block(child, link.plan().root(), "", 0, null, why, new Exits(on, ended));
    }

    private static boolean isProbed(Step.InvokeStep invoke) {
        Step.Precondition check = invoke.work().precondition();
        return check != null && !check.skipIfSucceeds();
    }

    /** Null, or the input that has no value. */
    private @Nullable String given(RouteFrame frame, RouteFrame child, List<Step.Argument> arguments) {
        Map<String, Meaning> given = new LinkedHashMap<>();
        for (Step.Argument argument : arguments) {
            given.put(argument.name(), Meaning.of(argument.value(), frame::meaning, argument.valueSpan()));
        }
        for (Runbook.Variable variable : child.plan.runbook().vars()) {
            Meaning meaning = given.get(variable.name());
            child.set(variable.name(), meaning == null ? Meaning.text(variable.value(), child.place()) : meaning);
        }
        for (Runbook.Input input : child.plan.runbook().inputs()) {
            Meaning meaning = given.get(input.name());
            String otherwise = input.defaultValue();
            if (meaning == null && otherwise != null) {
                meaning = Meaning.text(otherwise, child.place());
            }
            if (meaning == null && input.required()) {
                return input.name();
            }
            if (meaning != null) {
                child.set(input.name(), meaning);
            }
        }
        options.builtIns().forEach((name, value) -> {
            if (!child.isSet(name)) {
                child.set(name, Meaning.text(value, child.place()));
            }
        });
        child.set(BuiltIns.ITERATION, Meaning.text("0", child.place()));
        child.set(BuiltIns.IDEMPOTENCY_TOKEN, Meaning.text("token", child.place()));
        return null;
    }

    /** The step passed: its outcomes, its arms, and behind them what runs last. */
    private @Nullable BitSet passed(
            RouteFrame frame, PlanStep node, String address, @Nullable RouteTarget aim, BitSet why, Exits exits) {
        PlanBlock last = node.finallyBlock();
        if (last == null) {
            return leads(frame, node, address, aim, why, exits);
        }
        boolean here = aim != null && aim.isIn(last);
        Ended ended = exits.ended();
        Way on = because -> last(frame, last, address, "completed", here ? aim : null, because, exits.on());
        Ended out = (outcome, because) -> last(
                frame,
                last,
                address,
                outcome,
                here ? aim : null,
                because,
                more -> ended == null ? exits.on().go(more) : ended.by(outcome, more));
        Exits left = new Exits(on, ended == null && !here ? null : out);
        return leads(frame, node, address, here ? null : aim, why, left);
    }

    private @Nullable BitSet last(
            RouteFrame frame,
            PlanBlock last,
            String address,
            String outcome,
            @Nullable RouteTarget aim,
            BitSet why,
            Way next) {
        Meaning before = frame.isSet(BuiltIns.OUTCOME) ? frame.meaning(BuiltIns.OUTCOME) : null;
        frame.set(BuiltIns.OUTCOME, Meaning.text(outcome, frame.place()));
        Way left = because -> {
            frame.set(BuiltIns.OUTCOME, before);
            return next.go(because);
        };
        return block(frame, last, last.address(address, 0), 0, aim, why, new Exits(left, null));
    }

    private @Nullable BitSet leads(
            RouteFrame frame, PlanStep node, String address, @Nullable RouteTarget aim, BitSet why, Exits exits) {
        if (aim != null && aim.step() == node && aim.arm() == null) {
            return ends(frame, node, aim.outcome(), why, () -> reached(exits.ended(), node, aim.outcome(), why));
        }
        List<Way> ways = new ArrayList<>();
        if (aim != null) {
            for (PlanArm arm : node.arms()) {
                if (aim.arm() == arm) {
                    ways.add(because -> arm(frame, node, arm, address, null, because, exits));
                } else if (aim.isIn(arm)) {
                    ways.add(because -> arm(frame, node, arm, address, aim, because, exits));
                }
            }
        } else {
            anyWay(frame, node, address, exits, ways);
        }
        return state.choose(ways, why, frame, names(node));
    }

    private @Nullable BitSet reached(@Nullable Ended ended, PlanStep node, int outcome, BitSet why) {
        find();
        String word = node.step().common().outcomes().get(outcome).state().word();
        return ended == null || options.kind() == Kind.SHORT ? end() : ended.by(word, why);
    }

    private void find() {
        if (!found) {
            found = true;
            cameThere = true;
            state.onUndo(() -> found = false);
        }
    }

    /** Sites that are wanted first; then, where the run may end, outcomes; then to go on, and arms. */
    private void anyWay(RouteFrame frame, PlanStep node, String address, Exits exits, List<Way> ways) {
        List<Way> wanted = new ArrayList<>();
        List<Way> others = new ArrayList<>();
        Ended ended = exits.ended();
        List<Outcome> outcomes = node.step().common().outcomes();
        for (int i = 0; i < outcomes.size() && ended != null; i++) {
            int at = i;
            String word = outcomes.get(i).state().word();
            boolean first = found && options.wanted().contains(CoverageSite.outcomePath(node.address(), i));
            (first ? wanted : others).add(because -> ends(frame, node, at, because, () -> ended.by(word, because)));
        }
        List<Way> arms = new ArrayList<>();
        for (PlanArm arm : node.arms()) {
            boolean first = found && isWanted(arm);
            (first ? wanted : arms).add(because -> arm(frame, node, arm, address, null, because, exits));
        }
        ways.addAll(wanted);
        ways.addAll(others);
        ways.add(because -> {
            List<Asked> all = new ArrayList<>();
            BitSet closed = noOutcome(node, because, all);
            if (closed != null) {
                return closed;
            }
            noArm(node, node.arms().size(), all);
            return state.assume(all, frame, because, () -> exits.on().go(because));
        });
        ways.addAll(arms);
    }

    private boolean isWanted(PlanArm arm) {
        for (String path : options.wanted()) {
            if (path.startsWith(arm.address())) {
                return true;
            }
        }
        return false;
    }

    /** The outcome at {@code index} is the one that ends the run. */
    private @Nullable BitSet ends(RouteFrame frame, PlanStep node, int index, BitSet why, Next next) {
        List<Asked> all = new ArrayList<>();
        List<Outcome> outcomes = node.step().common().outcomes();
        for (int i = 0; i <= index; i++) {
            Outcome outcome = outcomes.get(i);
            Condition when = outcome.when();
            if (when == null && i < index) {
                return state.closed("an outcome before it has no condition", outcome.span(), why);
            }
            if (when != null) {
                all.add(asked(when, i == index, outcomeName(node, i), outcome.span()));
            }
        }
        return state.assume(all, frame, why, next);
    }

    private static String outcomeName(PlanStep node, int index) {
        return "outcome " + (index + 1) + " of `" + node.step().id() + "`";
    }

    /** None of the outcomes is taken; a conflict where one has no condition. */
    private @Nullable BitSet noOutcome(PlanStep node, BitSet why, List<Asked> all) {
        List<Outcome> outcomes = node.step().common().outcomes();
        for (int i = 0; i < outcomes.size(); i++) {
            Condition when = outcomes.get(i).when();
            if (when == null) {
                return state.closed(
                        "`" + node.step().id() + "` always ends the run",
                        outcomes.get(i).span(),
                        why);
            }
            all.add(asked(when, false, outcomeName(node, i), outcomes.get(i).span()));
        }
        return null;
    }

    private static void noArm(PlanStep node, int count, List<Asked> all) {
        for (PlanArm arm : node.arms().subList(0, count)) {
            all.add(condition(arm, false));
        }
    }

    private static Asked condition(PlanArm arm, boolean wanted) {
        String what = "the branch `" + arm.branch().label() + "`";
        return new Asked(arm.branch().condition(), wanted, what, arm.branch().conditionSpan());
    }

    private @Nullable BitSet arm(
            RouteFrame frame,
            PlanStep node,
            PlanArm arm,
            String address,
            @Nullable RouteTarget aim,
            BitSet why,
            Exits exits) {
        List<Asked> all = new ArrayList<>();
        BitSet closed = noOutcome(node, why, all);
        if (closed != null) {
            return closed;
        }
        noArm(node, node.arms().indexOf(arm), all);
        all.add(condition(arm, true));
        return state.assume(all, frame, why, () -> {
            if (target.arm() == arm) {
                find();
                if (options.kind() == Kind.SHORT) {
                    return null;
                }
            }
            return block(frame, arm, arm.address(address, 0), 0, aim, why, exits);
        });
    }

    private @Nullable BitSet loop(
            RouteFrame frame, PlanLoop node, String address, @Nullable RouteTarget aim, BitSet why, Exits exits) {
        Node.EachNode each = node.each();
        Meaning before = frame.meaning(BuiltIns.ITERATION);
        Exits left = new Exits(because -> leave(frame, before, each, because, exits.on()), exits.ended());
        return each == null
                ? turn(frame, node, address, 1, aim, why, left)
                : each(frame, node, each, address, aim, why, left);
    }

    private @Nullable BitSet leave(
            RouteFrame frame, Meaning before, Node.@Nullable EachNode each, BitSet why, Way next) {
        frame.set(BuiltIns.ITERATION, before);
        if (each != null && frame.isSet(each.as())) {
            frame.set(each.as(), null);
        }
        return next.go(why);
    }

    private @Nullable BitSet turn(
            RouteFrame frame,
            PlanLoop node,
            String address,
            int turn,
            @Nullable RouteTarget aim,
            BitSet why,
            Exits exits) {
        Node.UntilNode until = Objects.requireNonNull(node.until());
        frame.set(BuiltIns.ITERATION, Meaning.text(Integer.toString(turn), frame.place()));
        String body = node.body().address(address, turn);
        boolean goesOn = turn < Math.min(until.max(), TURNS);
        List<Way> ways = new ArrayList<>();
        ways.add(because -> block(
                frame,
                node.body(),
                body,
                0,
                aim,
                because,
                new Exits(
                        more -> turned(frame, node, address, turn, null, exits.behind(because, more), exits),
                        exits.ended())));
        if (aim != null && goesOn) {
            ways.add(because -> block(
                    frame,
                    node.body(),
                    body,
                    0,
                    null,
                    because,
                    exits.onTo(more -> again(frame, node, address, turn, aim, because, exits))));
        }
        return state.choose(ways, why, frame, given(node));
    }

    private static Collection<String> given(PlanLoop node) {
        List<String> names = new ArrayList<>();
        for (PlanStep inner : StepsWithin.of(node.body())) {
            names.addAll(StepsWithin.given(inner).keySet());
        }
        return names;
    }

    private @Nullable BitSet turned(
            RouteFrame frame,
            PlanLoop node,
            String address,
            int turn,
            @Nullable RouteTarget aim,
            BitSet why,
            Exits exits) {
        Node.UntilNode until = Objects.requireNonNull(node.until());
        List<Way> ways = new ArrayList<>();
        Asked over = new Asked(until.until(), true, "`until`", until.untilSpan());
        ways.add(because ->
                state.assume(List.of(over), frame, because, () -> exits.on().go(because)));
        if (turn < Math.min(until.max(), TURNS)) {
            ways.add(because -> again(frame, node, address, turn, aim, because, exits));
        }
        return state.choose(ways, why, frame, given(node));
    }

    private @Nullable BitSet again(
            RouteFrame frame,
            PlanLoop node,
            String address,
            int turn,
            @Nullable RouteTarget aim,
            BitSet why,
            Exits exits) {
        Node.UntilNode until = Objects.requireNonNull(node.until());
        Asked not = new Asked(until.until(), false, "`until`", until.untilSpan());
        return state.assume(List.of(not), frame, why, () -> turn(frame, node, address, turn + 1, aim, why, exits));
    }

    private @Nullable BitSet each(
            RouteFrame frame,
            PlanLoop node,
            Node.EachNode each,
            String address,
            @Nullable RouteTarget aim,
            BitSet why,
            Exits exits) {
        BitSet because = (BitSet) why.clone();
        for (NameUse use : each.over().names()) {
            frame.causes(use.name(), because);
            if (use.isNeeded() && !frame.isSet(use.name())) {
                return state.closed("`over` reads `" + use.name() + "`, which has no value", use.span(), because);
            }
        }
        Meaning over = Meaning.of(each.over(), frame::meaning, each.overSpan());
        String known = over.known();
        List<Way> ways = new ArrayList<>();
        if (known != null) {
            List<String> items = Loops.items(known);
            if (items == null || items.size() > ITEMS) {
                return state.closed("`over`", each.overSpan(), because);
            }
            List<Meaning> meanings = new ArrayList<>();
            for (String item : items) {
                meanings.add(Meaning.text(item, each.overSpan()));
            }
            return items(frame, node, each, address, meanings, 0, aim, because, exits);
        }
        ways.add(more -> alone(frame, node, each, over, address, aim, more, exits));
        for (int count : aim == null ? new int[] {0, 1, 2} : new int[] {1, 2, 3}) {
            ways.add(more -> counted(frame, node, each, over, count, address, aim, more, exits));
        }
        return state.choose(ways, because, frame, given(node));
    }

    /** A text without commas is a list of one. */
    private @Nullable BitSet alone(
            RouteFrame frame,
            PlanLoop node,
            Node.EachNode each,
            Meaning over,
            String address,
            @Nullable RouteTarget aim,
            BitSet why,
            Exits exits) {
        Goal one = Goal.that(over, text -> List.of(text).equals(Loops.items(text)), List.of(each.as() + "-1"));
        return state.meet(
                one,
                "the list of a loop",
                each.overSpan(),
                why,
                () -> items(frame, node, each, address, List.of(over), 0, aim, why, exits));
    }

    private @Nullable BitSet counted(
            RouteFrame frame,
            PlanLoop node,
            Node.EachNode each,
            Meaning over,
            int count,
            String address,
            @Nullable RouteTarget aim,
            BitSet why,
            Exits exits) {
        List<Meaning> items = new ArrayList<>();
        List<JsonValue> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(over.item(i, each.overSpan()));
            samples.add(JsonValue.text(each.as() + "-" + (i + 1)));
        }
        Goal length = Goal.that(
                over,
                text -> {
                    List<String> found = Loops.items(text);
                    return (count == 0 || text.startsWith("[")) && found != null && found.size() == count;
                },
                List.of(count == 0 ? "" : JsonWriter.compact(new JsonValue.ListValue(samples))));
        return state.meet(
                length,
                "the list of a loop",
                each.overSpan(),
                why,
                () -> items(frame, node, each, address, items, 0, aim, why, exits));
    }

    private @Nullable BitSet items(
            RouteFrame frame,
            PlanLoop node,
            Node.EachNode each,
            String address,
            List<Meaning> items,
            int at,
            @Nullable RouteTarget aim,
            BitSet why,
            Exits exits) {
        if (at == items.size()) {
            return aim == null ? exits.on().go(why) : state.closed("the list has no more items", each.overSpan(), why);
        }
        frame.set(each.as(), items.get(at));
        frame.set(BuiltIns.ITERATION, Meaning.text(Integer.toString(at + 1), frame.place()));
        String body = node.body().address(address, at + 1);
        List<Way> ways = new ArrayList<>();
        ways.add(because -> block(
                frame,
                node.body(),
                body,
                0,
                aim,
                because,
                new Exits(
                        more -> items(
                                frame, node, each, address, items, at + 1, null, exits.behind(because, more), exits),
                        exits.ended())));
        if (aim != null) {
            ways.add(because -> block(
                    frame,
                    node.body(),
                    body,
                    0,
                    null,
                    because,
                    exits.onTo(more -> items(frame, node, each, address, items, at + 1, aim, because, exits))));
        }
        return state.choose(ways, why, frame, given(node));
    }
}

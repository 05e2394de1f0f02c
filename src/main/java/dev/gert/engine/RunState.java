package dev.gert.engine;

import dev.gert.event.Envelope;
import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import dev.gert.expr.NameUse;
import dev.gert.model.Effect;
import dev.gert.model.Step;
import dev.gert.plan.BuiltIns;
import dev.gert.plan.NodeNames;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanBlock;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a run's records add up to: the fold {@code RunState × RunEvent → RunState} of design.md. It
 * changes only through {@link #evolve}, and the same records always give the same state. Addresses are
 * those of records: with the numbers of iterations.
 */
public final class RunState {
    private final Plan plan;
    private final Map<String, StepState> steps = new HashMap<>();
    private final Map<String, LoopState> loops = new HashMap<>();
    /** How far the instance of a list of nodes has come; absent: not begun. */
    private final Map<String, Integer> cursors = new HashMap<>();

    private final Map<String, Captured> values = new LinkedHashMap<>();
    /** Where a value came from; {@code capture}: the world outside. */
    private final Map<String, String> origins = new HashMap<>();

    private final Map<String, EngineEffect.Place> open = new LinkedHashMap<>();
    private final Map<String, RunState> children = new HashMap<>();
    private RunEvent.@Nullable OutcomeReached outcome;
    private RunEvent.@Nullable RunCompleted completed;
    private RunEvent.@Nullable RunLinked next;
    private @Nullable Departure departure;
    /** What went wrong, by address. */
    private final Map<String, Failure> failures = new LinkedHashMap<>();

    private boolean ready;
    private String run = "";

    /**
     * Something that went wrong.
     *
     * @param exitCode of a run in which it is the worst
     * @param ends whether the run ends with an error because of it
     * @param reason where no step tells it
     */
    private record Failure(
            int exitCode,
            boolean ends,
            boolean timedOut,
            @Nullable SafeText reason) {}

    public RunState(Plan plan) {
        this.plan = plan;
    }

    /**
     * Takes in one record.
     *
     * @throws IllegalRecordException when no run of this plan can have written it at this point
     */
    public void evolve(Envelope record) {
        RunEvent event = record.event();
        EventType type = event.type();
        String address = event.step();
        boolean chained =
                event instanceof RunEvent.RunLinked linked && linked.kind().equals("chain");
        if (type != null && address != null && StepLifecycle.governs(type) && !chained) {
            move(address, event);
        }
        if (event instanceof RunEvent.RunStarted started) {
            run = record.run();
            start(started);
        } else if (event instanceof RunEvent.InputsResolved inputs) {
            values.putAll(inputs.values());
            origins.putAll(inputs.from());
            ready = true;
        } else if (event instanceof RunEvent.StepsSkipped said) {
            departure = new Departure(plan, said);
        } else if (event instanceof RunEvent.RunResumed) {
            resume();
        } else if (event instanceof RunEvent.BranchTaken taken) {
            choose(taken.step(), taken.arm(), record.time());
        } else if (event instanceof RunEvent.BranchSkipped skipped) {
            choose(skipped.step(), skipped.arm(), null);
        } else if (event instanceof RunEvent.OutcomeReached reached) {
            if (outcome == null) {
                outcome = reached;
            }
        } else if (event instanceof RunEvent.RunLinked linked) {
            if (chained) {
                next = linked;
            }
        } else if (event instanceof RunEvent.RunCompleted ended) {
            completed = ended;
        } else {
            between(event);
        }
    }

    /** The records of what stands between steps. */
    private void between(RunEvent event) {
        if (event instanceof RunEvent.IterationStarted turn) {
            LoopState loop = loopAt(turn.step());
            if (loop.ended || turn.iteration() != loop.iteration + 1) {
                throw new IllegalRecordException(
                        "iteration " + turn.iteration() + " of " + turn.step() + " is not next");
            }
            loop.iteration = turn.iteration();
            loop.total = turn.total();
            if (turn.iteration() == 1) {
                loop.items = turn.items();
                enter(turn.step());
            }
        } else if (event instanceof RunEvent.IterationEnded end) {
            LoopState loop = loopAt(end.step());
            loop.ended = true;
            loop.converged = end.converged();
            enter(end.step());
        } else if (event instanceof RunEvent.NodeFailed failed) {
            StepState step = steps.computeIfAbsent(failed.step(), a -> new StepState());
            step.fault = failed.reason();
            enter(failed.step());
            fail(failed.step(), 1, false, failed.reason());
        }
    }

    private void start(RunEvent.RunStarted started) {
        values.put(BuiltIns.RUN_ID, Captured.recorded(run, false));
        values.put(BuiltIns.ACTOR, Captured.recorded(started.actor(), false));
        String incident = started.incident() == null ? "" : started.incident().text();
        boolean hidden = started.incident() != null && started.incident().redacted();
        values.put(BuiltIns.INCIDENT_ID, Captured.recorded(incident, hidden));
        values.put(BuiltIns.ICM_ID, Captured.recorded(incident, hidden));
        if (started.queryStart() != null && started.queryEnd() != null) {
            values.put(BuiltIns.QUERY_START_TIME, Captured.recorded(started.queryStart(), false));
            values.put(BuiltIns.QUERY_END_TIME, Captured.recorded(started.queryEnd(), false));
        }
    }

    private void move(String address, RunEvent event) {
        PlanStep node = plan.step(address);
        if (node == null) {
            throw new IllegalRecordException("the runbook has no step at " + address);
        }
        StepState step = step(address);
        StepPhase to = StepLifecycle.next(step.phase, event);
        if (to == null) {
            throw new IllegalRecordException(
                    "a step that is " + step.phase + " can't be followed by " + event.type() + " at " + address);
        }
        if (event.attempt() != step.attempt) {
            throw new IllegalRecordException("attempt " + event.attempt() + " of " + address + " was not begun");
        }
        step.phase = to;
        if (event instanceof RunEvent.StepStarted started) {
            step.title = started.title();
            if (!node.isProbe()) {
                enter(address);
            }
            open.put(address, new EngineEffect.Place(node, address));
        } else if (event instanceof RunEvent.PolicyDecided decided) {
            step.heldBy = decided.rule();
        } else if (event instanceof RunEvent.AwaitingApproval asked) {
            step.request = asked.request() == null ? null : asked.request().sha256();
        } else if (event instanceof RunEvent.ApprovalUsed) {
            step.request = null;
        } else if (event instanceof RunEvent.ApprovalDenied) {
            step.denied = true;
        } else if (event instanceof RunEvent.Dispatched dispatched) {
            step.dispatchedAs = dispatched.effect();
            step.pid = dispatched.pid();
        } else if (event instanceof RunEvent.RunLinked linked) {
            step.child = linked.child();
        } else if (event instanceof RunEvent.StepCompleted ended) {
            values.putAll(ended.captures());
            for (String name : ended.captures().keySet()) {
                origins.put(name, "capture");
            }
        }
        if (event instanceof RunEvent.StepRetried) {
            again(address, step);
        }
        if (to == StepPhase.NOT_REACHED || event instanceof RunEvent.AttemptFailed) {
            step.attempt++;
        }
        if (to.isFinal()) {
            open.remove(address);
            end(node, address, to);
        }
    }

    /** Which failures make the run one that failed: not a probe's, nor one that a gate lets pass. */
    private void end(PlanStep node, String address, StepPhase phase) {
        if (node.isProbe()) {
            return;
        }
        switch (phase) {
            case PASSED -> {
                RunState child = child(address);
                int worst = child == null ? 0 : Children.worst(child);
                if (worst > 0) {
                    failures.put(address, new Failure(worst, false, false, null));
                }
            }
            case BLOCKED, DENIED -> fail(address, 4, false, null);
            case FAILED, TIMED_OUT -> {
                if (!isLetPass(node)) {
                    fail(address, 1, phase == StepPhase.TIMED_OUT, null);
                }
            }
            default -> {}
        }
    }

    /** Whether a run goes on after the step although it failed ({@code gate.on_error: skip}). */
    static boolean isLetPass(PlanStep node) {
        return node.step() instanceof Step.InvokeStep invoke && invoke.gate().skipsErrors();
    }

    private void fail(String address, int exitCode, boolean late, @Nullable SafeText reason) {
        boolean ends = outcome == null && !address.contains(".finally[");
        failures.put(address, new Failure(exitCode, ends, late, reason));
    }

    /** Whether the run ended with an error because of the step at that address. */
    public boolean isFailure(String address) {
        return failures.containsKey(address);
    }

    /** The step is made again: the run is not over, and what cleaned up after it and around it will do so again. */
    private void again(String address, StepState step) {
        step.request = null;
        step.heldBy = null;
        step.dispatchedAs = null;
        step.pid = 0;
        step.child = null;
        step.title = null;
        forget(address + PlanStep.PROBE);
        reopen(address);
    }

    /** The run that the step at that address waits for is not over after all. */
    void waitAgain(String address) {
        StepState step = step(address);
        step.phase = StepPhase.LINKED;
        PlanStep node = plan.step(address);
        if (node != null) {
            open.put(address, new EngineEffect.Place(node, address));
        }
        reopen(address);
    }

    private void reopen(String address) {
        completed = null;
        failures.remove(address);
        enter(address);
        PlanNode node = plan.node(address);
        String at = address;
        boolean cleans = false;
        while (node != null) {
            if (!cleans) {
                forget(at + ".finally");
            }
            PlanBlock block = node.block();
            PlanNode owner = block.owner();
            if (owner == null) {
                return;
            }
            cleans = block.kind() == PlanBlock.Kind.FINALLY;
            at = ownerAddress(at.substring(0, at.lastIndexOf('[')), block);
            node = owner;
        }
    }

    /** What was done at that address and below it is to be done again; attempts are counted on. */
    private void forget(String address) {
        Predicate<String> below = each -> each.equals(address) || each.startsWith(address + "[");
        steps.replaceAll((each, old) -> {
            boolean begun = old.phase != StepPhase.NOT_REACHED;
            if (!below.test(each)) {
                return old;
            }
            StepState fresh = new StepState();
            fresh.attempt = old.attempt + (begun ? 1 : 0);
            return fresh;
        });
        open.keySet().removeIf(below);
        loops.keySet().removeIf(below);
        cursors.keySet().removeIf(below);
        failures.keySet().removeIf(below);
    }

    /** The node that begins is where its list, and every list around it, now stands. */
    private void enter(String address) {
        PlanNode node = plan.node(address);
        String at = address;
        while (node != null) {
            PlanBlock block = node.block();
            PlanNode owner = block.owner();
            if (owner == null) {
                cursors.put("", node.index());
                return;
            }
            int bracket = at.lastIndexOf('[');
            String list = at.substring(0, bracket);
            cursors.put(list, node.index());
            at = ownerAddress(list, block);
            node = owner;
        }
    }

    /** {@code a.branches[0].steps} → {@code a}; {@code t.iterate#2.steps} → {@code t}; {@code a.finally} → {@code a}. */
    private static String ownerAddress(String list, PlanBlock block) {
        String mark = switch (block.kind()) {
            case ARM -> ".branches[";
            case BODY -> ".iterate#";
            case SIDE -> ".parallel.branches[";
            default -> ".finally";
        };
        return list.substring(0, list.lastIndexOf(mark));
    }

    private void resume() {
        for (StepState step : steps.values()) {
            if (step.phase.beforeEffect()) {
                step.phase = StepPhase.STARTED;
            }
        }
    }

    /** {@code time}: when it was taken; null: it was not. */
    private void choose(String address, String arm, @Nullable String time) {
        PlanStep node = plan.step(address);
        if (node == null) {
            throw new IllegalRecordException("the runbook has no step at " + address);
        }
        StepState step = step(address);
        PlanArm way = way(node);
        if (way != null && time != null && step.phase == StepPhase.SKIPPED && step.armTaken < 0) {
            step.armTaken = node.arms().indexOf(way);
            step.armTakenAt = time;
            return;
        }
        int index = step.armsSkipped;
        boolean fits = step.phase == StepPhase.PASSED
                && step.armTaken < 0
                && index < node.arms().size()
                && node.arms().get(index).address(address).equals(arm);
        if (!fits) {
            throw new IllegalRecordException("the arm " + arm + " was not the next to decide on");
        }
        if (time != null) {
            step.armTaken = index;
            step.armTakenAt = time;
        } else {
            step.armsSkipped++;
        }
    }

    StepState step(String address) {
        return steps.computeIfAbsent(address, a -> new StepState());
    }

    /** The steps that have begun, be it that they are to begin again, by their addresses. */
    Map<String, StepState> begun() {
        Map<String, StepState> begun = new TreeMap<>();
        steps.forEach((address, step) -> {
            if (step.phase != StepPhase.NOT_REACHED || step.attempt > 1) {
                begun.put(address, step);
            }
        });
        return begun;
    }

    private LoopState loopAt(String address) {
        if (!(plan.node(address) instanceof PlanLoop)) {
            throw new IllegalRecordException("the runbook has no loop at " + address);
        }
        return loops.computeIfAbsent(address, a -> new LoopState());
    }

    /** Null when the loop has not begun. */
    @Nullable
    LoopState loop(String address) {
        return loops.get(address);
    }

    /** Where the instance of a list stands, null when it has not begun. */
    @Nullable
    Integer cursor(String list) {
        return cursors.get(list);
    }

    /** Why what comes after the node at that address can't be gone on with, or null. */
    @Nullable
    SafeText fault(String address) {
        StepState step = steps.get(address);
        return step == null ? null : step.fault;
    }

    /** Gives a value that the journal holds only redacted its raw form again. */
    public void supply(String name, Captured value) {
        values.put(name, value);
    }

    /** Makes the state of a run that a step waits for, or that goes on where this one ended, known here. */
    void adopt(String id, RunState child) {
        children.put(id, child);
    }

    /** The run that the step at that address waits for, or null where it has not begun. */
    @Nullable
    RunState child(String address) {
        String id = step(address).child;
        return id == null ? null : children.get(id);
    }

    /** The run that goes on where this one ended, or null. */
    @Nullable
    RunState chained() {
        return next == null ? null : children.get(next.child());
    }

    /** The record that says that another run goes on, or null. */
    public RunEvent.@Nullable RunLinked next() {
        return next;
    }

    /** Why the node is left out, or null: it is not. */
    @Nullable
    String leftOut(PlanNode node) {
        return departure != null && departure.leavesOut(node) ? departure.reason() : null;
    }

    /** The branch after a step that is left out by which the run comes to where it begins, or null. */
    @Nullable
    PlanArm way(PlanStep node) {
        return departure == null ? null : departure.way(node);
    }

    /** Whether the step has begun and is not over. */
    boolean isOpen(String address) {
        return open.containsKey(address);
    }

    /** The steps that have begun and are not over. */
    public List<EngineEffect.Place> open() {
        return new ArrayList<>(open.values());
    }

    public StepPhase phase(String address) {
        StepState state = steps.get(address);
        return state == null ? StepPhase.NOT_REACHED : state.phase;
    }

    /** The attempt that the step is at, from 1. */
    public int attempt(String address) {
        return step(address).attempt;
    }

    /** Every value known so far by its name: built-in names, vars, inputs, captures. */
    public Map<String, Captured> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Where the value of that name came from: a word of {@code inputs_resolved}, {@code capture}, or {@code gert}. */
    public String origin(String name) {
        return origins.getOrDefault(name, "gert");
    }

    /** The digest of the request that was made for the step and is not spent, or null. */
    public @Nullable String request(String address) {
        return step(address).request;
    }

    public RunEvent.@Nullable OutcomeReached outcome() {
        return outcome;
    }

    /** How the run would end if it ended now: a state, {@code error} or {@code completed}. */
    String outcomeSoFar() {
        for (Failure failure : failures.values()) {
            if (failure.ends()) {
                return "error";
            }
        }
        return outcome == null ? "completed" : outcome.state();
    }

    /** Whether the time of a step was over, and the run failed of it. */
    boolean timedOut() {
        boolean late = false;
        for (Failure failure : failures.values()) {
            late |= failure.timedOut();
        }
        return late;
    }

    /** The exit code of the worst that happened, 0 when nothing did. */
    int worst() {
        int worst = 0;
        for (Failure failure : failures.values()) {
            worst = Math.max(worst, failure.exitCode());
        }
        return worst;
    }

    /** Why the run ends with an error that no step tells of, or null. */
    @Nullable
    SafeText fault() {
        for (Failure failure : failures.values()) {
            if (failure.reason() != null) {
                return failure.reason();
            }
        }
        return null;
    }

    /** The last record, once the run is over. */
    public RunEvent.@Nullable RunCompleted completed() {
        return completed;
    }

    /** The first name that a node reads and whose value was lost to redaction, or null. */
    @Nullable
    String lost(PlanStep node) {
        for (NameUse use : NodeNames.of(node)) {
            Captured value = values.get(use.name());
            if (value != null && value.raw() == null) {
                return use.name();
            }
        }
        return null;
    }

    /** A step that may have had its effect and of which nobody said so yet, or null. */
    public EngineEffect.@Nullable Place inDoubt() {
        for (EngineEffect.Place place : open.values()) {
            if (maybeHadItsEffect(place.address()) && phase(place.address()) != StepPhase.IN_DOUBT) {
                return place;
            }
        }
        return null;
    }

    /** Whether the step changes things and was dispatched without a result that anybody knows. */
    public boolean maybeHadItsEffect(String address) {
        StepState step = step(address);
        boolean begun = step.phase == StepPhase.RUNNING || step.phase == StepPhase.INTERRUPTED;
        return step.phase == StepPhase.IN_DOUBT || (begun && step.dispatchedAs == Effect.MUTATE);
    }

    /** The title that the step was begun with. */
    public @Nullable SafeText title(String address) {
        return step(address).title;
    }

    /** The process that the step's last dispatch made, or 0. */
    public long pid(String address) {
        return step(address).pid;
    }

    /** The arm that the run entered after the step, or null; and when. */
    @Nullable
    PlanArm taken(PlanStep node, String address) {
        int index = step(address).armTaken;
        return index < 0 ? null : node.arms().get(index);
    }

    /** Whether the run has begun and its inputs have values. */
    public boolean isReady() {
        return ready;
    }

    public String run() {
        return run;
    }

    public Plan plan() {
        return plan;
    }
}

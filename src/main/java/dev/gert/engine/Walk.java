package dev.gert.engine;

import dev.gert.event.RunEvent;
import dev.gert.expr.Condition;
import dev.gert.expr.Scope;
import dev.gert.expr.Truth;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanBlock;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanParallel;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes down the tree to where a run stands, and says what is to be done there (formats.md, section 1).
 * What was decided before is in the records, and is never decided again.
 */
final class Walk {
    /** How a list of nodes, or a node, that is over was left. */
    enum Flow {
        /** The next node is next. */
        ON,
        /** The run ends, or what runs side by side with others. */
        STOP
    }

    /** How the nodes of a list are gone through. */
    enum Mode {
        /** One after another. */
        FORWARD,
        /** Nothing begins any more; what began is brought to its end. */
        ENDING,
        /** Everything was decided before; only how it was left is asked. */
        LOOKING_BACK
    }

    private final RunState state;
    private final Session session;
    private final Voice voice;
    private final StepDecider steps;
    private List<EngineEffect> effects = new ArrayList<>();

    Walk(RunState state, Session session, Voice voice) {
        this.state = state;
        this.session = session;
        this.voice = voice;
        this.steps = new StepDecider(state, session, voice);
    }

    List<EngineEffect> effects() {
        return effects;
    }

    @Nullable
    Flow block(PlanBlock block, String address) {
        return block(block, address, Mode.FORWARD);
    }

    /** Null when there is something to do or to wait for; then {@link #effects} has it. */
    private @Nullable Flow block(PlanBlock block, String address, Mode mode) {
        Integer begun = state.cursor(address);
        if (begun == null && mode != Mode.FORWARD) {
            return Flow.STOP;
        }
        boolean last = block.kind() == PlanBlock.Kind.FINALLY;
        List<PlanNode> nodes = block.nodes();
        for (int i = begun == null ? 0 : begun; i < nodes.size(); i++) {
            if (begun != null && i > begun && mode == Mode.ENDING) {
                return Flow.STOP;
            }
            if (begun != null && i > begun && mode == Mode.LOOKING_BACK) {
                return Flow.STOP;
            }
            Flow flow = node(nodes.get(i), block.childAddress(address, i), mode);
            if (flow == null) {
                return null;
            }
            // What cleans up goes on with the next node when one fails.
            if (flow == Flow.STOP && !last) {
                return Flow.STOP;
            }
        }
        return Flow.ON;
    }

    private @Nullable Flow node(PlanNode node, String address, Mode mode) {
        if (node instanceof PlanStep step) {
            return step(step, address, mode);
        }
        return node instanceof PlanLoop loop ? loop(loop, address, mode) : parallel((PlanParallel) node, address, mode);
    }

    private @Nullable Flow step(PlanStep node, String address, Mode mode) {
        StepPhase phase = state.phase(address);
        if (!phase.isFinal()) {
            if (phase == StepPhase.NOT_REACHED && mode != Mode.FORWARD) {
                return Flow.STOP;
            }
            EngineEffect effect = steps.next(new EngineEffect.Place(node, address), mode == Mode.ENDING);
            if (effect != null) {
                effects.add(effect);
            }
            return null;
        }
        PlanArm way = state.way(node);
        if (phase == StepPhase.SKIPPED && way == null) {
            return mode == Mode.ENDING ? Flow.STOP : Flow.ON;
        }
        PlanBlock last = node.finallyBlock();
        String lastAddress = last == null ? "" : last.address(address, 0);
        boolean cleaning = last != null && state.cursor(lastAddress) != null;
        Flow left;
        if (phase == StepPhase.SKIPPED && way != null && state.taken(node, address) == null) {
            if (mode != Mode.FORWARD) {
                return mode == Mode.ENDING ? Flow.STOP : Flow.ON;
            }
            effects.add(Voice.record(new RunEvent.BranchTaken(
                    way.address(address),
                    address,
                    voice.safe(way.branch().label()),
                    voice.safe(way.branch().condition().source()),
                    Map.of())));
            return null;
        }
        if (phase == StepPhase.PASSED || phase == StepPhase.SKIPPED) {
            left = passed(node, address, cleaning ? Mode.LOOKING_BACK : mode);
            if (left == null) {
                return null;
            }
        } else {
            left = RunState.isLetPass(node) && (phase == StepPhase.FAILED || phase == StepPhase.TIMED_OUT)
                    ? Flow.ON
                    : Flow.STOP;
        }
        if (last != null && mode != Mode.LOOKING_BACK && block(last, lastAddress, Mode.FORWARD) == null) {
            return null;
        }
        return left;
    }

    /** Outcomes, then arms: what a step that passed leads to. */
    private @Nullable Flow passed(PlanStep node, String address, Mode mode) {
        RunEvent.OutcomeReached outcome = state.outcome();
        if (state.fault(address) != null || outcome != null && outcome.step().equals(address)) {
            return Flow.STOP;
        }
        PlanArm taken = state.taken(node, address);
        if (taken != null) {
            return block(taken, taken.address(address, 0), mode);
        }
        if (mode == Mode.ENDING) {
            return Flow.STOP;
        }
        StepState step = state.step(address);
        if (mode == Mode.LOOKING_BACK) {
            return Flow.ON;
        }
        if (session.busy(address)) {
            return null;
        }
        Scope scope = voice.scope(state, address);
        if (step.armsSkipped == 0) {
            EngineEffect reached = outcome(node, address, scope);
            if (reached != null) {
                effects.add(reached);
                return null;
            }
        }
        List<RunEvent> events = new ArrayList<>();
        for (int i = step.armsSkipped; i < node.arms().size(); i++) {
            List<String> unknown = arm(node.arms().get(i), address, scope, events);
            if (unknown != null) {
                if (!unknown.isEmpty() && events.isEmpty()) {
                    effects.add(new EngineEffect.Unknown(address, unknown));
                    return null;
                }
                break;
            }
        }
        if (events.isEmpty()) {
            return Flow.ON;
        }
        effects.add(new EngineEffect.Append(events));
        return null;
    }

    /** Null when a further arm is to be asked; else the names for want of which a dry-run can't tell, or none. */
    private @Nullable List<String> arm(PlanArm arm, String address, Scope scope, List<RunEvent> events) {
        Condition condition = arm.branch().condition();
        Truth truth = condition.test(scope);
        if (truth instanceof Truth.Failure failure) {
            events.add(new RunEvent.NodeFailed(
                    address, voice.safe("the condition of " + arm.address(address) + ": " + failure.message())));
            return List.of();
        }
        if (truth instanceof Truth.Unknown unknown && voice.stops()) {
            return unknown.names();
        }
        SafeText label = voice.safe(arm.branch().label());
        SafeText written = voice.safe(condition.source());
        Map<String, Captured> operands = voice.operands(condition, scope);
        if (truth instanceof Truth.True) {
            events.add(new RunEvent.BranchTaken(arm.address(address), address, label, written, operands));
            return List.of();
        }
        events.add(new RunEvent.BranchSkipped(
                arm.address(address), address, label, written, operands, truth instanceof Truth.Unknown));
        return null;
    }

    private @Nullable EngineEffect outcome(PlanStep node, String address, Scope scope) {
        RunState child = node.step() instanceof Step.InvokeStep ? state.child(address) : null;
        if (child != null) {
            RunEvent.OutcomeReached stopped = stopped(node, address, child);
            if (stopped != null) {
                return Voice.record(stopped);
            }
        }
        List<Outcome> outcomes = node.step().common().outcomes();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            Condition when = outcome.when() == null ? Condition.always() : outcome.when();
            Truth truth = when.test(scope);
            if (truth instanceof Truth.Failure failure) {
                return Voice.record(new RunEvent.NodeFailed(
                        address, voice.safe("outcome " + (i + 1) + " of " + address + ": " + failure.message())));
            }
            if (truth instanceof Truth.Unknown unknown && voice.stops()) {
                return new EngineEffect.Unknown(address, unknown.names());
            }
            if (truth instanceof Truth.True) {
                return Voice.record(new RunEvent.OutcomeReached(
                        address,
                        i,
                        outcome.state().word(),
                        voice.shown(outcome.label(), scope),
                        voice.shown(outcome.recommendation(), scope),
                        voice.safe(when.source()),
                        voice.operands(when, scope)));
            }
        }
        return null;
    }

    /** The child's outcome where {@code gate.stop_if} makes it the run's own, or null. */
    private RunEvent.@Nullable OutcomeReached stopped(PlanStep node, String address, RunState child) {
        Step.Gate gate = ((Step.InvokeStep) node.step()).gate();
        RunEvent.OutcomeReached reached = Children.last(child).outcome();
        if (reached != null) {
            for (Outcome.State stop : gate.stopIf()) {
                if (stop.word().equals(reached.state())) {
                    return new RunEvent.OutcomeReached(
                            address,
                            -1,
                            reached.state(),
                            reached.label(),
                            reached.recommendation(),
                            voice.safe("gate.stop_if " + stop.word()),
                            Map.of());
                }
            }
        }
        return null;
    }

    private @Nullable Flow loop(PlanLoop node, String address, Mode mode) {
        LoopState loop = state.loop(address);
        if (state.fault(address) != null) {
            return Flow.STOP;
        }
        if (loop == null) {
            if (mode != Mode.FORWARD) {
                return Flow.STOP;
            }
            if (session.busy(address)) {
                return null;
            }
            if (state.leftOut(node) != null) {
                effects.add(Voice.record(new RunEvent.IterationEnded(address, 0, true, Map.of())));
                return null;
            }
            effects.add(Loops.begin(node, address, voice, voice.scope(state, address)));
            return null;
        }
        if (loop.ended && !loop.converged) {
            effects.add(Loops.notConverged(node, address, loop, voice));
            return null;
        }
        if (loop.ended) {
            return mode == Mode.ENDING ? Flow.STOP : Flow.ON;
        }
        String body = node.body().address(address, loop.iteration);
        Flow flow = block(node.body(), body, mode);
        if (flow != Flow.ON) {
            return flow;
        }
        if (mode != Mode.FORWARD) {
            return mode == Mode.ENDING ? Flow.STOP : Flow.ON;
        }
        if (session.busy(address)) {
            return null;
        }
        // The condition is read where the turn was made, so that `iteration` is its number.
        effects.add(Loops.turn(node, address, loop, voice, voice.scope(state, body + "[0]")));
        return null;
    }

    private @Nullable Flow parallel(PlanParallel node, String address, Mode mode) {
        List<EngineEffect> outside = effects;
        Sides first = sides(node, address, mode);
        RunEvent.OutcomeReached outcome = state.outcome();
        boolean decided = outcome != null && outcome.step().startsWith(address + ".parallel.");
        // An outcome counts from when it is reached: what its branch still cleans up holds nothing open beside it.
        boolean ending = decided || first.stopped && node.node().failFast();
        Sides result = ending && mode == Mode.FORWARD ? sides(node, address, Mode.ENDING) : first;
        effects = outside;
        effects.addAll(result.effects);
        if (result.active > 0) {
            return null;
        }
        return result.stopped ? Flow.STOP : Flow.ON;
    }

    /** What the branches of a {@code parallel} came to. */
    private static final class Sides {
        final List<EngineEffect> effects = new ArrayList<>();
        int active;
        boolean stopped;
    }

    private Sides sides(PlanParallel node, String address, Mode mode) {
        Sides result = new Sides();
        for (PlanBlock side : node.sides()) {
            String list = side.address(address, 0);
            boolean begun = state.cursor(list) != null;
            boolean room = result.active < node.node().maxConcurrent();
            if (!begun && (!room || mode == Mode.ENDING)) {
                if (mode == Mode.FORWARD) {
                    result.active++;
                }
                continue;
            }
            effects = new ArrayList<>();
            Flow flow = block(side, list, mode);
            result.effects.addAll(effects);
            if (flow == null) {
                result.active++;
            } else {
                result.stopped |= flow == Flow.STOP;
            }
        }
        return result;
    }
}

package dev.gert.engine;

import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.expr.Condition;
import dev.gert.expr.Evaluation;
import dev.gert.expr.Rendering;
import dev.gert.expr.Scope;
import dev.gert.expr.Truth;
import dev.gert.json.JsonText;
import dev.gert.model.Effect;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanNode;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a run does next: {@code Plan × RunState → effects} (design.md). It has no clock, no file and no
 * thread; the same state always gives the same answer.
 */
public final class Decider {
    private final Plan plan;
    private final Redactor redactor;
    private final BinaryOperator<String> tokens;
    private final boolean lenient;
    private final CommandRenderer renderer;

    /**
     * @param tokens from a run and a step's address to the step's idempotency token
     * @param lenient a name without a value is unknown instead of an error (formats.md, section 4, unit tests)
     */
    public Decider(Plan plan, Redactor redactor, BinaryOperator<String> tokens, boolean lenient) {
        this.plan = plan;
        this.redactor = redactor;
        this.tokens = tokens;
        this.lenient = lenient;
        this.renderer = new CommandRenderer(lenient);
    }

    /** One effect for every node that the run is at; none when the run is over. */
    public List<EngineEffect> decide(RunState state) {
        if (state.completed() != null) {
            return List.of();
        }
        RunEvent.OutcomeReached outcome = state.outcome();
        if (outcome != null) {
            return List.of(end(outcome.state(), 0, null));
        }
        if (state.active().isEmpty()) {
            return List.of(begin(state, plan.roots().get(0)));
        }
        List<EngineEffect> effects = new ArrayList<>();
        for (PlanNode node : state.active()) {
            effects.add(at(node, state));
        }
        return effects;
    }

    private EngineEffect at(PlanNode node, RunState state) {
        StepState step = state.step(node);
        String lost = step.phase.reads() ? state.lost(node) : null;
        if (lost != null) {
            return new EngineEffect.Lost(node, lost);
        }
        return switch (step.phase) {
            case NOT_REACHED -> begin(state, node);
            case STARTED -> enter(node, step, state);
            case HELD -> new EngineEffect.Approve(node, step.attempt, Objects.requireNonNull(step.heldBy));
            case APPROVED -> record(new RunEvent.ApprovalUsed(node.address(), step.attempt));
            case ADMITTED -> new EngineEffect.Dispatch(node, step.attempt, state.dispatches() + 1);
            case REFUSED -> record(ended(node, step, step.denied ? StepStatus.DENIED : StepStatus.BLOCKED, null));
            case RUNNING, INTERRUPTED -> settle(node, step);
            case IN_DOUBT -> new EngineEffect.Doubt(node);
            case PASSED -> leave(node, step, state);
            case SKIPPED -> advance(node, state);
            case FAILED, TIMED_OUT -> end("error", 1, null);
            case BLOCKED, DENIED -> end("error", 4, null);
            case AWAITING_APPROVAL, AWAITING_JIT, AWAITING_INPUT ->
                throw new IllegalStateException("asked what to do while " + node.address() + " waits");
        };
    }

    private EngineEffect begin(RunState state, PlanNode node) {
        Step step = node.step();
        SafeText title = redactor.safe(
                step.common().title().renderLenient(scope(state, node)).text());
        return record(new RunEvent.StepStarted(node.address(), step.id(), step.type(), title, state.attempt(node)));
    }

    private EngineEffect enter(PlanNode node, StepState step, RunState state) {
        Scope scope = scope(state, node);
        Condition when = node.step().common().when();
        if (when != null) {
            Truth truth = when.test(scope);
            if (truth instanceof Truth.Failure failure) {
                return record(ended(node, step, StepStatus.FAILED, "`when`: " + failure.message()));
            }
            if (!(truth instanceof Truth.True)) {
                return record(ended(node, step, StepStatus.SKIPPED, null));
            }
        }
        Evaluation.Failure title =
                node.step().common().title().renderLenient(scope).failure();
        if (title != null) {
            return record(ended(node, step, StepStatus.FAILED, "`title`: " + title.message()));
        }
        if (node.step() instanceof Step.CliStep cli) {
            return admit(node, step, renderer.render(cli, scope));
        }
        return operate(node, step, scope);
    }

    private EngineEffect admit(PlanNode node, StepState step, CommandRenderer.Rendered rendered) {
        if (rendered instanceof CommandRenderer.Rendered.Failed failed) {
            return record(ended(node, step, StepStatus.FAILED, failed.reason()));
        }
        if (rendered instanceof CommandRenderer.Rendered.Refused refused) {
            return record(
                    new RunEvent.StepBlocked(node.address(), step.attempt, redactor.safe(refused.reason()), null));
        }
        CommandRenderer.Rendered.Ready ready = (CommandRenderer.Rendered.Ready) rendered;
        return new EngineEffect.Admit(node, step.attempt, ready.request());
    }

    private EngineEffect operate(PlanNode node, StepState step, Scope scope) {
        Step.Common common = node.step().common();
        Rendering instructions = common.instructions().renderLenient(scope);
        if (instructions.failure() != null) {
            return record(ended(
                    node,
                    step,
                    StepStatus.FAILED,
                    "`instructions`: " + instructions.failure().message()));
        }
        return new EngineEffect.Operate(
                node,
                step.attempt,
                redactor.safe(common.title().renderLenient(scope).text()),
                redactor.safe(instructions.text()));
    }

    /** A dispatch whose result nobody knows: found on resume, or ended by a signal. */
    private EngineEffect settle(PlanNode node, StepState step) {
        if (step.dispatchedAs == Effect.MUTATE) {
            return record(new RunEvent.StepInDoubt(node.address(), step.attempt, step.pid));
        }
        return record(new RunEvent.AttemptFailed(
                node.address(),
                step.attempt,
                redactor.safe(
                        step.phase == StepPhase.INTERRUPTED
                                ? "a signal ended it; it may be made again, and is"
                                : "its result was lost; it may be made again, and is")));
    }

    private EngineEffect leave(PlanNode node, StepState step, RunState state) {
        Scope scope = scope(state, node);
        PlanArm taken = state.taken(node);
        if (taken != null) {
            return begin(state, taken.nodes().get(0));
        }
        if (step.armsSkipped == 0) {
            EngineEffect reached = outcome(node, scope);
            if (reached != null) {
                return reached;
            }
        }
        List<RunEvent> events = new ArrayList<>();
        for (int i = step.armsSkipped; i < node.arms().size(); i++) {
            PlanArm arm = node.arms().get(i);
            Condition condition = arm.branch().condition();
            Truth truth = condition.test(scope);
            if (truth instanceof Truth.Failure failure) {
                return end("error", 1, "the condition of " + arm.address() + ": " + failure.message());
            }
            SafeText label = redactor.safe(arm.branch().label());
            Map<String, Captured> operands = operands(condition, scope);
            if (truth instanceof Truth.True) {
                events.add(new RunEvent.BranchTaken(
                        arm.address(), node.address(), label, redactor.safe(condition.source()), operands));
                return new EngineEffect.Append(events);
            }
            events.add(new RunEvent.BranchSkipped(
                    arm.address(),
                    node.address(),
                    label,
                    redactor.safe(condition.source()),
                    operands,
                    truth instanceof Truth.Unknown));
        }
        return events.isEmpty() ? advance(node, state) : new EngineEffect.Append(events);
    }

    private @Nullable EngineEffect outcome(PlanNode node, Scope scope) {
        List<Outcome> outcomes = node.step().common().outcomes();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            Condition when = outcome.when() == null ? Condition.always() : outcome.when();
            Truth truth = when.test(scope);
            if (truth instanceof Truth.Failure failure) {
                return end("error", 1, "outcome " + (i + 1) + " of " + node.address() + ": " + failure.message());
            }
            if (truth instanceof Truth.True) {
                return record(new RunEvent.OutcomeReached(
                        node.address(),
                        i,
                        outcome.state().word(),
                        redactor.safe(outcome.label().renderLenient(scope).text()),
                        redactor.safe(
                                outcome.recommendation().renderLenient(scope).text()),
                        redactor.safe(when.source()),
                        operands(when, scope)));
            }
        }
        return null;
    }

    private EngineEffect advance(PlanNode node, RunState state) {
        PlanNode next = plan.after(node);
        return next == null ? end("completed", 0, null) : begin(state, next);
    }

    private Map<String, Captured> operands(Condition condition, Scope scope) {
        Map<String, Captured> operands = new LinkedHashMap<>();
        condition.operands(scope).forEach((name, value) -> operands.put(name, redactor.capture(value)));
        return operands;
    }

    private RunEvent ended(PlanNode node, StepState step, StepStatus status, @Nullable String reason) {
        return new RunEvent.StepCompleted(
                node.address(), step.attempt, status, null, Map.of(), reason == null ? null : redactor.safe(reason), 0);
    }

    private EngineEffect end(String outcome, int exitCode, @Nullable String reason) {
        return record(new RunEvent.RunCompleted(outcome, exitCode, reason == null ? null : redactor.safe(reason)));
    }

    private Scope scope(RunState state, PlanNode node) {
        return new RunScope(state, node, tokens, lenient);
    }

    private static EngineEffect record(RunEvent event) {
        return new EngineEffect.Append(List.of(event));
    }

    static String text(Evaluation evaluation) {
        return evaluation instanceof Evaluation.Value value ? JsonText.of(value.value()) : "";
    }
}

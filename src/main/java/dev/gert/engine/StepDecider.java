package dev.gert.engine;

import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.expr.Condition;
import dev.gert.expr.Scope;
import dev.gert.expr.Template;
import dev.gert.expr.Truth;
import dev.gert.model.Capture;
import dev.gert.model.Effect;
import dev.gert.model.Step;
import dev.gert.plan.NodeNames;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a step that is not over does next (formats.md, "Order at a node"). */
final class StepDecider {
    private final RunState state;
    private final Session session;
    private final Voice voice;
    private final CommandRenderer renderer;

    StepDecider(RunState state, Session session, Voice voice) {
        this.state = state;
        this.session = session;
        this.voice = voice;
        this.renderer = new CommandRenderer(voice, state.plan().upstream());
    }

    /** Null while something is under way. {@code ending}: nothing begins any more. */
    @Nullable
    EngineEffect next(EngineEffect.Place place, boolean ending) {
        String address = place.address();
        if (session.busy(address)) {
            return null;
        }
        StepState step = state.step(address);
        PlanStep node = place.node();
        boolean enters = step.phase == StepPhase.STARTED && state.leftOut(node) == null;
        String lost = enters ? state.lost(node) : null;
        boolean openEnded = step.phase != StepPhase.REFUSED && step.phase != StepPhase.APPROVED;
        PlanStep probe = node.probe();
        boolean probing = probe != null && state.isOpen(address + PlanStep.PROBE);
        if (ending && step.phase.beforeEffect() && openEnded) {
            if (probe != null && probing) {
                return next(new EngineEffect.Place(probe, address + PlanStep.PROBE), true);
            }
            return ended(place, StepStatus.SKIPPED, "the run was ended beside it");
        }
        if (lost != null) {
            return new EngineEffect.Lost(place, lost);
        }
        return switch (step.phase) {
            case NOT_REACHED -> begin(place);
            case STARTED -> enter(place);
            case HELD -> held(place, step);
            case APPROVED -> Voice.record(new RunEvent.ApprovalUsed(address, step.attempt, step.request));
            case ADMITTED -> admitted(place, step);
            case REFUSED -> ended(place, step.denied ? StepStatus.DENIED : StepStatus.BLOCKED, null);
            case RUNNING, INTERRUPTED -> settle(place, step);
            case LINKED -> linked(place);
            case IN_DOUBT -> new EngineEffect.Doubt(place);
            case AWAITING_APPROVAL, AWAITING_JIT, AWAITING_INPUT ->
                throw new IllegalStateException("asked what to do while " + address + " waits");
            case PASSED, SKIPPED, FAILED, TIMED_OUT, BLOCKED, DENIED ->
                throw new IllegalStateException(address + " is over");
        };
    }

    private EngineEffect begin(EngineEffect.Place place) {
        Step step = place.node().step();
        String kind = place.node().isProbe() ? "precondition" : step.type();
        SafeText title = voice.shown(step.common().title(), voice.scope(state, place.address()));
        return Voice.record(
                new RunEvent.StepStarted(place.address(), step.id(), kind, title, state.attempt(place.address())));
    }

    private @Nullable EngineEffect enter(EngineEffect.Place place) {
        Scope scope = voice.scope(state, place.address());
        Step.Common common = place.node().step().common();
        Condition when = common.when();
        int attempt = state.attempt(place.address());
        String left = state.leftOut(place.node());
        if (left != null) {
            return ended(place, StepStatus.SKIPPED, left);
        }
        if (when != null) {
            Truth truth = when.test(scope);
            if (truth instanceof Truth.Failure failure) {
                return ended(place, StepStatus.FAILED, "`when`: " + failure.message());
            }
            if (truth instanceof Truth.Unknown unknown && voice.stops()) {
                return new EngineEffect.Unknown(place.address(), unknown.names());
            }
            if (!(truth instanceof Truth.True)) {
                return ended(place, StepStatus.SKIPPED, null);
            }
        }
        String title = failure(common.title(), scope);
        if (title != null) {
            return ended(place, StepStatus.FAILED, "`title`: " + title);
        }
        String instructions = failure(common.instructions(), scope);
        if (instructions != null) {
            return ended(place, StepStatus.FAILED, "`instructions`: " + instructions);
        }
        if (common.delayMillis() > 0 && !session.waited(place.address(), attempt)) {
            return new EngineEffect.Wait(place, attempt, common.delayMillis(), false);
        }
        Step step = place.node().step();
        if (step instanceof Step.ManualStep manual) {
            return operate(place, attempt, manual, scope);
        }
        if (voice.simulates() && step instanceof Step.InvokeStep) {
            return new EngineEffect.Simulate(place, attempt, List.of());
        }
        if (step instanceof Step.InvokeStep invoke) {
            return probed(place, link(place, attempt, invoke, scope));
        }
        return admit(place, attempt, scope);
    }

    private @Nullable EngineEffect held(EngineEffect.Place place, StepState step) {
        EngineEffect refusal = unable(place, step.attempt);
        return refusal != null
                ? refusal
                : probed(place, new EngineEffect.Approve(place, step.attempt, Objects.requireNonNull(step.heldBy)));
    }

    /** A service is asked by nobody in a test or replay: those have the answer. */
    private @Nullable EngineEffect admitted(EngineEffect.Place place, StepState step) {
        EngineEffect refusal = unable(place, step.attempt);
        if (refusal != null) {
            return refusal;
        }
        if (asksService(place) && voice.simulates()) {
            return new EngineEffect.Simulate(place, step.attempt, List.of());
        }
        return probed(
                place,
                asksService(place) && voice.replays()
                        ? replay(place, step.attempt, voice.scope(state, place.address()))
                        : dispatch(place, step));
    }

    /** Nobody is asked for a yes to what can't be done; policy has been asked by then. */
    private @Nullable EngineEffect unable(EngineEffect.Place place, int attempt) {
        if (!asksService(place) || voice.lenient() || voice.replays()) {
            return null;
        }
        String type = place.node().step().type();
        return Voice.record(new RunEvent.StepBlocked(
                place.address(),
                attempt,
                voice.safe("steps of type " + type + " can't be run by this version of gert"),
                null));
    }

    private static boolean asksService(EngineEffect.Place place) {
        Step step = place.node().step();
        return step instanceof Step.XtsStep || step instanceof Step.AwsStep;
    }

    private static @Nullable String failure(Template template, Scope scope) {
        var failure = template.renderLenient(scope).failure();
        return failure == null ? null : failure.message();
    }

    private EngineEffect replay(EngineEffect.Place place, int attempt, Scope scope) {
        List<AssertionCheck.Rendered> assertions = new ArrayList<>();
        String failure = renderer.asked(place.node().step(), scope, assertions);
        return failure == null
                ? new EngineEffect.Simulate(place, attempt, assertions)
                : ended(place, StepStatus.FAILED, failure);
    }

    private EngineEffect admit(EngineEffect.Place place, int attempt, Scope scope) {
        CommandRenderer.Rendered rendered = renderer.render(place.node(), scope);
        if (rendered instanceof CommandRenderer.Rendered.Failed failed) {
            return ended(place, StepStatus.FAILED, failed.reason());
        }
        if (rendered instanceof CommandRenderer.Rendered.Refused refused) {
            return Voice.record(new RunEvent.StepBlocked(place.address(), attempt, voice.safe(refused.reason()), null));
        }
        return new EngineEffect.Admit(place, attempt, ((CommandRenderer.Rendered.Ready) rendered).request());
    }

    /** Policy has let the step through: its precondition is asked before anything else is done. */
    private @Nullable EngineEffect probed(EngineEffect.Place place, EngineEffect then) {
        PlanStep probe = place.node().probe();
        Step.Work work = place.node().step().work();
        Step.Precondition check = work == null ? null : work.precondition();
        if (probe == null || check == null || voice.simulates()) {
            return then;
        }
        String address = place.address() + PlanStep.PROBE;
        StepPhase phase = state.phase(address);
        if (!phase.isFinal()) {
            return next(new EngineEffect.Place(probe, address), false);
        }
        if (phase == StepPhase.BLOCKED || phase == StepPhase.DENIED) {
            return Voice.record(new RunEvent.StepBlocked(
                    place.address(),
                    state.attempt(place.address()),
                    voice.safe("governance stopped its precondition"),
                    null));
        }
        boolean success = phase == StepPhase.PASSED;
        if (check.skipIfSucceeds()) {
            return success ? ended(place, StepStatus.SKIPPED, "its precondition found nothing to do") : then;
        }
        if (success) {
            return then;
        }
        String message = voice.shown(check.message(), voice.scope(state, place.address()))
                .text();
        return ended(place, StepStatus.FAILED, message.isEmpty() ? "its precondition does not hold" : message);
    }

    private EngineEffect dispatch(EngineEffect.Place place, StepState step) {
        Step.Work work = place.node().step().work();
        Step.Retry retry = work == null ? null : work.retry();
        if (step.dispatchedAs != null
                && retry != null
                && step.attempt > 1
                && !session.waited(place.address(), step.attempt)) {
            return new EngineEffect.Wait(place, step.attempt, retry.waitMillis(step.attempt), true);
        }
        return new EngineEffect.Dispatch(place, step.attempt);
    }

    private EngineEffect operate(EngineEffect.Place place, int attempt, Step.ManualStep manual, Scope scope) {
        Step.Choices choices = manual.choices();
        String prompt = choices == null ? null : failure(choices.prompt(), scope);
        if (prompt != null) {
            return ended(place, StepStatus.FAILED, "`prompt`: " + prompt);
        }
        return new EngineEffect.Operate(
                place,
                attempt,
                voice.shown(manual.common().title(), scope),
                voice.shown(manual.common().instructions(), scope),
                choices == null ? voice.safe("") : voice.shown(choices.prompt(), scope),
                manual);
    }

    private EngineEffect link(EngineEffect.Place place, int attempt, Step.InvokeStep invoke, Scope scope) {
        Voice.Said runbook = voice.say(invoke.runbook(), scope);
        if (runbook.open()) {
            return new EngineEffect.Unknown(place.address(), NodeNames.read(invoke.runbook()));
        }
        Map<String, Captured> inputs = new LinkedHashMap<>();
        String failure = runbook.failure() == null ? voice.inputs(invoke.inputs(), scope, inputs) : runbook.failure();
        return failure == null
                ? new EngineEffect.Link(
                        place, attempt, runbook.text(), !state.plan().isFixed(invoke.runbook()), inputs, null)
                : ended(place, StepStatus.FAILED, "`invoke`: " + failure);
    }

    /** The invoked runbook, and whatever it was chained to, is over: so is the step. Null while it runs. */
    private @Nullable EngineEffect linked(EngineEffect.Place place) {
        RunState child = Objects.requireNonNull(state.child(place.address()));
        RunState last = Children.last(child);
        RunEvent.RunCompleted end = last.completed();
        if (end == null) {
            return null;
        }
        if (end.outcome().equals("error")) {
            StepStatus status = end.exitCode() == 4
                    ? StepStatus.BLOCKED
                    : last.timedOut() ? StepStatus.TIMED_OUT : StepStatus.FAILED;
            String reason = end.reason() == null ? "" : ": " + end.reason().text();
            return ended(
                    place,
                    status,
                    "the invoked runbook `" + last.plan().runbook().name() + "` failed" + reason);
        }
        Map<String, Captured> captures = new LinkedHashMap<>();
        for (Capture capture : place.node().step().common().captures()) {
            String value =
                    capture.from() instanceof Capture.From.Named named ? Children.value(child, named.name()) : null;
            if (value == null && voice.stops()) {
                continue;
            }
            if (value == null) {
                return ended(
                        place,
                        StepStatus.FAILED,
                        "capture `" + capture.name() + "`: the invoked runbook gave it no value");
            }
            captures.put(capture.name(), voice.captured(value));
        }
        return Voice.record(new RunEvent.StepCompleted(
                place.address(), state.attempt(place.address()), StepStatus.PASSED, null, captures, null, 0));
    }

    /** A dispatch whose result nobody knows: found on resume, or ended by a signal. */
    private EngineEffect settle(EngineEffect.Place place, StepState step) {
        if (step.dispatchedAs == Effect.MUTATE) {
            return Voice.record(new RunEvent.StepInDoubt(place.address(), step.attempt, step.pid));
        }
        String reason = step.phase == StepPhase.INTERRUPTED
                ? "a signal ended it; it may be made again, and is"
                : "its result was lost; it may be made again, and is";
        return Voice.record(new RunEvent.AttemptFailed(place.address(), step.attempt, voice.safe(reason), false));
    }

    private EngineEffect ended(EngineEffect.Place place, StepStatus status, @Nullable String reason) {
        return Voice.record(new RunEvent.StepCompleted(
                place.address(),
                state.attempt(place.address()),
                status,
                null,
                Map.of(),
                reason == null ? null : voice.safe(reason),
                0));
    }
}

package dev.gert.engine;

import dev.gert.event.RunEvent;
import dev.gert.model.Outcome;
import dev.gert.plan.NodeNames;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a run does next: {@code Plan × RunState → effects} (design.md). It has no clock, no file and no
 * thread; the same state always gives the same answer.
 */
public final class Decider {
    private final Plan plan;
    private final Voice voice;

    /**
     * @param redactor that of the moment: it may come to know more secrets during a run
     * @param tokens from a run and a step's address to the step's idempotency token
     * @param lenient a name without a value is unknown instead of an error (formats.md, section 4, unit tests)
     */
    public Decider(Plan plan, Supplier<Redactor> redactor, BinaryOperator<String> tokens, boolean lenient) {
        this(plan, new Voice(redactor, tokens, lenient ? Voice.Mode.TEST : Voice.Mode.REAL));
    }

    private Decider(Plan plan, Voice voice) {
        this.plan = plan;
        this.voice = voice;
    }

    /** Of a replay: like a real run, but for services, which answer from a recording ({@link EngineEffect.Simulate}). */
    public static Decider replay(Plan plan, Supplier<Redactor> redactor, BinaryOperator<String> tokens) {
        return new Decider(plan, new Voice(redactor, tokens, Voice.Mode.REPLAY));
    }

    /** Of a dry-run: a name without a value is unknown, and what depends on it is {@link EngineEffect.Unknown}. */
    public static Decider dry(Plan plan, Supplier<Redactor> redactor, BinaryOperator<String> tokens) {
        return new Decider(plan, new Voice(redactor, tokens, Voice.Mode.DRY));
    }

    /**
     * One effect for every place that the run is at and where nothing is under way; none when the run
     * is over, or waits. Of several, the first is to be performed and the state to be asked again.
     */
    public List<EngineEffect> decide(RunState state, Session session) {
        if (state.completed() != null) {
            return List.of();
        }
        Walk walk = new Walk(state, session, voice);
        Walk.Flow flow = walk.block(plan.root(), "");
        return flow == null ? walk.effects() : List.of(end(state));
    }

    private EngineEffect end(RunState state) {
        RunEvent.OutcomeReached reached = state.outcome();
        // What kept the run from going on elsewhere is said, and is not tried again.
        boolean ends =
                reached != null && state.outcomeSoFar().equals(reached.state()) && state.fault(reached.step()) == null;
        RunEvent.RunCompleted last = new RunEvent.RunCompleted(state.outcomeSoFar(), state.worst(), state.fault());
        Outcome.NextRunbook next = ends && reached != null ? next(reached) : null;
        if (reached == null || next == null || state.next() != null || voice.simulates()) {
            return Voice.record(last);
        }
        PlanStep node = plan.step(reached.step());
        if (node == null) {
            throw new IllegalStateException("an outcome of no step");
        }
        RunScope scope = voice.scope(state, reached.step());
        return link(new EngineEffect.Place(node, reached.step()), 1, next, scope, last);
    }

    private Outcome.@Nullable NextRunbook next(RunEvent.OutcomeReached reached) {
        PlanStep node = plan.step(reached.step());
        return node == null || reached.index() < 0
                ? null
                : node.step().common().outcomes().get(reached.index()).next();
    }

    private EngineEffect link(
            EngineEffect.Place place,
            int attempt,
            Outcome.NextRunbook next,
            RunScope scope,
            RunEvent.RunCompleted last) {
        Voice.Said file = voice.say(next.file(), scope);
        if (file.open()) {
            return new EngineEffect.Unknown(place.address(), NodeNames.read(next.file()));
        }
        Map<String, Captured> inputs = new LinkedHashMap<>();
        String failure = file.failure() == null ? voice.inputs(next.inputs(), scope, inputs) : file.failure();
        return failure == null
                ? new EngineEffect.Link(place, attempt, file.text(), !plan.isFixed(next.file()), inputs, last)
                : Voice.record(new RunEvent.NodeFailed(place.address(), voice.safe("`next_runbook`: " + failure)));
    }
}

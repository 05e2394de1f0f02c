package dev.gert.engine;

import dev.gert.event.RunEvent;
import dev.gert.model.Step;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run does next (the {@code Effect} of design.md; {@code model.Effect} is what a step does to the world). */
public sealed interface EngineEffect {
    /** A step of the run: {@code address} with the numbers of iterations. */
    record Place(PlanStep node, String address) {}

    /** Nothing to do but to record what follows. */
    record Append(List<RunEvent> events) implements EngineEffect {
        public Append {
            events = List.copyOf(events);
        }
    }

    /** Let time pass: a step's {@code delay}, or the wait before it is tried again. */
    record Wait(Place place, int attempt, long millis, boolean retry) implements EngineEffect {}

    /** Freeze the command and ask policy. */
    record Admit(Place place, int attempt, CommandRequest request) implements EngineEffect {}

    /** Ask for a yes. */
    record Approve(Place place, int attempt, RulePlace rule) implements EngineEffect {}

    /** Run the frozen command. */
    record Dispatch(Place place, int attempt) implements EngineEffect {}

    /** Have a person do a manual step. {@code prompt}: of the choice, empty without one. */
    record Operate(
            Place place, int attempt, SafeText title, SafeText instructions, SafeText prompt, Step.ManualStep step)
            implements EngineEffect {}

    /**
     * Begin another run that belongs to this one. {@code last}: the record that ends this run, of a
     * chain; null of an invoked runbook. {@code importsOnly}: the reference was made of captured text,
     * so it can name nothing but an import.
     */
    record Link(
            Place place,
            int attempt,
            String reference,
            boolean importsOnly,
            Map<String, Captured> inputs,
            RunEvent.@Nullable RunCompleted last)
            implements EngineEffect {}

    /** Take what a test has in place of what would come of the step. */
    record Simulate(Place place, int attempt, List<AssertionCheck.Rendered> assertions) implements EngineEffect {
        public Simulate {
            assertions = List.copyOf(assertions);
        }
    }

    /**
     * Go no further on this way: which way it goes depends on these names, and a dry-run does not know
     * them. {@code address}: of the step or loop.
     */
    record Unknown(String address, List<String> names) implements EngineEffect {
        public Unknown {
            names = List.copyOf(names);
        }
    }

    /** A person must settle what came of a step: the session ends, the run does not. */
    record Doubt(Place place) implements EngineEffect {}

    /** The next step reads a value that the journal holds only redacted: the session ends, the run does not. */
    record Lost(Place place, String name) implements EngineEffect {}
}

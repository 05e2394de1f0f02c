package dev.gert.engine;

import dev.gert.event.RunEvent;
import dev.gert.plan.PlanNode;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import java.util.List;

/** What a run does next (the {@code Effect} of design.md; {@code model.Effect} is what a step does to the world). */
public sealed interface EngineEffect {
    /** Nothing to do but to record what follows. */
    record Append(List<RunEvent> events) implements EngineEffect {
        public Append {
            events = List.copyOf(events);
        }
    }

    /** Freeze the command and ask policy. */
    record Admit(PlanNode node, int attempt, CommandRequest request) implements EngineEffect {}

    /** Ask for a yes. */
    record Approve(PlanNode node, int attempt, RulePlace rule) implements EngineEffect {}

    /** Run the frozen command. */
    record Dispatch(PlanNode node, int attempt, int number) implements EngineEffect {}

    /** Have a person do a manual step. */
    record Operate(PlanNode node, int attempt, SafeText title, SafeText instructions) implements EngineEffect {}

    /** A person must settle what came of a step: the session ends, the run does not. */
    record Doubt(PlanNode node) implements EngineEffect {}

    /** The next step reads a value that the journal holds only redacted: the session ends, the run does not. */
    record Lost(PlanNode node, String name) implements EngineEffect {}
}

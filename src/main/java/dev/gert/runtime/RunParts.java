package dev.gert.runtime;

import dev.gert.engine.Decider;
import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import java.util.Map;
import java.util.function.Supplier;

/** What each run of a folder is made of. Real runs, replays and unit tests differ in these. */
public interface RunParts {
    /** The parts of one run. {@code redactor}: that of the moment. */
    record Parts(Decider decider, Gateway gateway, Supplier<Redactor> redactor) {}

    /** For a run of {@code plan} with that id. */
    Parts parts(Plan plan, String run);

    /**
     * Whether what stands side by side is done on threads of its own. Where nothing takes time, one after
     * another gives the same records every time.
     */
    default boolean sideBySide() {
        return true;
    }

    /** The first record of a run that another led to. */
    RunEvent.RunStarted started(Plan plan);

    /** Gives the inputs of a run that another led to their values: those {@code given}, then as its runbook says. */
    Inputs inputs(Plan plan, Map<String, Captured> given);

    /** What came of that. */
    sealed interface Inputs {
        /** Every required one has a value. */
        record Resolved(RunEvent.InputsResolved inputs) implements Inputs {}

        /** A value that this session can't give is needed. */
        record Pending(String reason) implements Inputs {}

        /** What was given can't be meant. */
        record Wrong(String reason) implements Inputs {}

        /** A signal came while asking. */
        record Interrupted() implements Inputs {}
    }
}

package dev.gert.journal;

import dev.gert.event.EventType;
import org.jspecify.annotations.Nullable;

/** Which records must be on disk before anything goes on (design.md, invariants 1 and 2). */
final class Durability {
    private Durability() {}

    /**
     * Whether a record of this type is forced. Not forced is only what the run would come to again by
     * itself from the records before it, and what the next forced record takes with it.
     */
    static boolean forced(@Nullable EventType type) {
        if (type == null) {
            return true;
        }
        return switch (type) {
            case RUN_STARTED,
                    RUN_RESUMED,
                    CHANGES_ACCEPTED,
                    RUN_HANDED_OVER,
                    STEP_RETRIED,
                    STEP_STARTED,
                    STEP_BLOCKED,
                    APPROVAL_GRANTED,
                    APPROVAL_DENIED,
                    APPROVAL_USED,
                    AWAITING_JIT,
                    ELEVATION_GRANTED,
                    ELEVATION_RELEASED,
                    DISPATCHED,
                    ATTEMPT_FAILED,
                    EVIDENCE_COLLECTED,
                    NODE_FAILED,
                    STEP_COMPLETED,
                    STEP_IN_DOUBT,
                    STEP_DECIDED,
                    RUN_LINKED,
                    RUN_PAUSED,
                    RUN_INTERRUPTED,
                    RUN_SEALED,
                    RUN_COMPLETED -> true;
            case STEPS_SKIPPED,
                    INPUTS_RESOLVED,
                    POLICY_DECIDED,
                    AWAITING_INPUT,
                    AWAITING_APPROVAL,
                    OUTPUT_CAPTURED,
                    BRANCH_TAKEN,
                    BRANCH_SKIPPED,
                    ITERATION_STARTED,
                    ITERATION_ENDED,
                    OUTCOME_REACHED,
                    WARNING -> false;
        };
    }
}

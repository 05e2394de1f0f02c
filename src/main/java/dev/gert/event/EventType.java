package dev.gert.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Every record type of the journal (formats.md, section 5); the wire name is the constant's in lower case. */
public enum EventType {
    RUN_STARTED,
    STEPS_SKIPPED,
    INPUTS_RESOLVED,
    RUN_RESUMED,
    CHANGES_ACCEPTED,
    RUN_HANDED_OVER,
    STEP_STARTED,
    POLICY_DECIDED,
    STEP_BLOCKED,
    AWAITING_INPUT,
    AWAITING_APPROVAL,
    APPROVAL_GRANTED,
    APPROVAL_DENIED,
    APPROVAL_USED,
    AWAITING_JIT,
    ELEVATION_GRANTED,
    ELEVATION_RELEASED,
    DISPATCHED,
    ATTEMPT_FAILED,
    OUTPUT_CAPTURED,
    EVIDENCE_COLLECTED,
    STEP_COMPLETED,
    STEP_IN_DOUBT,
    STEP_DECIDED,
    STEP_RETRIED,
    BRANCH_TAKEN,
    BRANCH_SKIPPED,
    ITERATION_STARTED,
    ITERATION_ENDED,
    NODE_FAILED,
    OUTCOME_REACHED,
    RUN_LINKED,
    RUN_PAUSED,
    RUN_INTERRUPTED,
    RUN_SEALED,
    RUN_COMPLETED,
    NOTIFIED,
    WARNING;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
        return wire;
    }

    public static @Nullable EventType of(String wire) {
        for (EventType type : values()) {
            if (type.wire.equals(wire)) {
                return type;
            }
        }
        return null;
    }
}

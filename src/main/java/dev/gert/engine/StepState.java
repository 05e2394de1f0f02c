package dev.gert.engine;

import dev.gert.model.Effect;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import org.jspecify.annotations.Nullable;

/** What the records say of one step so far. */
final class StepState {
    StepPhase phase = StepPhase.NOT_REACHED;
    /** The attempt under way or, before {@code step_started}, the one to make; from 1. */
    int attempt = 1;

    @Nullable
    SafeText title;

    @Nullable
    Effect dispatchedAs;

    long pid;
    boolean denied;
    /** The rule that holds the step, for the question. */
    @Nullable
    RulePlace heldBy;
    /** The digest of the request that was made for the step and is not spent; null: none was. */
    @Nullable
    String request;
    /** How many arms were found not to match. */
    int armsSkipped;
    /** The arm entered, or -1. */
    int armTaken = -1;
    /** When the arm was entered, as its record says. */
    String armTakenAt = "";
    /** Why what comes after the step can't be gone on with, or null. */
    @Nullable
    SafeText fault;
    /** The run that the step waits for, or null. */
    @Nullable
    String child;
}

package dev.gert.engine;

import static dev.gert.engine.StepPhase.ADMITTED;
import static dev.gert.engine.StepPhase.APPROVED;
import static dev.gert.engine.StepPhase.AWAITING_APPROVAL;
import static dev.gert.engine.StepPhase.AWAITING_INPUT;
import static dev.gert.engine.StepPhase.AWAITING_JIT;
import static dev.gert.engine.StepPhase.BLOCKED;
import static dev.gert.engine.StepPhase.DENIED;
import static dev.gert.engine.StepPhase.FAILED;
import static dev.gert.engine.StepPhase.HELD;
import static dev.gert.engine.StepPhase.INTERRUPTED;
import static dev.gert.engine.StepPhase.IN_DOUBT;
import static dev.gert.engine.StepPhase.LINKED;
import static dev.gert.engine.StepPhase.NOT_REACHED;
import static dev.gert.engine.StepPhase.PASSED;
import static dev.gert.engine.StepPhase.REFUSED;
import static dev.gert.engine.StepPhase.RUNNING;
import static dev.gert.engine.StepPhase.SKIPPED;
import static dev.gert.engine.StepPhase.STARTED;
import static dev.gert.engine.StepPhase.TIMED_OUT;

import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of a step as a table: the check that a record may follow, the diagram in the docs and the
 * coverage test all read {@link #TRANSITIONS}. What a step's record says beyond its type (a decision,
 * a status, a verdict) is the row's word.
 */
public final class StepLifecycle {
    /** {@code word} is empty where the type alone decides. */
    public record Transition(StepPhase from, EventType type, String word, StepPhase to) {}

    public static final List<Transition> TRANSITIONS = List.of(
            row(NOT_REACHED, EventType.STEP_STARTED, "", STARTED),
            row(STARTED, EventType.STEP_COMPLETED, "skipped", SKIPPED),
            row(STARTED, EventType.STEP_COMPLETED, "failed", FAILED),
            row(STARTED, EventType.STEP_COMPLETED, "passed", PASSED),
            row(STARTED, EventType.POLICY_DECIDED, "allow", ADMITTED),
            row(STARTED, EventType.POLICY_DECIDED, "undetermined", ADMITTED),
            row(STARTED, EventType.POLICY_DECIDED, "acknowledge", HELD),
            row(STARTED, EventType.POLICY_DECIDED, "approve", HELD),
            row(STARTED, EventType.POLICY_DECIDED, "deny", REFUSED),
            row(STARTED, EventType.STEP_BLOCKED, "", REFUSED),
            row(STARTED, EventType.AWAITING_INPUT, "", AWAITING_INPUT),
            row(STARTED, EventType.RUN_LINKED, "", LINKED),
            row(LINKED, EventType.STEP_COMPLETED, "passed", PASSED),
            row(LINKED, EventType.STEP_COMPLETED, "failed", FAILED),
            row(LINKED, EventType.STEP_COMPLETED, "timed_out", TIMED_OUT),
            row(LINKED, EventType.STEP_COMPLETED, "blocked", BLOCKED),
            row(AWAITING_INPUT, EventType.EVIDENCE_COLLECTED, "", AWAITING_INPUT),
            row(AWAITING_INPUT, EventType.STEP_COMPLETED, "passed", PASSED),
            row(AWAITING_INPUT, EventType.STEP_COMPLETED, "failed", FAILED),
            row(AWAITING_INPUT, EventType.STEP_COMPLETED, "timed_out", TIMED_OUT),
            row(HELD, EventType.STEP_BLOCKED, "", REFUSED),
            row(HELD, EventType.STEP_COMPLETED, "skipped", SKIPPED),
            row(HELD, EventType.STEP_COMPLETED, "failed", FAILED),
            row(ADMITTED, EventType.STEP_BLOCKED, "", REFUSED),
            row(ADMITTED, EventType.STEP_COMPLETED, "timed_out", TIMED_OUT),
            row(ADMITTED, EventType.STEP_COMPLETED, "skipped", SKIPPED),
            row(ADMITTED, EventType.STEP_COMPLETED, "failed", FAILED),
            row(ADMITTED, EventType.STEP_COMPLETED, "passed", PASSED),
            row(HELD, EventType.AWAITING_APPROVAL, "", AWAITING_APPROVAL),
            row(AWAITING_APPROVAL, EventType.APPROVAL_GRANTED, "more", AWAITING_APPROVAL),
            row(AWAITING_APPROVAL, EventType.APPROVAL_GRANTED, "", APPROVED),
            row(AWAITING_APPROVAL, EventType.STEP_BLOCKED, "", REFUSED),
            row(AWAITING_APPROVAL, EventType.APPROVAL_DENIED, "", REFUSED),
            row(APPROVED, EventType.APPROVAL_USED, "", ADMITTED),
            row(ADMITTED, EventType.AWAITING_JIT, "", AWAITING_JIT),
            row(AWAITING_JIT, EventType.ELEVATION_GRANTED, "", ADMITTED),
            row(ADMITTED, EventType.DISPATCHED, "", RUNNING),
            row(REFUSED, EventType.STEP_BLOCKED, "", REFUSED),
            row(REFUSED, EventType.STEP_COMPLETED, "blocked", BLOCKED),
            row(REFUSED, EventType.STEP_COMPLETED, "denied", DENIED),
            row(RUNNING, EventType.OUTPUT_CAPTURED, "", RUNNING),
            row(RUNNING, EventType.STEP_BLOCKED, "", REFUSED),
            row(RUNNING, EventType.STEP_COMPLETED, "passed", PASSED),
            row(RUNNING, EventType.STEP_COMPLETED, "failed", FAILED),
            row(RUNNING, EventType.STEP_COMPLETED, "timed_out", TIMED_OUT),
            row(RUNNING, EventType.STEP_COMPLETED, "interrupted", INTERRUPTED),
            row(RUNNING, EventType.ATTEMPT_FAILED, "retried", ADMITTED),
            row(RUNNING, EventType.ATTEMPT_FAILED, "", NOT_REACHED),
            row(INTERRUPTED, EventType.ATTEMPT_FAILED, "", NOT_REACHED),
            row(RUNNING, EventType.STEP_IN_DOUBT, "", IN_DOUBT),
            row(INTERRUPTED, EventType.STEP_IN_DOUBT, "", IN_DOUBT),
            row(IN_DOUBT, EventType.STEP_DECIDED, "did_run", PASSED),
            row(IN_DOUBT, EventType.STEP_DECIDED, "did_not_run", NOT_REACHED),
            row(IN_DOUBT, EventType.STEP_DECIDED, "abort", FAILED),
            row(FAILED, EventType.STEP_RETRIED, "", NOT_REACHED),
            row(TIMED_OUT, EventType.STEP_RETRIED, "", NOT_REACHED),
            row(BLOCKED, EventType.STEP_RETRIED, "", NOT_REACHED));

    private StepLifecycle() {}

    private static Transition row(StepPhase from, EventType type, String word, StepPhase to) {
        return new Transition(from, type, word, to);
    }

    /** The phase after {@code event}, or null when the table does not let it follow. */
    public static @Nullable StepPhase next(StepPhase from, RunEvent event) {
        EventType type = event.type();
        String word = word(event);
        for (Transition t : TRANSITIONS) {
            if (t.from == from && t.type == type && (t.word.isEmpty() || t.word.equals(word))) {
                return t.to;
            }
        }
        return null;
    }

    /** Whether records of this type move a step through the table. */
    public static boolean governs(EventType type) {
        for (Transition t : TRANSITIONS) {
            if (t.type == type) {
                return true;
            }
        }
        return false;
    }

    /** What a record says beyond its type. */
    static String word(RunEvent event) {
        if (event instanceof RunEvent.StepCompleted completed) {
            return completed.status().word();
        }
        if (event instanceof RunEvent.PolicyDecided decided) {
            return decided.decision();
        }
        if (event instanceof RunEvent.AttemptFailed failed) {
            return failed.retried() ? "retried" : "";
        }
        if (event instanceof RunEvent.ApprovalGranted granted) {
            return granted.more() ? "more" : "";
        }
        return event instanceof RunEvent.StepDecided settled ? settled.verdict() : "";
    }
}

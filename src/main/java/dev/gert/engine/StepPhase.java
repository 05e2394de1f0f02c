package dev.gert.engine;

/** Where a step stands while a run lasts; the terminal ones are its status (formats.md, "Step status"). */
public enum StepPhase {
    NOT_REACHED,
    /** Begun: {@code when} and the command are next. */
    STARTED,
    /** Policy said yes, or a yes was given: dispatch is next. */
    ADMITTED,
    /** Policy wants a yes: asking is next. */
    HELD,
    AWAITING_APPROVAL,
    /** A yes was given and is not yet spent. */
    APPROVED,
    AWAITING_JIT,
    AWAITING_INPUT,
    /** Governance or a person said no: ending the step is next. */
    REFUSED,
    /** An invoked runbook runs. */
    LINKED,
    /** Dispatched, and no result yet. */
    RUNNING,
    IN_DOUBT,
    PASSED,
    FAILED,
    SKIPPED,
    BLOCKED,
    DENIED,
    TIMED_OUT,
    INTERRUPTED;

    /** Whether the step's templates or conditions are what the run reads next. */
    boolean reads() {
        return this == STARTED || this == PASSED;
    }

    /** Whether the step is over. */
    public boolean isFinal() {
        return switch (this) {
            case PASSED, FAILED, SKIPPED, BLOCKED, DENIED, TIMED_OUT -> true;
            default -> false;
        };
    }

    /** Whether nothing was dispatched and nothing ended: a resumed run begins such a step's attempt again. */
    public boolean beforeEffect() {
        return switch (this) {
            case STARTED, ADMITTED, HELD, AWAITING_APPROVAL, APPROVED, AWAITING_JIT, AWAITING_INPUT, REFUSED -> true;
            default -> false;
        };
    }
}

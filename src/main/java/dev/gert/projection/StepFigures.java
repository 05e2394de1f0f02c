package dev.gert.projection;

import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.model.Effect;
import dev.gert.policy.RulePlace;
import org.jspecify.annotations.Nullable;

/** One time that a step was begun, with all its attempts. */
final class StepFigures {
    final String runbook;
    final String step;
    final String kind;
    int attempts;
    int failedAttempts;
    /** Null while it has not ended. */
    @Nullable
    StepStatus ended;

    /** Whether it was, whatever a person decided afterwards. */
    boolean inDoubt;

    /** Whether {@link #micros} is how long it took. */
    boolean timed;

    long micros;

    private long begun;
    private long waited;
    private RunFigures.@Nullable Wait wait;
    private boolean changing;

    StepFigures(String runbook, String step, String kind) {
        this.runbook = runbook;
        this.step = step;
        this.kind = kind;
    }

    void begin(int attempt, long now) {
        attempts = Math.max(attempts, attempt);
        begun = now;
        waited = 0;
        ended = null;
        changing = false;
    }

    boolean isWaitingFor(RulePlace rule) {
        return wait != null
                && wait.rule.rule().equals(rule.rule())
                && wait.rule.file().equals(rule.file());
    }

    void wait(RunFigures.Wait asked, long now) {
        stopWaiting("lapsed", now);
        wait = asked;
    }

    void add(RunEvent event, long now) {
        attempts = Math.max(attempts, event.attempt());
        if (event instanceof RunEvent.ApprovalGranted granted) {
            if (!granted.more()) {
                stopWaiting("granted", now);
            }
        } else if (event instanceof RunEvent.ApprovalDenied) {
            stopWaiting("denied", now);
        } else if (event instanceof RunEvent.StepBlocked) {
            stopWaiting("lapsed", now);
        } else if (event instanceof RunEvent.Dispatched sent) {
            changing = sent.effect() == Effect.MUTATE;
        } else if (event instanceof RunEvent.AttemptFailed failed) {
            stopWaiting("lapsed", now);
            failedAttempts += failed.retried() ? 1 : 0;
            changing = false;
        } else if (event instanceof RunEvent.StepCompleted done) {
            completed(done, now);
        } else if (event instanceof RunEvent.StepInDoubt) {
            inDoubt = true;
            ended = StepStatus.IN_DOUBT;
        } else if (event instanceof RunEvent.StepDecided decided) {
            decided(decided);
        }
    }

    private void completed(RunEvent.StepCompleted done, long now) {
        stopWaiting("lapsed", now);
        ended = done.status();
        boolean failed = ended == StepStatus.FAILED || ended == StepStatus.TIMED_OUT;
        failedAttempts += failed ? 1 : 0;
        inDoubt |= ended == StepStatus.IN_DOUBT;
        changing = false;
        if (failed || ended == StepStatus.PASSED) {
            timed = true;
            micros += Math.max(0, now - begun - waited);
        }
    }

    private void decided(RunEvent.StepDecided decided) {
        changing = false;
        ended = switch (decided.verdict()) {
            case "did_run" -> StepStatus.PASSED;
            case "abort" -> StepStatus.FAILED;
            default -> null;
        };
    }

    private void stopWaiting(String how, long now) {
        if (wait != null) {
            wait.end(how, now);
            waited += wait.micros;
            wait = null;
        }
    }

    /** Whether a command was sent that changes something, and its result is not there. */
    boolean isUnknown() {
        return changing && ended == null;
    }
}

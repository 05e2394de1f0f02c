package dev.gert.projection;

import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one attempt of one step. An attempt that the step's own {@code retry} makes is of the
 * command that was decided on for the one before, and begins with its first record.
 */
public final class EvidenceAttempt {
    private static final String PROBE = ".precondition";

    public final String run;
    public final RunEvent.StepStarted started;
    public final @Nullable String span;
    public final String startedAt;
    public final int number;
    public final List<RunEvent.EvidenceCollected> evidence = new ArrayList<>();
    public RunEvent.@Nullable PolicyDecided decided;
    public RunEvent.@Nullable StepBlocked blocked;
    public RunEvent.@Nullable AwaitingInput manual;
    public RunEvent.@Nullable AwaitingApproval asked;
    /** Who said yes, since it was last asked. */
    public final List<RunEvent.ApprovalGranted> granted = new ArrayList<>();

    public RunEvent.@Nullable ApprovalDenied refused;
    public RunEvent.@Nullable Dispatched dispatched;
    public @Nullable String dispatchedAt;
    /** Which dispatch of the folder it was, from 1; its output's files begin with that number. */
    public int dispatch;

    public RunEvent.@Nullable OutputCaptured output;
    public RunEvent.@Nullable RunLinked linked;
    public RunEvent.@Nullable StepCompleted completed;
    public RunEvent.@Nullable StepDecided settled;
    public RunEvent.@Nullable AttemptFailed failed;
    public @Nullable String endedAt;
    private boolean inDoubt;

    EvidenceAttempt(String run, RunEvent.StepStarted started, @Nullable String span, String startedAt) {
        this(run, started, started.attempt(), span, startedAt);
    }

    private EvidenceAttempt(
            String run, RunEvent.StepStarted started, int number, @Nullable String span, String startedAt) {
        this.run = run;
        this.started = started;
        this.number = number;
        this.span = span;
        this.startedAt = startedAt;
    }

    /** Whether everybody whose yes was wanted said it. */
    public boolean isGranted() {
        return !granted.isEmpty() && !granted.get(granted.size() - 1).more();
    }

    /** Whether a record of that attempt is of the next one that the step's {@code retry} makes of this. */
    boolean isRetriedAs(int attempt) {
        return failed != null && failed.retried() && attempt == number + 1;
    }

    /** {@code time}: when the first record of the next attempt was made. */
    EvidenceAttempt next(@Nullable String span, String time) {
        EvidenceAttempt next = new EvidenceAttempt(run, started, number + 1, span, time);
        next.decided = decided;
        next.asked = asked;
        next.granted.addAll(granted);
        return next;
    }

    /** The address of the step that this is the precondition of; null for a step of its own. */
    public @Nullable String probeOf() {
        String step = started.step();
        return started.kind().equals("precondition") && step.endsWith(PROBE)
                ? step.substring(0, step.length() - PROBE.length())
                : null;
    }

    /** The wire word of how it stands: a status, {@code lost}, or where it waits. */
    public String status() {
        if (settled != null) {
            return settled.verdict();
        }
        if (inDoubt) {
            return StepStatus.IN_DOUBT.word();
        }
        if (completed != null) {
            return completed.status().word();
        }
        if (failed != null) {
            return failed.retried() ? StepStatus.FAILED.word() : "lost";
        }
        boolean running = dispatched != null || linked != null;
        if (running) {
            return "running";
        }
        return manual != null ? "awaiting_input" : asked != null && !isGranted() ? "awaiting_approval" : "started";
    }

    void add(RunEvent event, String time) {
        if (event instanceof RunEvent.PolicyDecided said) {
            decided = said;
        } else if (event instanceof RunEvent.StepBlocked said) {
            blocked = said;
        } else if (event instanceof RunEvent.AwaitingInput said) {
            manual = said;
        } else if (event instanceof RunEvent.AwaitingApproval said) {
            asked = said;
            granted.clear();
        } else if (event instanceof RunEvent.ApprovalGranted said) {
            granted.add(said);
        } else if (event instanceof RunEvent.ApprovalDenied said) {
            refused = said;
        } else if (event instanceof RunEvent.Dispatched said) {
            dispatched = said;
            dispatchedAt = time;
        } else if (event instanceof RunEvent.OutputCaptured said) {
            output = said;
        } else if (event instanceof RunEvent.EvidenceCollected said) {
            evidence.add(said);
        } else if (event instanceof RunEvent.RunLinked said && said.kind().equals("invoke")) {
            linked = said;
        } else if (event instanceof RunEvent.AttemptFailed said) {
            failed = said;
            endedAt = time;
        } else if (event instanceof RunEvent.StepInDoubt) {
            inDoubt = true;
        } else if (event instanceof RunEvent.StepDecided said) {
            settled = said;
            endedAt = time;
        } else if (event instanceof RunEvent.StepCompleted said) {
            completed = said;
            endedAt = time;
        }
    }
}

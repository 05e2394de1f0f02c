package dev.gert.projection;

import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place of a run's tree that the run came to, or went by. */
public final class ReportNode {
    /** What stands there. */
    public enum Kind {
        STEP,
        ARM,
        LOOP,
        TURN
    }

    /** Why nothing happened for a while. */
    public enum Pause {
        APPROVAL,
        MANUAL,
        ELEVATION,
        ELEVATED
    }

    /** {@code from}, {@code to}: microseconds since 1970. */
    public record Wait(Pause pause, long from, long to) {}

    public final String run;
    public final String address;
    public final Kind kind;
    public final List<ReportNode> children = new ArrayList<>();
    public final List<EvidenceAttempt> attempts = new ArrayList<>();
    /** {@link RunEvent.BranchTaken}, {@link RunEvent.BranchSkipped}, {@link RunEvent.IterationStarted}, or the loop's end. */
    public @Nullable RunEvent event;

    public RunEvent.@Nullable NodeFailed failed;
    public RunEvent.@Nullable OutcomeReached outcome;
    public RunEvent.@Nullable RunLinked linked;
    /** When it began, in microseconds since 1970. */
    public final long from;

    private final List<Wait> waits = new ArrayList<>();

    ReportNode(String run, String address, Kind kind, long from) {
        this.run = run;
        this.address = address;
        this.kind = kind;
        this.from = from;
    }

    /** The address without the numbers of iterations, as the runbook declares it. */
    public String declared() {
        return Plan.withoutIterations(address);
    }

    void begin(Pause pause, long now) {
        end(pause, now);
        waits.add(new Wait(pause, now, -1));
    }

    void end(Pause pause, long now) {
        for (int i = 0; i < waits.size(); i++) {
            Wait wait = waits.get(i);
            if (wait.pause() == pause && wait.to() < 0) {
                waits.set(i, new Wait(pause, wait.from(), now));
            }
        }
    }

    /** {@code now}: where those end that are not over. */
    public List<Wait> waits(long now) {
        List<Wait> all = new ArrayList<>();
        for (Wait wait : waits) {
            all.add(wait.to() < 0 ? new Wait(wait.pause(), wait.from(), now) : wait);
        }
        return all;
    }

    /** The last attempt; null where it is no step. */
    public @Nullable EvidenceAttempt newest() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    }

    /** The word of how it stands ({@link EvidenceAttempt#status()}); {@code taken} or {@code skipped} of an arm. */
    public String status() {
        EvidenceAttempt newest = newest();
        if (newest != null) {
            return newest.status();
        }
        if (failed != null) {
            return "failed";
        }
        return event instanceof RunEvent.BranchSkipped ? "skipped" : "taken";
    }

    /** Whether a reader looks for it: it did not pass at once, somebody had a hand in it, or the run ended there. */
    public boolean isNotable() {
        EvidenceAttempt newest = newest();
        return failed != null
                || outcome != null
                || linked != null
                || attempts.size() > 1
                || !waits.isEmpty()
                || newest != null && !newest.status().equals("passed");
    }
}

package dev.gert.projection;

import java.util.List;
import java.util.Map;

/**
 * What {@code gert stats} says of the runs that were chosen (docs/reference/stats.md). Runs are those that
 * {@code gert runs} lists: a run with all that it led to.
 *
 * @param runs how many are counted
 * @param leftOut how many are not because nothing was executed in them, by their mode
 * @param damaged those that are not because their journal is not what was written
 * @param first when the first of those counted began, as its record has it; empty where there is none
 * @param last when the last of those counted began
 * @param states how many stand where, each state but {@code unreadable}
 * @param outcomes of the runs that are over, each known one, whether a run reached it or not
 * @param blocked how many ended with {@code error} because governance stopped them
 * @param took from a run's first record to its end, of those that are over
 * @param firstStep from a run's first record to the first command sent or the first question put to a person
 * @param approvals by rule, the longest waits first
 * @param approval all of them together
 * @param runbooks by name, the ones that were run most first
 * @param steps those that took the longest altogether first
 */
public record Statistics(
        long runs,
        Map<String, Long> leftOut,
        List<Damaged> damaged,
        String first,
        String last,
        Map<RunGlance.State, Long> states,
        List<Reached> outcomes,
        long blocked,
        Durations took,
        Durations firstStep,
        Approvals approval,
        List<Approvals> approvals,
        List<OfRunbook> runbooks,
        List<OfStep> steps) {
    /** A run whose journal is not what was written, and why. */
    public record Damaged(String run, String reason) {}

    /** How many runs ended so. */
    public record Reached(String outcome, long runs) {}

    /**
     * What people were asked for.
     *
     * @param rule that wanted it; empty in the sum of all
     * @param file that the rule stands in; empty in the sum of all
     * @param lapsed it expired, another rule's took its place, or the step ended without it
     * @param open nobody has decided yet
     * @param waits until it was granted or denied
     */
    public record Approvals(
            String rule, String file, long asked, long granted, long denied, long lapsed, long open, Durations waits) {}

    /**
     * The runs of one runbook, those that others led to included.
     *
     * @param over how many came to their end
     * @param outcomes as {@link Statistics#outcomes}
     */
    public record OfRunbook(
            String runbook, long runs, long over, List<Reached> outcomes, long blocked, Durations took) {
        public OfRunbook {
            outcomes = List.copyOf(outcomes);
        }

        /** How many of the runs that are over succeeded. */
        public Share success() {
            return Statistics.success(outcomes);
        }
    }

    /**
     * A step of a runbook.
     *
     * @param step its id; its address, without the numbers of loop turns, where it has none
     * @param kind as the runbook's {@code type} has it
     * @param times how often it was begun; each turn of a loop is one, and making it again is not
     * @param attempts how often it was made, the first time included
     * @param failedAttempts how many of those failed or ran out of time
     * @param ended how its times ended, by the words of {@link dev.gert.event.StepStatus}
     * @param open how many have not ended
     * @param inDoubt how many were in doubt, whatever a person decided afterwards
     * @param total milliseconds, all times together
     * @param took from its beginning to its end, all attempts, without the waits for approval; of what passed, failed
     *     or ran out of time
     */
    public record OfStep(
            String runbook,
            String step,
            String kind,
            long times,
            long attempts,
            long failedAttempts,
            Map<String, Long> ended,
            long open,
            long inDoubt,
            long total,
            Durations took) {
        /** How many ended with that word. */
        public long ended(String word) {
            return ended.getOrDefault(word, 0L);
        }
    }

    public Statistics {
        damaged = List.copyOf(damaged);
        outcomes = List.copyOf(outcomes);
        approvals = List.copyOf(approvals);
        runbooks = List.copyOf(runbooks);
        steps = List.copyOf(steps);
    }

    /** How many of the runs that are over succeeded. */
    public Share success() {
        return success(outcomes);
    }

    /** Whether a run that ended so did what its runbook is for, without anybody else. */
    public static boolean succeeded(String outcome) {
        return outcome.equals("resolved") || outcome.equals("no_action") || outcome.equals("completed");
    }

    private static Share success(List<Reached> outcomes) {
        long over = 0;
        long good = 0;
        for (Reached each : outcomes) {
            over += each.runs();
            good += succeeded(each.outcome()) ? each.runs() : 0;
        }
        return new Share(good, over);
    }
}

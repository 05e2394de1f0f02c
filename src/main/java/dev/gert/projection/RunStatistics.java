package dev.gert.projection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of many runs, one run after the other. It keeps a number for each duration, and nothing of the records.
 */
public final class RunStatistics {
    /** In the order in which they are shown: those that count as a success first. */
    public static final List<String> OUTCOMES =
            List.of("resolved", "no_action", "completed", "escalated", "needs_rca", "error");

    /** Of runs in which commands were executed. */
    private static final String REAL = "real";

    private final Map<String, Long> leftOut = new TreeMap<>();
    private final List<Statistics.Damaged> damaged = new ArrayList<>();
    private final Map<RunGlance.State, Long> states = new EnumMap<>(RunGlance.State.class);
    private final Ends ends = new Ends();
    private final DurationSamples firstStep = new DurationSamples();
    private final Map<String, Ends> runbooks = new TreeMap<>();
    private final Map<String, OneStep> steps = new TreeMap<>();
    private final Map<String, Waits> rules = new TreeMap<>();
    private final Waits approval = new Waits("", "");
    private String first = "";
    private String last = "";
    private long runs;

    /** How runs ended. */
    private static final class Ends {
        final Map<String, Long> outcomes = new LinkedHashMap<>();
        final DurationSamples took = new DurationSamples();
        long runs;
        long blocked;

        Ends() {
            OUTCOMES.forEach(each -> outcomes.put(each, 0L));
        }

        void add(@Nullable String outcome, boolean stopped, long micros) {
            runs++;
            if (outcome != null) {
                outcomes.merge(outcome, 1L, Long::sum);
                took.add(micros / 1000);
                blocked += stopped ? 1 : 0;
            }
        }

        List<Statistics.Reached> reached() {
            List<Statistics.Reached> reached = new ArrayList<>();
            outcomes.forEach((outcome, count) -> reached.add(new Statistics.Reached(outcome, count)));
            return reached;
        }
    }

    /** A step of a runbook. */
    private static final class OneStep {
        final String runbook;
        final String step;
        final String kind;
        final Map<String, Long> ended = new TreeMap<>();
        final DurationSamples took = new DurationSamples();
        long times;
        long attempts;
        long failed;
        long open;
        long inDoubt;

        OneStep(StepFigures of) {
            runbook = of.runbook;
            step = of.step;
            kind = of.kind;
        }

        void add(StepFigures one, boolean unknown) {
            times++;
            attempts += one.attempts;
            failed += one.failedAttempts;
            inDoubt += one.inDoubt || unknown ? 1 : 0;
            if (one.ended == null) {
                open++;
            } else {
                ended.merge(one.ended.word(), 1L, Long::sum);
            }
            if (one.timed) {
                took.add(one.micros / 1000);
            }
        }

        Statistics.OfStep made() {
            return new Statistics.OfStep(
                    runbook, step, kind, times, attempts, failed, ended, open, inDoubt, took.sum(), took.durations());
        }
    }

    /** What one rule asked of people. */
    private static final class Waits {
        final String rule;
        final String file;
        final DurationSamples waits = new DurationSamples();
        long asked;
        long granted;
        long denied;
        long lapsed;

        Waits(String rule, String file) {
            this.rule = rule;
            this.file = file;
        }

        void add(RunFigures.Wait wait) {
            asked++;
            switch (wait.end) {
                case "granted" -> granted++;
                case "denied" -> denied++;
                case "lapsed" -> lapsed++;
                default -> {}
            }
            if (wait.end.equals("granted") || wait.end.equals("denied")) {
                waits.add(wait.micros / 1000);
            }
        }

        Statistics.Approvals made() {
            return new Statistics.Approvals(
                    rule, file, asked, granted, denied, lapsed, asked - granted - denied - lapsed, waits.durations());
        }
    }

    /** Takes in one run with what was read of its journal. */
    public void add(RunGlance run, RunFigures figures) {
        if (!figures.mode.equals(REAL)) {
            leftOut.merge(figures.mode, 1L, Long::sum);
            return;
        }
        runs++;
        states.merge(run.state(), 1L, Long::sum);
        first = first.isEmpty() || run.started().compareTo(first) < 0 ? run.started() : first;
        last = run.started().compareTo(last) > 0 ? run.started() : last;
        ends.add(run.outcome(), figures.blocked(), figures.took());
        if (figures.firstStep >= 0) {
            firstStep.add(figures.firstStep / 1000);
        }
        for (RunFigures.OneRun each : figures.runs.values()) {
            runbooks.computeIfAbsent(each.runbook, name -> new Ends())
                    .add(each.outcome, RunFigures.isBlocked(each), Math.max(0, each.ended - each.started));
        }
        boolean inDoubt = run.state() == RunGlance.State.IN_DOUBT;
        for (StepFigures each : figures.steps.values()) {
            steps.computeIfAbsent(each.runbook + '\n' + each.step, key -> new OneStep(each))
                    .add(each, inDoubt && each.isUnknown());
        }
        for (RunFigures.Wait each : figures.waits) {
            approval.add(each);
            rules.computeIfAbsent(
                            each.rule.rule() + '\n' + each.rule.file(),
                            key -> new Waits(each.rule.rule(), each.rule.file()))
                    .add(each);
        }
    }

    /** A run whose journal is not what was written. {@code reason}: what is wrong with it. */
    public void damaged(String run, String reason) {
        damaged.add(new Statistics.Damaged(run, reason));
    }

    /** What it came to. */
    public Statistics made() {
        Map<RunGlance.State, Long> standing = new EnumMap<>(RunGlance.State.class);
        for (RunGlance.State state : RunGlance.State.values()) {
            if (state != RunGlance.State.UNREADABLE) {
                standing.put(state, states.getOrDefault(state, 0L));
            }
        }
        List<Statistics.OfRunbook> ofRunbooks = new ArrayList<>();
        runbooks.forEach((name, of) -> ofRunbooks.add(new Statistics.OfRunbook(
                name, of.runs, of.took.durations().count(), of.reached(), of.blocked, of.took.durations())));
        ofRunbooks.sort(Comparator.comparingLong(Statistics.OfRunbook::runs).reversed());
        List<Statistics.OfStep> ofSteps = new ArrayList<>();
        steps.values().forEach(of -> ofSteps.add(of.made()));
        ofSteps.sort(Comparator.comparingLong(Statistics.OfStep::total).reversed());
        List<Statistics.Approvals> ofRules = new ArrayList<>();
        rules.values().forEach(of -> ofRules.add(of.made()));
        ofRules.sort(
                Comparator.comparingLong((Statistics.Approvals of) -> of.waits().p95())
                        .reversed());
        return new Statistics(
                runs,
                leftOut,
                damaged,
                first,
                last,
                standing,
                ends.reached(),
                ends.blocked,
                ends.took.durations(),
                firstStep.durations(),
                approval.made(),
                ofRules,
                ofRunbooks,
                ofSteps);
    }
}

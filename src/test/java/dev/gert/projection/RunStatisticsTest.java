package dev.gert.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of runs: by hand for what each record means, and at random against a count that is done plainly. */
class RunStatisticsTest {
    private static final long START = 1_795_428_900_000L;

    private final RunStatistics statistics = new RunStatistics();

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 2", "3, 2, 3", "19, 10, 19", "20, 10, 19", "21, 11, 20", "100, 50, 95", "101, 51, 96"
    })
    void aPercentileIsAMeasuredValue(int count, long p50, long p95) {
        DurationSamples samples = new DurationSamples();
        for (int i = count; i > 0; i--) {
            samples.add(i);
        }
        assertThat(samples.durations()).isEqualTo(new Durations(count, p50, p95, count));
    }

    @Test
    void ofNothingNothingIsMeasured() {
        Statistics made = statistics.made();
        assertThat(made.took()).isEqualTo(new Durations(0, 0, 0, 0));
        assertThat(made.success().ratio()).isNull();
        assertThat(made.outcomes()).extracting(Statistics.Reached::outcome).isEqualTo(RunStatistics.OUTCOMES);
    }

    @Test
    void aStepIsWithoutItsWaitsAndWithItsAttempts() {
        LaidRun run = started("fix", "real");
        run.later(5).begin("fix", "fix", 1).later(10).ask("fix", 1, "kill", 3);
        run.later(1000).grant("fix", 1, true).later(1000).grant("fix", 1, false);
        run.later(5).send("fix", 1).later(20).failAttempt("fix", 1);
        run.later(100)
                .send("fix", 2)
                .later(20)
                .complete("fix", 2, StepStatus.PASSED)
                .later(1)
                .end("resolved", 0);
        over(run, "resolved");
        Statistics made = statistics.made();
        Statistics.OfStep step = made.steps().get(0);
        assertThat(step.took()).isEqualTo(new Durations(1, 155, 155, 155));
        assertThat(List.of(step.times(), step.attempts(), step.failedAttempts(), step.ended("passed")))
                .containsExactly(1L, 2L, 1L, 1L);
        assertThat(made.approval().waits()).isEqualTo(new Durations(1, 2000, 2000, 2000));
        assertThat(made.firstStep()).isEqualTo(new Durations(1, 2020, 2020, 2020));
        assertThat(made.took()).isEqualTo(new Durations(1, 2161, 2161, 2161));
    }

    @Test
    void aRuleIsTheSameOnAnotherLine() {
        over(
                started("a", "real")
                        .begin("a", "a", 1)
                        .ask("a", 1, "kill", 3)
                        .later(7)
                        .grant("a", 1, false),
                "resolved");
        over(
                started("a", "real")
                        .begin("a", "a", 1)
                        .ask("a", 1, "kill", 9)
                        .later(9)
                        .deny("a", 1),
                "error");
        over(
                started("a", "real")
                        .begin("a", "a", 1)
                        .ask("a", 1, "kill", 9)
                        .later(5)
                        .block("a", 1),
                "error");
        add(started("a", "real").begin("a", "a", 1).ask("a", 1, "kill", 9), RunGlance.State.WAITING, null);
        assertThat(statistics.made().approvals())
                .containsExactly(
                        new Statistics.Approvals("kill", "governance.yaml", 4, 1, 1, 1, 1, new Durations(2, 7, 9, 9)));
    }

    @Test
    void whatANewSessionAsksAgainIsOneWait() {
        LaidRun run =
                started("a", "real").begin("a", "a", 1).ask("a", 1, "kill", 3).later(50);
        run.add(new RunEvent.RunPaused("a", "approval"))
                .later(50)
                .add(new RunEvent.RunResumed("ann", "web-1", 0, null));
        run.ask("a", 1, "kill", 4).later(50).ask("a", 1, "drop", 1).later(5).grant("a", 1, false);
        over(run.end("completed", 0), "completed");
        assertThat(statistics.made().approvals())
                .containsExactly(
                        new Statistics.Approvals("drop", "governance.yaml", 1, 1, 0, 0, 0, new Durations(1, 5, 5, 5)),
                        new Statistics.Approvals("kill", "governance.yaml", 1, 0, 0, 1, 0, new Durations(0, 0, 0, 0)));
    }

    @Test
    void whoseEffectIsNotKnownIsInDoubt() {
        LaidRun lost = started("a", "real").begin("a", "a", 1).send("a", 1);
        add(lost, RunGlance.State.IN_DOUBT, null);
        LaidRun decided = started("a", "real").begin("a", "a", 1).send("a", 1).later(9);
        decided.add(new RunEvent.StepInDoubt("a", 1, 0))
                .later(9)
                .add(new RunEvent.StepDecided("a", 1, "did_run", "bob", null));
        over(decided.end("completed", 0), "completed");
        add(started("a", "real").begin("a", "a", 1).send("a", 1), RunGlance.State.RUNNING, null);
        Statistics made = statistics.made();
        Statistics.OfStep step = made.steps().get(0);
        assertThat(List.of(
                        step.inDoubt(),
                        step.open(),
                        step.ended("passed"),
                        step.took().count()))
                .containsExactly(2L, 2L, 1L, 0L);
        assertThat(made.states())
                .containsEntry(RunGlance.State.IN_DOUBT, 1L)
                .containsEntry(RunGlance.State.RUNNING, 1L)
                .containsEntry(RunGlance.State.WAITING, 0L);
    }

    @Test
    void successIsWhatNeedsNobodyElse() {
        for (String outcome : List.of("resolved", "no_action", "completed", "escalated", "needs_rca", "error")) {
            over(started("a", "real").end(outcome, 0), outcome);
        }
        over(started("a", "real").end("error", 4), "error");
        Statistics made = statistics.made();
        assertThat(made.success()).isEqualTo(new Share(3, 7));
        assertThat(made.success().ratio()).hasToString("0.4285");
        assertThat(made.blocked()).isEqualTo(1);
        assertThat(made.runbooks()).extracting(Statistics.OfRunbook::blocked).containsExactly(1L);
    }

    @Test
    void whereNothingWasExecutedNothingIsCounted() {
        over(started("a", "dry-run").end("completed", 0), "completed");
        over(started("a", "replay").end("completed", 0), "completed");
        over(started("a", "replay").end("completed", 0), "completed");
        Statistics made = statistics.made();
        assertThat(made.runs()).isZero();
        assertThat(made.leftOut()).isEqualTo(Map.of("dry-run", 1L, "replay", 2L));
        assertThat(made.runbooks()).isEmpty();
    }

    @Test
    void aChainIsOneRunAndEachOfItsRunbooksHasItsOwn() {
        LaidRun run = started("first", "real").begin("a", "a", 1).later(10);
        run.complete("a", 1, StepStatus.PASSED).end("needs_rca", 0);
        String second = run.id + ".2";
        run.of(second).start("second", "real", "ann", null).later(30).end("resolved", 0);
        over(run, "resolved");
        Statistics made = statistics.made();
        assertThat(made.runs()).isEqualTo(1);
        assertThat(made.took()).isEqualTo(new Durations(1, 40, 40, 40));
        assertThat(made.success()).isEqualTo(new Share(1, 1));
        assertThat(made.runbooks())
                .extracting(each -> each.runbook() + " " + each.took().p50() + " " + each.success())
                .containsExactly("first 10 " + new Share(0, 1), "second 30 " + new Share(1, 1));
    }

    @Test
    void whatAPersonHasMadeAgainCountsAsItEndsThen() {
        LaidRun run = started("a", "real").begin("a", "a", 1).later(10).complete("a", 1, StepStatus.FAILED);
        run.end("error", 1).later(100_000).add(new RunEvent.StepRetried("a", 1, "bob", null));
        run.begin("a", "a", 2)
                .later(20)
                .complete("a", 2, StepStatus.PASSED)
                .later(1)
                .end("resolved", 0);
        over(run, "resolved");
        Statistics made = statistics.made();
        Statistics.OfStep step = made.steps().get(0);
        assertThat(List.of(step.times(), step.attempts(), step.failedAttempts(), step.ended("passed")))
                .containsExactly(1L, 2L, 1L, 1L);
        assertThat(step.ended("failed")).isZero();
        assertThat(step.took().p50()).isEqualTo(30);
        assertThat(made.runbooks().get(0).success()).isEqualTo(new Share(1, 1));
    }

    @Test
    void turnsOfALoopAreOneStep() {
        LaidRun run = started("a", "real");
        for (int turn = 1; turn <= 12; turn++) {
            String address = "tree[0].iterate#" + turn + ".steps[0]";
            run.begin(address, turn % 2 == 0 ? "" : "poll", 1).later(turn).complete(address, 1, StepStatus.PASSED);
        }
        over(run.end("completed", 0), "completed");
        assertThat(statistics.made().steps())
                .extracting(each ->
                        each.step() + " " + each.times() + " " + each.took().longest())
                .containsExactlyInAnyOrder("poll 6 11", "tree[0].iterate.steps[0] 6 12");
    }

    @Test
    void aDayThatThereIsNotTakesNoTime() {
        LaidRun run = started("a", "real").later(50).end("completed", 0);
        RunFigures figures = new RunFigures();
        run.records()
                .forEach(record -> figures.add(new Envelope(
                        record.seq(), record.time().replace("-11-", "-13-"), record.run(), null, record.event())));
        statistics.add(run.glance(RunGlance.State.OVER, "completed"), figures);
        assertThat(statistics.made().took().longest()).isZero();
    }

    /** What was made of a step, for the plain count. */
    private record Made(String key, int attempts, StepStatus status, long millis) {}

    @Test
    void agreesWithAPlainCount() {
        long seed = Long.getLong("gert.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Made> made = new ArrayList<>();
        List<Long> runs = new ArrayList<>();
        List<Long> waits = new ArrayList<>();
        Map<String, Long> outcomes = new TreeMap<>();
        int all = 60 + random.nextInt(60);
        for (int i = 0; i < all; i++) {
            LaidRun run = started("book" + random.nextInt(3), "real");
            String runbook = ((RunEvent.RunStarted) run.records().get(0).event()).runbookName();
            long took = 0;
            int steps = random.nextInt(6);
            for (int s = 0; s < steps; s++) {
                long before = random.nextInt(50);
                took += before;
                run.later(before).begin("s" + s, "s" + s, 1);
                long waited = 0;
                boolean denied = false;
                if (random.nextInt(3) == 0) {
                    waited = random.nextInt(100_000);
                    denied = random.nextInt(4) == 0;
                    run.ask("s" + s, 1, "rule" + random.nextInt(2), random.nextInt(9))
                            .later(waited);
                    waits.add(waited);
                    (denied ? run.deny("s" + s, 1) : run.grant("s" + s, 1, false)).later(0);
                }
                int attempts = denied ? 1 : 1 + random.nextInt(3);
                long work = 0;
                for (int a = 1; !denied && a <= attempts; a++) {
                    long part = random.nextInt(5_000);
                    work += part;
                    run.send("s" + s, a).later(part);
                    if (a < attempts) {
                        run.failAttempt("s" + s, a);
                    }
                }
                StepStatus status = denied
                        ? StepStatus.DENIED
                        : List.of(StepStatus.PASSED, StepStatus.FAILED, StepStatus.TIMED_OUT)
                                .get(random.nextInt(3));
                run.complete("s" + s, attempts, status);
                made.add(new Made(runbook + "/s" + s, attempts, status, work));
                took += waited + work;
            }
            if (random.nextInt(5) == 0) {
                add(run, RunGlance.State.INTERRUPTED, null);
            } else {
                String outcome = RunStatistics.OUTCOMES.get(random.nextInt(6));
                over(run.end(outcome, 0), outcome);
                outcomes.merge(outcome, 1L, Long::sum);
                runs.add(took);
            }
        }
        Statistics came = statistics.made();
        String told = "seed " + seed;
        assertThat(came.runs()).as(told).isEqualTo(all);
        assertThat(came.took()).as(told).isEqualTo(plain(runs));
        assertThat(came.approval().waits()).as(told).isEqualTo(plain(waits));
        for (Statistics.Reached each : came.outcomes()) {
            assertThat(each.runs()).as(told).isEqualTo(outcomes.getOrDefault(each.outcome(), 0L));
        }
        assertThat(came.steps().stream().mapToLong(Statistics.OfStep::times).sum())
                .as(told)
                .isEqualTo(made.size());
        for (Statistics.OfStep step : came.steps()) {
            List<Made> of = made.stream()
                    .filter(each -> each.key().equals(step.runbook() + "/" + step.step()))
                    .toList();
            List<Made> timed = of.stream()
                    .filter(each -> each.status() != StepStatus.DENIED)
                    .toList();
            assertThat(step.times()).as(told).isEqualTo(of.size());
            assertThat(step.attempts())
                    .as(told)
                    .isEqualTo(of.stream().mapToInt(Made::attempts).sum());
            assertThat(step.ended("failed"))
                    .as(told)
                    .isEqualTo(of.stream()
                            .filter(each -> each.status() == StepStatus.FAILED)
                            .count());
            assertThat(step.ended("denied")).as(told).isEqualTo(of.size() - timed.size());
            assertThat(step.took())
                    .as(told)
                    .isEqualTo(plain(timed.stream().map(Made::millis).toList()));
        }
    }

    /** By the words of the definition: the smallest value that so many per cent of all do not exceed. */
    private static Durations plain(List<Long> values) {
        return new Durations(values.size(), plain(values, 50), plain(values, 95), plain(values, 100));
    }

    private static long plain(List<Long> values, int percent) {
        long best = values.isEmpty() ? 0 : Long.MAX_VALUE;
        for (long candidate : values) {
            long within = values.stream().filter(each -> each <= candidate).count();
            best = within * 100 >= (long) percent * values.size() ? Math.min(best, candidate) : best;
        }
        return best;
    }

    private static LaidRun started(String runbook, String mode) {
        return new LaidRun("20261123T101500Z-4f21c9aa", START).start(runbook, mode, "ann", null);
    }

    private void over(LaidRun run, String outcome) {
        add(run, RunGlance.State.OVER, outcome);
    }

    private void add(LaidRun run, RunGlance.State state, @Nullable String outcome) {
        statistics.add(run.glance(state, outcome), run.figures());
    }
}

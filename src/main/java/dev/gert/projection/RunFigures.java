package dev.gert.projection;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.policy.RulePlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@link RunStatistics} counts of one run and those that it led to: a fold over the records of their folder. */
public final class RunFigures {
    final Map<String, OneRun> runs = new LinkedHashMap<>();
    final Map<String, StepFigures> steps = new LinkedHashMap<>();
    final List<Wait> waits = new ArrayList<>();
    /** Of the first record. */
    String mode = "";

    /** Microseconds from the first record to the first command or question; -1: there was none. */
    long firstStep = -1;

    private long begun = -1;
    private long now;

    /** One run of the folder; its times in microseconds since 1970. */
    static final class OneRun {
        final String runbook;
        final long started;
        long ended;
        int exitCode;
        /** Null while the run is not over. */
        @Nullable
        String outcome;

        OneRun(String runbook, long started) {
            this.runbook = runbook;
            this.started = started;
        }
    }

    /** A yes that was asked for. */
    static final class Wait {
        final RulePlace rule;
        final long since;
        long micros;
        /** {@code granted}, {@code denied} or {@code lapsed}; empty while nobody has decided. */
        String end = "";

        Wait(RulePlace rule, long since) {
            this.rule = rule;
            this.since = since;
        }

        void end(String how, long now) {
            end = how;
            micros = Math.max(0, now - since);
        }
    }

    /** Takes in one record. */
    public void add(Envelope record) {
        long at = Envelope.micros(record.time());
        now = at < 0 ? now : at;
        RunEvent event = record.event();
        if (event instanceof RunEvent.RunStarted started) {
            if (begun < 0) {
                begun = now;
                mode = started.mode();
            }
            runs.put(record.run(), new OneRun(started.runbookName(), now));
            return;
        }
        OneRun run = runs.get(record.run());
        if (run == null) {
            return;
        }
        if (event instanceof RunEvent.RunCompleted end) {
            run.outcome = end.outcome();
            run.exitCode = end.exitCode();
            run.ended = now;
        } else if (event instanceof RunEvent.StepRetried) {
            runs.values().forEach(each -> each.outcome = null);
        } else if (event instanceof RunEvent.RunResumed || event instanceof RunEvent.StepStarted) {
            run.outcome = null;
        }
        ofStep(record.run(), run.runbook, event);
    }

    private void ofStep(String run, String runbook, RunEvent event) {
        String address = event.step();
        if (address == null) {
            return;
        }
        String key = run + ' ' + address;
        if (event instanceof RunEvent.StepStarted started) {
            steps.computeIfAbsent(key, made -> new StepFigures(runbook, name(started), started.kind()))
                    .begin(started.attempt(), now);
            return;
        }
        StepFigures step = steps.get(key);
        if (step == null) {
            return;
        }
        if (firstStep < 0 && (event instanceof RunEvent.Dispatched || event instanceof RunEvent.AwaitingInput)) {
            firstStep = Math.max(0, now - begun);
        }
        if (event instanceof RunEvent.AwaitingApproval asked) {
            if (step.isWaitingFor(asked.rule())) { // a new session asks again for what was asked for before
                return;
            }
            Wait wait = new Wait(asked.rule(), now);
            waits.add(wait);
            step.wait(wait, now);
        } else {
            step.add(event, now);
        }
    }

    private static String name(RunEvent.StepStarted started) {
        return started.id().isEmpty() ? withoutTurns(started.step()) : started.id();
    }

    /** {@code tree[0].iterate#2.steps[0]} without {@code #2}. */
    static String withoutTurns(String address) {
        StringBuilder out = new StringBuilder();
        boolean number = false;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            number = c == '#' || number && c >= '0' && c <= '9';
            if (!number) {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** When the last run of the folder ended, in microseconds from the first record. */
    long took() {
        long last = begun;
        for (OneRun run : runs.values()) {
            last = run.outcome == null ? last : Math.max(last, run.ended);
        }
        return last - begun;
    }

    /** Whether governance stopped the run that ended last. */
    boolean blocked() {
        OneRun last = null;
        for (OneRun run : runs.values()) {
            last = run.outcome != null && (last == null || run.ended >= last.ended) ? run : last;
        }
        return last != null && isBlocked(last);
    }

    /** Exit code 4 of cli.md. */
    static boolean isBlocked(OneRun run) {
        return "error".equals(run.outcome) && run.exitCode == 4;
    }
}

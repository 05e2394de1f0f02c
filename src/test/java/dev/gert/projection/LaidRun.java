package dev.gert.projection;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.model.Effect;
import dev.gert.policy.Captured;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of a run that could have been, each at a time that the test says. */
public final class LaidRun {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** The run's id. */
    public final String id;

    private final List<Envelope> records = new ArrayList<>();
    private String run;
    private long now;

    /** {@code epochMillis}: when it begins. */
    public LaidRun(String id, long epochMillis) {
        this.id = id;
        this.run = id;
        this.now = epochMillis * 1000;
    }

    /** So much later. */
    public LaidRun later(long millis) {
        now += millis * 1000;
        return this;
    }

    /** The records that follow are of that run of the folder. */
    public LaidRun of(String other) {
        run = other;
        return this;
    }

    public LaidRun add(RunEvent event) {
        records.add(new Envelope(records.size(), TIME.format(instant()), run, null, event));
        return this;
    }

    /** {@code incident}: null for none. */
    public LaidRun start(String runbook, String mode, String actor, @Nullable String incident) {
        return add(new RunEvent.RunStarted(
                runbook,
                new RunEvent.FileDigest("runbooks/" + runbook + ".runbook.yaml", "ab".repeat(32)),
                List.of(new RunEvent.FileDigest("governance.yaml", "cd".repeat(32))),
                "ef".repeat(32),
                mode,
                actor,
                actor,
                "web-1",
                incident == null ? null : safe(incident),
                "0.1.0",
                null,
                "/srv/ops",
                "/srv/ops",
                null,
                null,
                List.of(),
                null,
                null,
                List.of()));
    }

    public LaidRun begin(String step, String id, int attempt) {
        return add(new RunEvent.StepStarted(step, id, "cli", safe(""), attempt));
    }

    public LaidRun ask(String step, int attempt, String rule, int line) {
        return add(new RunEvent.AwaitingApproval(step, attempt, new RulePlace(rule, "governance.yaml", line)));
    }

    public LaidRun grant(String step, int attempt, boolean more) {
        return add(new RunEvent.ApprovalGranted(step, attempt, "bob", "ssh", more, false, null));
    }

    public LaidRun deny(String step, int attempt) {
        return add(new RunEvent.ApprovalDenied(step, attempt, "bob", safe("no")));
    }

    public LaidRun block(String step, int attempt) {
        return add(new RunEvent.StepBlocked(step, attempt, safe("its approval request expired"), null));
    }

    public LaidRun send(String step, int attempt) {
        return add(new RunEvent.Dispatched(step, attempt, Effect.MUTATE, "23".repeat(16), 0));
    }

    public LaidRun failAttempt(String step, int attempt) {
        return add(new RunEvent.AttemptFailed(step, attempt, safe("it failed"), true));
    }

    public LaidRun complete(String step, int attempt, StepStatus status) {
        return add(new RunEvent.StepCompleted(step, attempt, status, null, Map.of(), null, 0));
    }

    public LaidRun end(String outcome, int exitCode) {
        return add(new RunEvent.RunCompleted(outcome, exitCode, null));
    }

    public List<Envelope> records() {
        return records;
    }

    static SafeText safe(String text) {
        return Captured.recorded(text, false).shown();
    }

    private Instant instant() {
        return Instant.ofEpochSecond(now / 1_000_000, now % 1_000_000 * 1000);
    }

    /** What a line of {@code gert runs} says of it. */
    public RunGlance glance(RunGlance.State state, @Nullable String outcome) {
        Envelope first = records.get(0);
        RunEvent.RunStarted started = (RunEvent.RunStarted) first.event();
        return new RunGlance(
                id,
                started.runbookName(),
                started.runbook().file(),
                started.actor(),
                null,
                first.time(),
                records.get(records.size() - 1).time(),
                state,
                outcome,
                "",
                0,
                "");
    }

    /** All records folded. */
    public RunFigures figures() {
        RunFigures figures = new RunFigures();
        records.forEach(figures::add);
        return figures;
    }
}

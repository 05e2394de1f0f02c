package dev.gert.journal;

import dev.gert.engine.port.Clock;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.json.JsonValue;
import dev.gert.model.Effect;
import dev.gert.policy.Captured;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run's events as they could have been, and a clock that ticks when it is asked. */
final class Samples {
    static final String RUN = "20261123T101500Z-4f21c9aa";
    static final String SPAN = "00f067aa0ba902b7";

    private Samples() {}

    /** A millisecond and a microsecond later each time. */
    static Clock clock() {
        long[] micros = {1_795_428_900_000_000L};
        return new Clock() {
            @Override
            public long epochMicros() {
                micros[0] += 1001;
                return micros[0];
            }

            @Override
            public long nanos() {
                return epochMicros() * 1000;
            }

            @Override
            public void sleep(long millis, java.util.function.BooleanSupplier cut) {}
        };
    }

    static RunEvent.RunStarted started() {
        return new RunEvent.RunStarted(
                "host-triage",
                new RunEvent.FileDigest("runbooks/host-triage.runbook.yaml", "ab".repeat(32)),
                List.of(new RunEvent.FileDigest("governance.yaml", "cd".repeat(32))),
                "ef".repeat(32),
                "real",
                "alice",
                "alice",
                "web-1",
                safe("ICM 749270451"),
                "0.1.0",
                null,
                "/home/alice/tsg",
                "/home/alice/tsg/runbooks",
                "2026-11-23T06:15:00Z",
                "2026-11-23T10:15:00Z",
                List.of(new RunEvent.FileDigest("runbooks/next.runbook.yaml", "ab".repeat(32))),
                null,
                null,
                List.of(safe("GITHUB_RUN_ID=7")));
    }

    /** One of every kind that this version makes, the first one first and the last one last. */
    static List<RunEvent> oneOfEach() {
        RulePlace rule = new RulePlace("read_commands \"df *\"", "governance.yaml", 7);
        Map<String, Captured> values = new LinkedHashMap<>();
        values.put("used", Captured.recorded("91", false));
        values.put("token", Captured.recorded("***", true));
        values.put("odd", Captured.recorded("line\n\u2028\"\\ \uD83D\uDE80 \u001b[31m", false));
        return List.of(
                started(),
                new RunEvent.InputsResolved(values, Map.of("used", "default")),
                new RunEvent.StepStarted("disk", "disk", "cli", safe("How full is the disk?"), 1),
                new RunEvent.PolicyDecided(
                        "disk",
                        1,
                        new RunEvent.CommandView(
                                List.of(safe("df"), safe("-P"), redacted("--token=***")),
                                safe("/usr/bin/df"),
                                safe("/usr/bin/df"),
                                "01".repeat(32),
                                safe("/home/alice/tsg"),
                                List.of("LC_ALL"),
                                Effect.READ,
                                60_000,
                                true,
                                "kube:drain"),
                        "allow",
                        rule),
                new RunEvent.AwaitingApproval("disk", 1, rule),
                new RunEvent.ApprovalGranted("disk", 1, "alice", "acknowledge"),
                new RunEvent.ApprovalUsed("disk", 1, "ab12"),
                new RunEvent.Dispatched("disk", 1, Effect.READ, "23".repeat(16), 4711),
                new RunEvent.OutputCaptured(
                        "disk", 1, new RunEvent.OutputFile("output/001-disk.out", 212, "45".repeat(32), true), null),
                new RunEvent.StepCompleted("disk", 1, StepStatus.PASSED, 0, values, null, 12_345),
                new RunEvent.BranchTaken("disk.branches[0]", "disk", safe("Full"), safe("used > \"90\""), values),
                new RunEvent.BranchSkipped(
                        "disk.branches[1]", "disk", safe("Not full"), safe("used <= \"90\""), Map.of(), true),
                new RunEvent.StepStarted("disk.branches[0].steps[0]", "look", "manual", safe("Look"), 1),
                new RunEvent.AwaitingInput("disk.branches[0].steps[0]", 1, safe("Look at the dashboard")),
                new RunEvent.RunPaused("disk.branches[0].steps[0]", "input"),
                new RunEvent.RunResumed("bob", "web-2", 17, null),
                new RunEvent.StepCompleted("disk.branches[0].steps[0]", 1, StepStatus.PASSED, null, Map.of(), null, 9),
                new RunEvent.StepStarted("clean", "clean", "cli", redacted("***"), 1),
                new RunEvent.Dispatched("clean", 1, Effect.MUTATE, "67".repeat(16), 0),
                new RunEvent.RunInterrupted("INT"),
                new RunEvent.AttemptFailed("clean", 1, safe("it was interrupted"), false),
                new RunEvent.StepInDoubt("clean", 1, 4712),
                new RunEvent.StepDecided("clean", 1, "did_not_run", "alice", safe("the log is empty")),
                new RunEvent.StepBlocked("clean", 2, safe("denied"), null),
                new RunEvent.ApprovalDenied("clean", 2, "bob", safe("not now")),
                new RunEvent.Warning(safe("a warning"), null),
                new RunEvent.Warning(
                        safe("it lives on"), null, new RunEvent.LeakedProcess("clean", 2, 4713, redacted("sleep ***"))),
                new RunEvent.Unrecognised("moon_rose", new JsonValue.MapValue(Map.of("phase", JsonValue.number(3)))),
                new RunEvent.OutcomeReached(
                        "clean", 0, "escalated", safe("Escalated"), safe("Call storage"), safe(""), values),
                new RunEvent.RunCompleted("escalated", 0, null),
                new RunEvent.Notified("waiting", safe("command /usr/bin/mail"), "ab".repeat(32), null),
                new RunEvent.Notified("outcome", safe("webhook chat.example"), null, safe("it answered 500")),
                new RunEvent.RunSealed(
                        "SHA256:abc", "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"));
    }

    /** Writes the events into a new folder's journal and closes it. */
    static Path write(Path folder, List<RunEvent> events) throws IOException {
        try (FileJournal journal = FileJournal.create(folder, clock())) {
            for (RunEvent event : events) {
                journal.append(RUN, event.step() == null ? null : SPAN, event);
            }
        }
        return folder.resolve(FileJournal.NAME);
    }

    static SafeText safe(String text) {
        return Captured.recorded(text, false).shown();
    }

    static SafeText redacted(String text) {
        return Captured.recorded(text, true).shown();
    }
}

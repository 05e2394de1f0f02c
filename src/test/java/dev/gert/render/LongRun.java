package dev.gert.render;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.model.Effect;
import dev.gert.policy.Captured;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import dev.gert.projection.RunReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The report of a run of many steps: one waits for approval, one is tried twice, one fails, an arm is not taken. */
public final class LongRun {
    private static final String RUN = "20261123T101500Z-4f21c9aa";
    private static final RulePlace RULE = new RulePlace("require_approval_for \"Kill-Process\"", "governance.yaml", 7);

    private final RunReport report = new RunReport();
    private long seq;
    private long micros = 1_795_428_900_000_000L;

    private LongRun() {}

    /** The whole page. */
    public static String page(int steps) throws IOException {
        LongRun run = new LongRun();
        run.began();
        for (int i = 1; i <= steps; i++) {
            run.step(i);
        }
        run.record(new RunEvent.OutcomeReached(
                "step" + steps,
                0,
                "escalated",
                safe("Gateways of two clusters"),
                safe("Hand it over to networking"),
                safe(""),
                Map.of()));
        run.record(new RunEvent.RunCompleted("escalated", 0, null));
        StringBuilder page = new StringBuilder();
        ReportHtml.page(run.report, new ReportExtras(Map.of(), "5e".repeat(32), null), page);
        return page.toString();
    }

    private void began() {
        record(new RunEvent.RunStarted(
                "login-success-rate-below-target",
                new RunEvent.FileDigest("TSG/login.runbook.yaml", "ab".repeat(32)),
                List.of(new RunEvent.FileDigest("governance.yaml", "cd".repeat(32))),
                "ef".repeat(32),
                "real",
                "oncall",
                "oncall",
                "ops-1",
                safe("749270451"),
                "1.0",
                null,
                "/srv/tsg",
                "/srv/tsg",
                null,
                null,
                List.of(),
                null,
                null,
                List.of()));
    }

    private void step(int i) {
        String id = "step" + i;
        record(new RunEvent.StepStarted(id, id, "cli", safe("What step " + i + " is there to find out"), 1));
        RunEvent.CommandView command = new RunEvent.CommandView(
                List.of(safe("probe"), safe("--cluster"), safe("tr" + i)),
                null,
                safe("/usr/bin/probe"),
                "12".repeat(32),
                safe("/srv/tsg"),
                List.of(),
                Effect.READ,
                60_000,
                false,
                null);
        record(new RunEvent.PolicyDecided(id, 1, command, i % 10 == 5 ? "approve" : "allow", RULE));
        if (i % 10 == 5) {
            record(new RunEvent.AwaitingApproval(id, 1, RULE));
            micros += 20_000_000;
            record(new RunEvent.ApprovalGranted(id, 1, "lead", "ssh"));
        }
        record(new RunEvent.Dispatched(id, 1, Effect.READ, "token", 7));
        micros += 1_500_000 + i % 7 * 900_000;
        int attempt = 1;
        if (i % 10 == 7) {
            record(new RunEvent.AttemptFailed(id, 1, safe("exit code 1"), true));
            micros += 2_000_000;
            attempt = 2;
            record(new RunEvent.Dispatched(id, 2, Effect.READ, "token", 8));
            micros += 1_000_000;
        }
        StepStatus status = i % 10 == 9 ? StepStatus.FAILED : StepStatus.PASSED;
        record(new RunEvent.StepCompleted(
                id,
                attempt,
                status,
                status == StepStatus.PASSED ? 0 : 3,
                Map.of("rows", Captured.recorded(String.valueOf(i), false)),
                status == StepStatus.PASSED ? null : safe("exit code 3"),
                1_500_000));
        if (i % 10 == 3) {
            record(new RunEvent.BranchSkipped(
                    id + ".branches[0]",
                    id,
                    safe("Single gateway node affected"),
                    safe("rows == \"1\""),
                    Map.of("rows", Captured.recorded(String.valueOf(i), false)),
                    false));
        }
    }

    private void record(RunEvent event) {
        micros += 3_000;
        report.add(new Envelope(seq++, time(), RUN, "00f067aa0ba902b7", event));
    }

    private String time() {
        java.time.Instant at = java.time.Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
        return java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
                .withZone(java.time.ZoneOffset.UTC)
                .format(at);
    }

    private static SafeText safe(String text) {
        return Captured.recorded(text, false).shown();
    }
}

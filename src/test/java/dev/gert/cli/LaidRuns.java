package dev.gert.cli;

import dev.gert.engine.port.Clock;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.journal.FileJournal;
import dev.gert.projection.LaidRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Journals under a reports folder as runs could have left them: nothing is executed. */
final class LaidRuns {
    private final Path runs;

    LaidRuns(Path reports) {
        this.runs = reports.resolve("runs");
    }

    /** A run that begins at {@code time}, RFC 3339 to the second; {@code last}: the last digits of its id. */
    static LaidRun at(String time, int last) {
        String compact = time.replace("-", "").replace(":", "");
        String hex = Integer.toHexString(last);
        String id = compact + "-4f21c9aa".substring(0, 9 - hex.length()) + hex;
        return new LaidRun(id, Instant.parse(time).toEpochMilli());
    }

    /** Writes its journal. */
    void lay(LaidRun run) throws IOException {
        long[] micros = {0};
        Clock clock = new Clock() {
            @Override
            public long epochMicros() {
                return micros[0];
            }

            @Override
            public long nanos() {
                return micros[0] * 1000;
            }

            @Override
            public void sleep(long millis, BooleanSupplier cut) {}
        };
        try (FileJournal journal = FileJournal.create(runs.resolve(run.id), clock)) {
            for (Envelope record : run.records()) {
                Instant time = Instant.parse(record.time());
                micros[0] = time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
                journal.append(record.run(), record.span(), record.event());
            }
        }
    }

    /** What a team could leave in a week: a runbook that asks before it restarts something, and one that may lead to another. */
    void week() throws IOException {
        Random random = new Random(20);
        for (int i = 0; i < 24; i++) {
            String time = "2026-11-" + (16 + i % 7) + "T0" + i % 10 + ":15:0" + i % 6 + "Z";
            lay(restart(at(time, i), i, random));
        }
        for (int i = 0; i < 12; i++) {
            String time = "2026-11-" + (16 + i % 7) + "T1" + i % 10 + ":40:0" + i % 6 + "Z";
            lay(disk(at(time, 100 + i), i, random));
        }
    }

    private static LaidRun restart(LaidRun run, int i, Random random) {
        run.start("restart-gateway", "real", i % 3 == 0 ? "ann" : "bob", "ICM-" + (749 + i / 4));
        step(run.later(40), "check", 1_800 + random.nextInt(2_500), StepStatus.PASSED);
        int drain = i % 6 == 0 ? 2 : 1;
        run.begin("drain", "drain", 1).send("drain", 1);
        if (drain == 2) {
            run.later(60_000).failAttempt("drain", 1).later(5_000).send("drain", 2);
        }
        run.later(20_000 + random.nextInt(40_000)).complete("drain", drain, StepStatus.PASSED);
        run.later(3).begin("restart", "restart", 1).ask("restart", 1, "require_approval_for \"restart *\"", 12);
        if (i == 23) {
            return run.add(new RunEvent.RunPaused("restart", "approval"));
        }
        run.later(30_000 + (long) random.nextInt(600) * (i % 8 == 0 ? 9_000 : 500));
        if (i == 5) {
            return run.deny("restart", 1)
                    .complete("restart", 1, StepStatus.DENIED)
                    .end("error", 4);
        }
        run.grant("restart", 1, false).send("restart", 1);
        if (i == 11) {
            return run;
        }
        run.later(7_000 + random.nextInt(3_000)).complete("restart", 1, StepStatus.PASSED);
        boolean failed = i % 9 == 4;
        step(run.later(2), "verify", 900 + random.nextInt(400), failed ? StepStatus.FAILED : StepStatus.PASSED);
        return run.later(1).end(failed ? "error" : i % 7 == 3 ? "needs_rca" : "resolved", failed ? 1 : 0);
    }

    private static LaidRun disk(LaidRun run, int i, Random random) {
        run.start("disk-space", "real", "ann", null);
        step(run.later(35), "measure", 40 + random.nextInt(30), StepStatus.PASSED);
        if (i % 3 == 0) {
            return run.later(1).end("no_action", 0);
        }
        step(run.later(2), "clean", 2_000 + random.nextInt(9_000), StepStatus.PASSED);
        if (i % 4 != 1) {
            return run.later(1).end("resolved", 0);
        }
        run.later(1).end("escalated", 0);
        run.of(run.id + ".2")
                .later(30)
                .start("call-storage", "real", "ann", null)
                .begin("call", "call", 1);
        run.later(120_000 + random.nextInt(400_000)).complete("call", 1, StepStatus.PASSED);
        return run.later(1).end("escalated", 0);
    }

    private static void step(LaidRun run, String id, long millis, StepStatus status) {
        run.begin(id, id, 1).send(id, 1).later(millis).complete(id, 1, status);
    }
}

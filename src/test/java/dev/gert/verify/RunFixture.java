package dev.gert.verify;

import dev.gert.approval.SignedDecision;
import dev.gert.approval.SigningTestKey;
import dev.gert.engine.port.Clock;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.journal.FileJournal;
import dev.gert.model.Effect;
import dev.gert.policy.Captured;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import dev.gert.source.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run's folder with one of everything that a record can name: two runs, approvals, an attachment, a seal. */
final class RunFixture {
    static final SigningTestKey BOB = SigningTestKey.fresh();
    static final SigningTestKey CAROL = SigningTestKey.fresh();

    final Path folder;
    final String run;
    private final List<String> runs = new ArrayList<>();
    private final List<RunEvent> events = new ArrayList<>();

    RunFixture(Path folder) {
        this.folder = folder;
        this.run = String.valueOf(folder.getFileName());
    }

    /** Its approval is by {@code signer}, its roster names {@code BOB}; {@code null} seals nothing. */
    static RunFixture write(Path folder, SigningTestKey signer, @Nullable SigningTestKey sealer) throws IOException {
        RunFixture made = new RunFixture(folder);
        made.compose(signer);
        made.journal(sealer);
        return made;
    }

    private void compose(SigningTestKey signer) throws IOException {
        String roster = "apiVersion: roster/v0\npeople:\n  - person: bob\n    keys: [{ssh: \"" + BOB.line()
                + "\", valid_after: 2026-01-01T00:00:00Z}]\n    roles: [lead]\n";
        String runbook = "apiVersion: runbook/v0\n";
        file("pinned/" + Sha256.hex(roster) + ".yaml", roster);
        file("pinned/" + Sha256.hex(runbook) + ".yaml", runbook);
        RulePlace rule = new RulePlace("require_approval_for \"df\"", "governance.yaml", 3);
        String request = "{\"roster_sha256\": \"" + Sha256.hex(roster) + "\"}\n";
        String asked = Sha256.hex("gert/approval-request/v1\n" + request);
        String old = "{\"roster_sha256\": null}\n";
        String before = Sha256.hex("gert/approval-request/v1\n" + old);
        file("approvals/disk-1.request.json", request);
        file("approvals/disk-1." + before.substring(0, 8) + ".old.json", old);
        String said = new SignedDecision.Said(asked, true, "bob", "it is \"full\"", "2026-11-23T10:15:00Z").text();
        String decision = new SignedDecision(said, signer.armored(said, SignedDecision.NAMESPACE), null).render();
        file("approvals/disk-1.1.decision.json", decision);
        file("output/001-disk.out", "91\n");
        file("output/001-disk.err", "a warning\n");
        file("attachments/001-look-photo.png", "not a photo");
        add(run, started(runbook, roster));
        add(run, new RunEvent.InputsResolved(Map.of("host", Captured.recorded("web-1", false)), Map.of()));
        add(run, new RunEvent.StepStarted("disk", "disk", "cli", safe("How full?"), 1));
        add(run, waiting(rule, before));
        add(run, waiting(rule, asked));
        RunEvent.FileDigest kept = new RunEvent.FileDigest("approvals/disk-1.1.decision.json", Sha256.hex(decision));
        RunEvent.Ballot ballot = new RunEvent.Ballot(asked, kept, signer.fingerprint(), safe("it is \"full\""));
        add(run, new RunEvent.ApprovalGranted("disk", 1, "bob", "ssh", false, false, ballot));
        add(run, new RunEvent.ApprovalUsed("disk", 1, asked));
        add(run, new RunEvent.Dispatched("disk", 1, Effect.READ, "23".repeat(16), 4711));
        add(run, new RunEvent.OutputCaptured("disk", 1, output("output/001-disk.out"), output("output/001-disk.err")));
        add(run, new RunEvent.StepCompleted("disk", 1, StepStatus.PASSED, 0, Map.of(), null, 12_345));
        add(run, new RunEvent.RunLinked("disk", 1, "chain", run + ".2", "next.runbook.yaml", Map.of()));
        add(run, new RunEvent.RunCompleted("completed", 0, null));
        add(run + ".2", started(runbook, roster));
        add(run + ".2", new RunEvent.StepStarted("look", "look", "manual", safe("Look"), 1));
        RunEvent.OutputFile photo = output("attachments/001-look-photo.png");
        add(run + ".2", evidence(photo));
        add(run + ".2", new RunEvent.StepCompleted("look", 1, StepStatus.PASSED, null, Map.of(), null, 9));
        add(run + ".2", new RunEvent.RunCompleted("resolved", 0, null));
    }

    private static RunEvent.EvidenceCollected evidence(RunEvent.OutputFile photo) {
        return new RunEvent.EvidenceCollected("look", 1, "photo", "attachment", null, List.of(), photo, "person");
    }

    private static RunEvent.AwaitingApproval waiting(RulePlace rule, String request) {
        RunEvent.RequestFile file =
                new RunEvent.RequestFile("approvals/disk-1.request.json", request, "2026-11-23T10:45:00Z");
        return new RunEvent.AwaitingApproval("disk", 1, rule, List.of(), file);
    }

    private static RunEvent.RunStarted started(String runbook, String roster) {
        return new RunEvent.RunStarted(
                "triage",
                new RunEvent.FileDigest("triage.runbook.yaml", Sha256.hex(runbook)),
                List.of(),
                "ef".repeat(32),
                "real",
                "alice",
                "alice",
                "web-1",
                null,
                "0.1.0",
                null,
                "/tsg",
                "/tsg",
                null,
                null,
                List.of(),
                new RunEvent.FileDigest("roster.yaml", Sha256.hex(roster)),
                null,
                List.of());
    }

    private void journal(@Nullable SigningTestKey sealer) throws IOException {
        try (FileJournal journal = FileJournal.create(folder.resolveSibling(run + ".new"), clock())) {
            for (int i = 0; i < events.size(); i++) {
                journal.append(runs.get(i), null, events.get(i));
            }
            if (sealer != null) {
                journal.append(run, null, seal(sealer, journal.head()));
            }
            evidence(journal.head());
        }
        Files.move(folder.resolveSibling(run + ".new").resolve(FileJournal.NAME), journal());
    }

    static RunEvent.RunSealed seal(SigningTestKey key, String head) {
        return new RunEvent.RunSealed(key.fingerprint(), key.armored(head + "\n", RunEvent.RunSealed.NAMESPACE));
    }

    void evidence(String head) throws IOException {
        file("evidence.json", "{\n  \"journal\": {\n    \"last_hash\": \"" + head + "\"\n  }\n}\n");
    }

    Path journal() {
        return folder.resolve(FileJournal.NAME);
    }

    private void add(String of, RunEvent event) {
        runs.add(of);
        events.add(event);
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private RunEvent.OutputFile output(String name) throws IOException {
        String text = Files.readString(folder.resolve(name));
        return new RunEvent.OutputFile(name, text.getBytes(StandardCharsets.UTF_8).length, Sha256.hex(text), false);
    }

    private static SafeText safe(String text) {
        return Captured.recorded(text, false).shown();
    }

    private static Clock clock() {
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
}

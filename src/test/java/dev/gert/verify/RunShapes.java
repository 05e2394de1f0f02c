package dev.gert.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.cli.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Real runs of several shapes, made once by gert: what the mutations begin with. */
final class RunShapes {
    private final Path folder;
    private final Map<String, Path> runs = new LinkedHashMap<>();

    /** {@code folder}: an empty one, absolute and real. */
    RunShapes(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Files.createDirectory(folder.resolve(".git"));
        key("bob", "ed25519");
        key("ann", "ecdsa");
        file("governance.yaml", """
                apiVersion: governance/v0
                default: allow
                require_approval_for: [{pattern: "touch *", min_approvers: 2, roles: [lead]}]
                approvals: {roster: roster.yaml, methods: [ssh]}
                """);
        file("roster.yaml", """
                apiVersion: roster/v0
                people:
                  - {person: bob, keys: [{ssh: "BOB", valid_after: 2020-01-01T00:00:00Z}], roles: [lead]}
                  # on call
                  - person: ann
                    keys:
                      - ssh: ANN
                        valid_before: 2090-01-01T00:00:00Z
                    roles: [lead]
                """.replace("BOB", publicKey("bob")).replace("ANN", publicKey("ann")));
        file("last.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: last}
                steps:
                  - {id: end, type: cli, with: {argv: [echo, done]}, outcomes: [{state: resolved, label: done}]}
                """);
        file("chain.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: chain}
                steps:
                  - {id: within, type: invoke, invoke: {runbook: last.runbook.yaml}}
                  - {id: list, type: cli, with: {argv: [ls, governance.yaml, not-there]}, exit_codes: any}
                  - {id: on, type: cli, with: {argv: [echo, on]},
                     outcomes: [{state: needs_rca, next_runbook: {file: last.runbook.yaml}}]}
                """);
        file("manual.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: manual}
                steps:
                  - id: look
                    type: manual
                    instructions: look
                    required_evidence: [{kind: text, name: seen}, {kind: attachment, name: shot}]
                  - {id: say, type: cli, with: {argv: [echo, "ünï \\u00e9"]}}
                """);
        file("answers.yaml", """
                evidence:
                  look:
                    seen: {kind: text, value: all well}
                    shot: {kind: attachment, path: shot.txt}
                """);
        file("shot.txt", "a picture\n");
        file("touch.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: touch}
                steps:
                  - {id: change, type: cli, with: {argv: [touch, changed]}, approvals: {min: 2, roles: [lead]}}
                """);
        file("signers", "bob namespaces=\"gert-run-v1\" " + publicKey("bob") + "\n");
        gert(0, "plain", "run last.runbook.yaml");
        gert(0, "chain", "run chain.runbook.yaml --incident I1");
        gert(0, "manual", "run manual.runbook.yaml --answers answers.yaml");
        gert(8, "unfinished", "run manual.runbook.yaml");
        gert(8, "waiting", "run touch.runbook.yaml");
        gert(8, "approved", "run touch.runbook.yaml");
        String id = runs.get("approved").getFileName().toString();
        gert(0, "", "approve " + id + " --step change --sign bob --reason yes");
        gert(0, "", "approve " + id + " --step change --sign ann --reason yes");
        gert(0, "", "resume " + id);
        gert(8, "denied", "run touch.runbook.yaml");
        id = runs.get("denied").getFileName().toString();
        gert(0, "", "deny " + id + " --step change --sign ann --reason no");
        gert(4, "", "resume " + id);
        gert(0, "sealed", "run chain.runbook.yaml --sign bob");
        gert(8, "pinned", "run touch.runbook.yaml");
        id = runs.get("pinned").getFileName().toString();
        gert(0, "", "approve " + id + " --step change --sign bob --reason yes");
        gert(0, "", "approve " + id + " --step change --sign ann --reason yes");
        gert(0, "", "resume " + id + " --sign ann");
        pin(runs.get("pinned"), "touch.runbook.yaml", "roster.yaml");
    }

    /** The runs' folders, by what is special about them. */
    Map<String, Path> runs() {
        return runs;
    }

    Path signers() {
        return folder.resolve("signers");
    }

    /** The texts that governed a run, beside it. */
    private void pin(Path run, String... names) throws IOException {
        Path pinned = run.resolve("pinned");
        Files.createDirectories(pinned);
        for (String name : names) {
            byte[] text = Files.readAllBytes(folder.resolve(name));
            Files.write(pinned.resolve(Mutations.sha256(text, text.length) + ".yaml"), text);
        }
    }

    private void gert(int exitCode, String shape, String line) throws IOException {
        List<Path> before = folders();
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        InProcess.Said said = InProcess.gert(words, folder, Map.of("LANG", "C.UTF-8", "PATH", "/usr/bin:/bin"));
        assertThat(said.exitCode())
                .as("gert %s%n%s%n%s", line, said.out(), said.err())
                .isEqualTo(exitCode);
        if (!shape.isEmpty()) {
            List<Path> after = folders();
            after.removeAll(before);
            runs.put(shape, after.get(0));
        }
    }

    private List<Path> folders() throws IOException {
        Path all = folder.resolve("reports/runs");
        if (!Files.isDirectory(all)) {
            return new ArrayList<>();
        }
        try (Stream<Path> found = Files.list(all)) {
            return new ArrayList<>(found.toList());
        }
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void key(String name, String type) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("ssh-keygen", "-q", "-t", type, "-N", "", "-C", name, "-f", name)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private String publicKey(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".pub")).strip();
    }
}

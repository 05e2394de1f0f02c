package dev.gert.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.terminal.TerminalFacts;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code messages.yaml}: what {@code gert approve} and {@code gert deny} say to whoever uses them, and their
 * exit codes. With {@code -Dgert.update=true} a file that differs is written anew, and the test fails all the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApproveMessagesTest {
    private static final Path FILE = Path.of("src/test/cases/approval/messages.yaml");

    private Path folder = Path.of("");
    private String waiting = "";
    private String several = "";
    private String ended = "";

    @BeforeAll
    void runs(@TempDir Path temporary) throws Exception {
        folder = temporary.toRealPath();
        Path program = Files.createDirectory(folder.resolve("bin")).resolve("change");
        Files.writeString(program, "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String key : List.of("lee", "me", "stranger", "eve")) {
            keygen("-q", "-t", "ed25519", "-N", "", "-C", key, "-f", key);
        }
        Files.copy(folder.resolve("lee"), folder.resolve("alone"));
        String me = System.getProperty("user.name");
        write(
                "roster.yaml",
                "apiVersion: roster/v0\npeople:\n  - {person: lee, os_users: [lee], roles: [lead], keys: [{ssh: \""
                        + key("lee") + "\"}]}\n  - {person: kim, os_users: [\"" + me
                        + "\"], roles: [lead], keys: [{ssh: \""
                        + key("me") + "\"}]}\n");
        write(
                "governance.yaml",
                "apiVersion: governance/v0\nallow_commands: [\"*\"]\nrequire_approval_for:\n"
                        + "  - {pattern: change *, min_approvers: 1, roles: [lead]}\n"
                        + "approvals: {acknowledge: false, roster: roster.yaml}\n");
        String step = "{id: %s, type: cli, title: T, approvals: {min: 1, roles: [lead]}, with: {argv: [change%s]}}";
        write(
                "one.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: one}\nsteps:\n  - " + step.formatted("restart", ", a") + "\n");
        write(
                "both.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: both}\ntree:\n"
                        + "  - parallel: {branches: [{label: l, steps: [{step: " + step.formatted("left", ", a")
                        + "}]}, {label: r, steps: [{step: " + step.formatted("right", ", b") + "}]}]}\n");
        write(
                "none.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: none}\nsteps:\n"
                        + "  - {id: look, type: cli, title: T, with: {argv: [\"true\"]}}\n");
        waiting = run("one.runbook.yaml", 8);
        several = run("both.runbook.yaml", 8);
        ended = run("none.runbook.yaml", 0);
        Path request = request(waiting);
        Files.copy(request, folder.resolve("r.json"));
        String text = Files.readString(request);
        String expires = text.substring(text.indexOf("\"expires\": \"") + 12).split("\"")[0];
        String created = text.substring(text.indexOf("\"created\": \"") + 12).split("\"")[0];
        write("expired.json", text.replace(expires, "2020-01-01T00:00:00Z"));
        write("never.json", text.replace(expires, "soon"));
        write("unborn.json", text.replace(created, ""));
        write("other.json", text.replace("\"attempt\": 1", "\"attempt\": 2"));
        write("cut.json", text.substring(0, 100));
        write("other-type.json", text.replace("approval-request/v1", "approval-request/v2"));
        write("junk", "junk\n");
        write("empty", "");
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
        Files.write(folder.resolve("huge"), new byte[9 << 20]);
        write("bad.pub", "ssh-ed25519 nonsense\n");
        said("approve --request r.json --sign lee --step restart", "yes.json");
        said("deny --request r.json --sign lee --step restart", "no.json");
        said("approve --request other.json --sign lee --step restart", "elsewhere.json");
        write(
                "changed.json",
                Files.readString(folder.resolve("yes.json"))
                        .replace("\\\"reason\\\":\\\"\\\"", "\\\"reason\\\":\\\"x\\\""));
        write("unsigned.json", "{\"schema\":\"gert.decision/v1\",\"decision\":\"{}\",\"signature\":null}");
        write("brackets", "[".repeat(100_000));
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of(FILE.toString(), Files.readString(FILE)), 0, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        List<String> wrong = new ArrayList<>();
        StringBuilder written = new StringBuilder("# In order. Lines that show the request are left out.\n");
        for (YamlNode item : ((YamlNode.Sequence) requireNonNull(root)).items()) {
            YamlNode.Mapping one = (YamlNode.Mapping) item;
            InProcess.Said said = gert(requireNonNull(text(one, "gert")));
            String all = shown(said.out() + said.err());
            String expected = requireNonNull(text(one, "says")).strip();
            boolean same = String.valueOf(said.exitCode()).equals(text(one, "exit"))
                    && all.strip().equals(expected);
            String row = "- gert: " + text(one, "gert") + "\n  exit: " + said.exitCode() + "\n  says: |\n    "
                    + all.strip().replace("\n", "\n    ") + "\n";
            written.append(row);
            if (!same) {
                wrong.add(row);
            }
        }
        if (!wrong.isEmpty() && Boolean.getBoolean("gert.update")) {
            Files.writeString(FILE, written);
        }
        assertThat(String.join("", wrong)).isEmpty();
    }

    private String shown(String text) {
        return text.replace(folder.toString(), "FOLDER")
                .replace(waiting, "WAITING")
                .replace(several, "OTHER")
                .replace(ended, "ENDED")
                .replace(fingerprint("stranger"), "SHA256:STRANGER")
                .lines()
                .filter(line -> !line.startsWith("    "))
                .reduce("", (one, two) -> one + two + "\n");
    }

    private String fingerprint(String key) {
        try {
            return ((dev.gert.policy.SshKey.Reading.Good) dev.gert.policy.SshKey.ofLine(key(key)))
                    .key()
                    .fingerprint();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String text(YamlNode.Mapping map, String key) {
        return map.get(key) instanceof YamlNode.Scalar scalar ? scalar.text() : null;
    }

    private void said(String words, String file) throws IOException {
        InProcess.Said said = gert(words);
        assertThat(said.exitCode()).as(said.err()).isZero();
        write(file, said.out());
    }

    private InProcess.Said gert(String words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> env = Map.of("LANG", "C.UTF-8", "PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        TerminalFacts facts = TerminalFacts.of(null, null, null, env);
        Io io = new Io(new ByteArrayInputStream(new byte[0]), out, err, env, folder, facts);
        String line =
                words.replace("WAITING", waiting).replace("OTHER", several).replace("ENDED", ended);
        int exit = Cli.run(line.split(" "), io);
        io.flush();
        return new InProcess.Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private String run(String runbook, int exit) throws IOException {
        List<String> before = ids();
        InProcess.Said said = gert("run " + runbook);
        assertThat(said.exitCode()).as(said.err()).isEqualTo(exit);
        List<String> after = ids();
        after.removeAll(before);
        return after.get(0);
    }

    private List<String> ids() throws IOException {
        Path runs = folder.resolve("reports/runs");
        if (!Files.isDirectory(runs)) {
            return new ArrayList<>();
        }
        try (Stream<Path> all = Files.list(runs)) {
            return new ArrayList<>(all.filter(Files::isDirectory)
                    .filter(each -> !Files.isSymbolicLink(each))
                    .map(each -> each.getFileName().toString())
                    .sorted(Comparator.naturalOrder())
                    .toList());
        }
    }

    private Path request(String run) throws IOException {
        try (Stream<Path> files =
                Files.list(folder.resolve("reports/runs").resolve(run).resolve("approvals"))) {
            return files.filter(file -> file.toString().endsWith(".request.json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private String key(String name) throws IOException {
        String[] words = Files.readString(folder.resolve(name + ".pub")).split(" ");
        return words[0] + " " + words[1];
    }

    private void keygen(String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("ssh-keygen"));
        line.addAll(List.of(words));
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }
}

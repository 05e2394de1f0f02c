package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.journal.FileJournal;
import dev.gert.runtime.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code gert status} and {@code gert handover}: what a run waits for, who can unblock it, and the next command, which is run. */
class StatusTest {
    /**
     * @param policy after its head
     * @param steps of the runbook
     * @param exit of the run
     * @param says all of it stands in the status
     * @param next what is left of the command lines that it names without the run's id
     */
    record Case(String name, String policy, String steps, int exit, List<String> says, List<String> next) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        String say = "  - {id: a, type: cli, with: {argv: [bin/say, a]}}\n";
        return Stream.of(
                new Case(
                        "an approval",
                        "require_approval_for: [{pattern: \"say b\", min_approvers: 1, roles: [dba]}]\napprovals: {roster: roster.yaml}\n",
                        say + "  - {id: b, type: cli, with: {argv: [bin/say, b]}, approvals: {min: 1, roles: [dba]}}\n",
                        8,
                        List.of(
                                "steps     1 passed, 1 awaiting approval",
                                "last      a passed at",
                                "waits     b: the yes of one of dba",
                                "\"bin/say\",\"b\"]",
                                "who       ann (dba)"),
                        List.of("approve ID --step b", "resume ID")),
                new Case(
                        "a manual step",
                        "default: allow\n",
                        "  - {id: look, type: manual, instructions: Look at it}\n",
                        8,
                        List.of("is a manual step", "waits     look: a person does it: Look at it"),
                        List.of("resume ID")),
                new Case(
                        "a step that failed",
                        "default: allow\n",
                        say + "  - {id: b, type: cli, with: {argv: [bin/bad]}}\n",
                        1,
                        List.of(
                                "state     over: error",
                                "steps     1 passed, 1 failed",
                                "last      b failed at",
                                "exit code 3"),
                        List.of("retry ID b", "audit ID", "verify ID")),
                new Case(
                        "an end",
                        "default: allow\n",
                        "  - {id: a, type: cli, with: {argv: [bin/say, a]}, outcomes: [{state: resolved}]}\n",
                        0,
                        List.of("state     over: resolved", "steps     1 passed"),
                        List.of("audit ID", "verify ID")));
    }

    @TempDir
    Path folder;

    @BeforeEach
    void project() throws IOException {
        folder = folder.toRealPath();
        write("gert.yaml", "name: shop\n");
        program("bin/say", "echo \"$*\" >> ran.log");
        program("bin/bad", "exit 3");
        write("roster.yaml", """
                apiVersion: roster/v0
                people:
                  - {person: ann, os_users: [ME], roles: [dba]}
                  - {person: carol, os_users: [carol], roles: [dba]}
                """.replace("ME", System.getProperty("user.name")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void status(Case one) throws IOException {
        run(one.policy(), one.steps(), one.exit());
        String id = journal().getParent().getFileName().toString();
        InProcess.Said said = gert("status", "latest");
        assertThat(said.exitCode()).as(said.err()).isZero();
        for (String each : one.says()) {
            assertThat(said.out()).contains(each);
        }
        List<String> next = new ArrayList<>();
        boolean begun = false;
        for (String line : said.out().split("\n", -1)) {
            begun |= line.startsWith("next ");
            if (begun && !line.isEmpty()) {
                next.add(line.substring(10).replace("gert ", "").replace(id, "ID"));
            }
        }
        assertThat(next).as(said.out()).isEqualTo(one.next());
        InProcess.Said json = gert("status", "latest", "--format", "json");
        assertThat(json.out()).contains("\"schema\": \"gert.status/v1\"", "\"run\": \"" + id + "\"");
        for (String line : next) {
            assertThat(json.out()).contains("gert " + line.replace("ID", id));
        }
        assertThat(gert(next.get(0).replace("ID", id).split(" ", -1)).err()).doesNotContain("unknown option");
    }

    @Test
    void handover() throws IOException {
        run("default: allow\n", "  - {id: look, type: manual, instructions: Look at it}\n", 8);
        assertThat(gert("handover", "latest").exitCode()).isEqualTo(2);
        InProcess.Said said = gert("handover", "latest", "--to", "bob", "--reason", "my shift ends");
        assertThat(said.exitCode()).as(said.err()).isZero();
        String me = System.getProperty("user.name");
        assertThat(Files.readString(journal()))
                .contains("\"type\":\"run_handed_over\",\"data\":{\"from\":\"" + me
                        + "\",\"to\":\"bob\",\"reason\":\"my shift ends\"}");
        assertThat(gert("status", "latest").out())
                .contains("for       bob, handed over by " + me + ": my shift ends", "is a manual step");
        InProcess.Said resumed = gert("resume", "latest", "--non-interactive");
        assertThat(resumed.exitCode()).isEqualTo(8);
        assertThat(resumed.err()).contains("was handed over to bob");
        assertThat(Files.readString(journal().resolveSibling("evidence.json"))).contains("\"what\": \"handed_over\"");
        assertThat(gert("handover", "latest", "--to", me).exitCode()).isZero();
        assertThat(gert("resume", "latest", "--non-interactive").err()).doesNotContain("was handed over");
    }

    @Test
    void whatIsOverOrHeldIsNotHandedOver() throws IOException {
        run("default: allow\n", "  - {id: look, type: manual, instructions: Look at it}\n", 8);
        FileJournal.Reopened held = FileJournal.reopen(journal().getParent(), new SystemClock());
        long size = Files.size(journal());
        InProcess.Said busy = gert("handover", "latest", "--to", "bob");
        assertThat(busy.exitCode()).isEqualTo(1);
        assertThat(busy.err()).contains("is being worked on by");
        ((FileJournal.Reopened.Ready) held).journal().close();
        assertThat(Files.size(journal())).isEqualTo(size);
    }

    @Test
    void aJournalThatDoesNotVerifyIsSaidSo() throws IOException {
        run("default: allow\n", "  - {id: a, type: cli, with: {argv: [bin/say, a]}}\n", 0);
        Files.writeString(journal(), Files.readString(journal()).replaceFirst("\"attempt\":1", "\"attempt\":2"));
        InProcess.Said said = gert("status", "latest");
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out()).contains("unreadable: line ", "gert verify");
    }

    private void run(String policy, String steps, int exit) throws IOException {
        write(
                "governance.yaml",
                "apiVersion: governance/v0\n" + policy + (policy.startsWith("default") ? "" : "default: allow\n"));
        write("x.runbook.yaml", "apiVersion: runbook/v0\nmeta: {name: x}\nsteps:\n" + steps);
        InProcess.Said said = gert("run", "x.runbook.yaml", "--non-interactive");
        assertThat(said.exitCode()).as(said.err()).isEqualTo(exit);
    }

    private InProcess.Said gert(String... words) {
        return InProcess.gert(List.of(words), folder);
    }

    private Path journal() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("reports/runs"))) {
            return runs.findFirst().orElseThrow().resolve("journal.jsonl");
        }
    }

    private void program(String name, String lines) throws IOException {
        Path file = write(name, "#!/bin/sh\n" + lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}

package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Set-ups that are broken in one way each, and the line that says so. */
class DoctorTest {
    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void project() throws IOException {
        folder = temp.toRealPath();
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\n");
    }

    @Test
    void nothingIsWrongAndNothingIsLeftBehind() throws IOException {
        InProcess.Said said = doctor("/usr/bin:/bin");
        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .contains("no errors")
                .contains("governance.yaml, sha256:")
                .contains("fsync works");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsOnly(".git", "governance.yaml");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a policy that is none       | governance.yaml | apiVersion: governance/v0\\ndeny_command: [x] | error    policy
            a gert.yaml that is none    | gert.yaml       | paths: 7                                      | error    gert.yaml
            a provider that is missing  | gert.yaml       | providers: {icm: {binary: not-there}}         | error    not-there
            an exchange that is none    | governance.yaml | apiVersion: governance/v0\\napprovals: {exchange: not-there} | error    exchange
            a roster that is missing    | governance.yaml | apiVersion: governance/v0\\napprovals: {roster: none.yaml}   | error    policy
            reports that are a file     | reports         | x                                             | error    reports
            """)
    void aBrokenFileIsAnError(String what, String file, String text, String line) throws IOException {
        Files.writeString(folder.resolve(file), text.replace("\\n", "\n"));
        InProcess.Said said = doctor("/usr/bin:/bin");
        assertThat(said.out()).as(what).contains(line);
        assertThat(said.exitCode()).as(said.out()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bin:/usr/bin:/bin       | `bin` is left out: it is not absolute
            /not-there:/usr/bin     | `/not-there` is left out: there is no such folder
            OPEN:/usr/bin           | OPEN` is left out: everybody can write to it
            """)
    void aFolderThatIsLeftOutIsNamed(String path, String line) throws IOException {
        Path open = Files.createDirectory(folder.resolve("OPEN"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        InProcess.Said said = doctor(path.replace("OPEN", open.toString()));
        assertThat(plain(said.out())).contains(line);
        assertThat(said.exitCode()).isZero();
    }

    @Test
    void withoutAPathNothingIsFound() {
        InProcess.Said said = doctor("");
        assertThat(said.out()).contains("error    command path").contains("warning  ssh-keygen");
        assertThat(said.exitCode()).isEqualTo(1);
    }

    @Test
    void reportsThatEverybodyWritesTo() throws IOException {
        Path runs = Files.createDirectories(folder.resolve("reports/runs"));
        Files.setPosixFilePermissions(runs, PosixFilePermissions.fromString("rwxrwxrwx"));
        InProcess.Said said = doctor("/usr/bin:/bin");
        assertThat(plain(said.out())).contains("everybody can write to " + runs).contains("chmod o-w " + runs);
        assertThat(said.exitCode()).isEqualTo(1);
    }

    @Test
    void runsThatAreNotOverAreCounted() throws IOException {
        Files.writeString(folder.resolve("look.runbook.yaml"), """
                apiVersion: runbook/v0
                meta: {name: look}
                steps: [{id: look, type: manual, instructions: look}]
                """);
        InProcess.gert(List.of("run", "look.runbook.yaml"), folder);
        Path broken = Files.createDirectories(folder.resolve("reports/runs/20261123T101500Z-4f21c9aa"));
        Files.writeString(broken.resolve("journal.jsonl"), "x\n");
        InProcess.Said said = doctor("/usr/bin:/bin");
        assertThat(said.out()).contains("warning  runs           1 waiting").contains("1 unreadable");
        assertThat(said.exitCode()).isZero();
    }

    @Test
    void theSameAsOneDocument() {
        InProcess.Said said = InProcess.gert(List.of("doctor", "--format", "json"), folder, Map.of("LANG", "C"));
        assertThat(said.out()).startsWith("{\n  \"schema\": \"gert.doctor/v1\"").contains("\"level\": \"error\"");
        assertThat(said.exitCode()).isEqualTo(1);
    }

    /** Without the ends of lines that a fold made. */
    private static String plain(String text) {
        return text.replaceAll(" ?\n {24}(?!=)", " ");
    }

    private InProcess.Said doctor(String path) {
        return InProcess.gert(List.of("doctor"), folder, Map.of("LANG", "C.UTF-8", "PATH", path));
    }
}

package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gert init}: what it writes, what it leaves alone. */
class InitTest {
    private static final Path RESOURCES = Path.of("src/main/resources/dev/gert/init");

    @TempDir
    Path temporary;

    Path folder;

    @BeforeEach
    void real() throws IOException {
        folder = temporary.toRealPath();
        Files.createDirectory(folder.resolve(".git"));
    }

    @Test
    void everyFileOfTheProgramIsOneThatIsWritten() throws IOException {
        try (Stream<Path> found = Files.walk(RESOURCES)) {
            assertThat(found.filter(Files::isRegularFile)
                            .map(file -> RESOURCES.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            FirstFile.ALL.stream().map(FirstFile::resource).toList());
        }
    }

    @Test
    void anEmptyFolderGetsThemAll() throws IOException {
        InProcess.Said said = gert("init", "new/repository");
        assertThat(said.exitCode()).as(said.err()).isZero();
        Path made = folder.resolve("new/repository");
        for (FirstFile file : FirstFile.ALL) {
            assertThat(made.resolve(file.target())).hasSameBinaryContentAs(RESOURCES.resolve(file.resource()));
            assertThat(said.out()).contains("wrote  " + file.target());
        }
        assertThat(files(made)).hasSize(FirstFile.ALL.size());
        assertThat(said.out()).contains("\nNext:\n  cd new/repository\n  gert validate", "The workflow has to be told");
        assertThat(gert("init", "-q", "quiet").out()).isEmpty();
    }

    @Test
    void aSecondTimeNothingHappens() throws IOException {
        gert("init");
        Map<String, String> before = files(folder);
        InProcess.Said said = gert("init");
        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .doesNotContain("wrote", "Next:")
                .contains("kept   governance.yaml")
                .endsWith("\nNothing to do.\n");
        assertThat(files(folder)).isEqualTo(before);
    }

    @Test
    void aPolicyThatIsThereStaysAndIsTold() throws IOException {
        Path policy = folder.resolve("governance.yaml");
        Files.writeString(policy, "apiVersion: governance/v0\ndefault: deny\n");
        InProcess.Said said = gert("init");
        assertThat(said.exitCode()).isZero();
        assertThat(Files.readString(policy)).isEqualTo("apiVersion: governance/v0\ndefault: deny\n");
        assertThat(said.out())
                .contains("kept   governance.yaml", "wrote  runbooks/disk-space.runbook.yaml")
                .contains("the first line says whether the new runbook may run under it");
        assertThat(gert("validate", "--strict", "runbooks").exitCode()).isEqualTo(1);
    }

    /** Half an example would fail its own tests. */
    @Test
    void theExampleComesWholeOrNotAtAll() throws IOException {
        Path scenario = folder.resolve("scenarios/disk-space/made-room/scenario.yaml");
        Files.createDirectories(scenario.getParent());
        Files.writeString(scenario, "mine");
        InProcess.Said said = gert("init");
        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .contains("kept   scenarios/disk-space/made-room/scenario.yaml", "wrote  governance.yaml")
                .contains("the other 9 files of it are left out")
                .doesNotContain("gert run ");
        assertThat(files(folder))
                .containsEntry("scenarios/disk-space/made-room/scenario.yaml", "mine")
                .hasSize(5);
    }

    @Test
    void whatCanNotBeMeantWritesNothing() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        assertThat(gert("init", "file")).isEqualTo(new InProcess.Said(2, "", "error: `file` is not a folder\n"));
        assertThat(gert("init", "file/in").err()).contains("`file/in` stays as it was: ", "can't be written: ");
        assertThat(gert("init", "a", "b").exitCode()).isEqualTo(2);
        assertThat(gert("init", "/proc/1/here"))
                .isEqualTo(
                        new InProcess.Said(
                                2,
                                "",
                                "error: `/proc/1/here` stays as it was: /proc/1/here can't be written: there is no such folder\n"));
        assertThat(files(folder)).containsOnlyKeys("file");
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path repository = Files.createDirectory(folder.resolve("repository"));
        Files.createSymbolicLink(repository.resolve("scenarios"), elsewhere);
        InProcess.Said said = gert("init", "repository");
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .isEqualTo(
                        "error: `repository` stays as it was: scenarios is a link, and what is written must not end up"
                                + " elsewhere\n");
        assertThat(files(folder)).isEmpty();
        assertThat(repository.resolve("runbooks")).doesNotExist();

        Files.delete(repository.resolve("scenarios"));
        Path dangling = Files.createSymbolicLink(repository.resolve("gert.yaml"), Path.of("nowhere"));
        assertThat(gert("init", "repository").out()).contains("kept   gert.yaml");
        assertThat(Files.exists(dangling, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(repository.resolve("nowhere")).doesNotExist();
    }

    @Test
    void whatIsWrittenBeforeAFailureIsTakenBack() throws IOException {
        FirstFile good = FirstFile.ALL.get(2);
        FirstFile bad = new FirstFile("deep/down/" + "x".repeat(300), good.resource(), "", false);
        Path repository = folder.resolve("some/repository");
        assertThatThrownBy(() -> new FirstFiles(repository).write(List.of(good, bad)))
                .isInstanceOf(IOException.class);
        assertThat(folder.resolve("some")).doesNotExist();

        Path kept = Files.createDirectories(repository.resolve("runbooks"));
        assertThatThrownBy(() -> new FirstFiles(repository).write(List.of(good, bad)))
                .isInstanceOf(IOException.class);
        assertThat(kept).isEmptyDirectory();
        assertThat(repository.resolve("deep")).doesNotExist();
    }

    private InProcess.Said gert(String... words) {
        return InProcess.gert(List.of(words), folder);
    }

    private static Map<String, String> files(Path top) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> found = Files.walk(top)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                texts.put(top.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }
}

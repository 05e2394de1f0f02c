package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.projection.CoverageReport;
import dev.gert.projection.RunbookCoverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageFilesTest {
    @TempDir
    Path folder;

    private final Diagnostics diagnostics = new Diagnostics();

    private void write(Path cwd, String... runbooks) {
        write(cwd, null, runbooks);
    }

    private void write(Path cwd, Path named, String... runbooks) {
        CoverageReport report = new CoverageReport(
                Arrays.stream(runbooks)
                        .map(file -> new RunbookCoverage(
                                "name", file, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                                List.of(), false))
                        .toList(),
                List.of(),
                1);
        CoverageFiles.write(cwd, named, report, diagnostics);
    }

    @Test
    void theNameIsThePathFromTheRoot() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.createDirectories(folder.resolve("team/runbooks"));
        write(folder.resolve("team"), "runbooks/x.runbook.yaml", "/elsewhere/y.runbook.yaml");
        assertThat(folder.resolve("reports/coverage"))
                .isDirectoryContaining("glob:**/team__runbooks__x.runbook.yaml.json");
        assertThat(folder.resolve("reports/coverage")).isDirectoryContaining("glob:**/elsewhere__y.runbook.yaml.json");
        assertThat(diagnostics.sorted()).isEmpty();
    }

    @Test
    void anOlderOneIsReplaced() throws IOException {
        Path file = folder.resolve("reports/coverage/x.yaml.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "old");
        write(folder, "x.yaml");
        assertThat(file).content().contains("gert.coverage/v1");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void theProjectFileOrTheUserNamesTheFolder() throws IOException {
        Files.writeString(folder.resolve("gert.yaml"), "name: x\npaths: {reports: build/out}\n");
        write(folder, "x.yaml");
        assertThat(folder.resolve("build/out/coverage/x.yaml.json")).isRegularFile();
        write(folder, Path.of("elsewhere"), "y.yaml");
        assertThat(folder.resolve("elsewhere/coverage/y.yaml.json")).isRegularFile();
        assertThat(folder.resolve("reports")).doesNotExist();
        assertThat(diagnostics.sorted()).isEmpty();
    }

    @Test
    void linksAreRefused() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("reports"), elsewhere);
        write(folder, "x.yaml");
        assertThat(diagnostics.sorted())
                .singleElement()
                .satisfies(d -> assertThat(d.code()).isEqualTo(Code.C002));
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeMadeIsAWarning() throws IOException {
        Files.writeString(folder.resolve("reports"), "a file");
        write(folder, "x.yaml");
        assertThat(diagnostics.hasErrors()).isFalse();
        assertThat(diagnostics.sorted()).hasSize(1);
    }
}

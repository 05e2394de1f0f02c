package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathSearchTest {
    @TempDir
    Path folder;

    private final Diagnostics diagnostics = new Diagnostics();

    @BeforeEach
    void files() throws IOException {
        for (String file : List.of(
                "a/one.runbook.yaml",
                "a/one.test.yaml",
                "a/b/two.runbook.yaml",
                "a/b/c/three.runbook.yaml",
                "a/b/plain.yaml",
                "a/governance.yaml",
                "a/.hidden/four.runbook.yaml",
                "outside/five.runbook.yaml",
                "s/x/expected.yaml",
                "s/x/inputs.yaml")) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "");
        }
    }

    private List<String> search(boolean tests, String... arguments) {
        List<String> hits = new ArrayList<>();
        for (PathSearch.Hit hit : PathSearch.search(folder, List.of(arguments), tests, diagnostics)
                .hits()) {
            hits.add(hit.kind().name().charAt(0) + " " + hit.path());
        }
        return hits;
    }

    private List<String> said() {
        List<String> said = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics.sorted()) {
            said.add(diagnostic.code() + " " + diagnostic.message());
        }
        return said;
    }

    @Test
    void aFolderIsSearchedByNames() {
        assertThat(search(true, "a"))
                .containsExactly(
                        "R a/b/c/three.runbook.yaml",
                        "R a/b/two.runbook.yaml",
                        "R a/one.runbook.yaml",
                        "T a/one.test.yaml");
        assertThat(said()).isEmpty();
    }

    @Test
    void testsOnlyWhereTheyAreWanted() {
        assertThat(search(false, "a/")).noneMatch(hit -> hit.startsWith("T")).hasSize(3);
    }

    @Test
    void theCurrentFolderNeedsNoPrefix() {
        assertThat(search(false, ".")).contains("R a/one.runbook.yaml").contains("R outside/five.runbook.yaml");
    }

    @Test
    void aScenarioFolderIsOne() {
        assertThat(search(true, "s/x", "s/*")).containsExactly("S s/x");
    }

    @Test
    void globs() {
        assertThat(search(true, "a/*.yaml")).containsExactly("R a/one.runbook.yaml", "T a/one.test.yaml");
        assertThat(search(true, "a/**/*.runbook.yaml"))
                .containsExactly("R a/b/c/three.runbook.yaml", "R a/b/two.runbook.yaml", "R a/one.runbook.yaml");
        assertThat(search(true, "**/b/*.yaml")).containsExactly("R a/b/plain.yaml", "R a/b/two.runbook.yaml");
        assertThat(search(true, "**/t*.runbook.yaml"))
                .containsExactly("R a/b/c/three.runbook.yaml", "R a/b/two.runbook.yaml");
        assertThat(search(true, "?/?/?/three.*")).containsExactly("R a/b/c/three.runbook.yaml");
        assertThat(search(true, "a/b/**")).hasSize(3);
        assertThat(search(true, "./a//b/../b/*.runbook.yaml")).hasSize(1);
        assertThat(search(true, folder + "/a/*.runbook.yaml")).containsExactly("R " + folder + "/a/one.runbook.yaml");
        assertThat(said()).isEmpty();
    }

    @Test
    void aGlobThatNamesAFolderSearchesIt() {
        assertThat(search(false, "a/*"))
                .containsExactly("R a/b/c/three.runbook.yaml", "R a/b/two.runbook.yaml", "R a/one.runbook.yaml");
    }

    @Test
    void whatTwoArgumentsFindIsThereOnce() {
        assertThat(search(true, "a", "a/one.runbook.yaml", "./a/one.runbook.yaml", "a/**/*.runbook.yaml"))
                .hasSize(4);
        assertThat(said()).isEmpty();
    }

    @Test
    void everyArgumentThatFindsNothingIsAnError() {
        PathSearch.Found found = PathSearch.search(
                folder, List.of("a", "s", "x/**/*.yaml", "a/*.yml", "**/four.runbook.yaml"), true, diagnostics);
        assertThat(found.missing()).isFalse();
        assertThat(said())
                .containsExactly(
                        "S006 there is no runbook or test in s",
                        "S006 nothing matches x/**/*.yaml",
                        "S006 nothing matches a/*.yml",
                        "S006 nothing matches **/four.runbook.yaml");
    }

    @Test
    void aMissingFileIsAskedWrongly() {
        PathSearch.Found found =
                PathSearch.search(folder, List.of("nowhere.runbook.yaml", "", "nul\0"), true, diagnostics);
        assertThat(found.missing()).isTrue();
        assertThat(said()).hasSize(3).allMatch(line -> line.startsWith("R204 there is no file or folder"));
    }

    @Test
    void aFileNamedLikeAGlobIsAFile() throws IOException {
        Files.writeString(folder.resolve("a/w*.runbook.yaml"), "");
        assertThat(search(true, "a/w*.runbook.yaml")).containsExactly("R a/w*.runbook.yaml");
    }

    @Test
    void linksLeadNowhereElse() throws IOException {
        Files.createSymbolicLink(folder.resolve("a/out.runbook.yaml"), folder.resolve("outside/five.runbook.yaml"));
        Files.createSymbolicLink(folder.resolve("a/in.runbook.yaml"), folder.resolve("a/b/plain.yaml"));
        Files.createSymbolicLink(folder.resolve("a/gone.runbook.yaml"), folder.resolve("a/nothing"));
        Files.createSymbolicLink(folder.resolve("a/folder"), folder.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("a/loop"), folder.resolve("a"));
        assertThat(search(false, "a"))
                .containsExactly(
                        "R a/b/c/three.runbook.yaml",
                        "R a/b/two.runbook.yaml",
                        "R a/in.runbook.yaml",
                        "R a/one.runbook.yaml");
        assertThat(search(false, "a/**/*.runbook.yaml")).hasSize(4);
        assertThat(search(false, "a/out.runbook.yaml")).as("named outright").hasSize(1);
    }
}

package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.policy.PolicyLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which policy files govern a runbook (formats.md, section 3): a layer is never lost on the way. */
class PolicyWalkTest {
    private static final String DENY = "apiVersion: governance/v0\ndeny_commands: [rm]\n";

    @TempDir
    Path temporary;

    private Path top;

    @BeforeEach
    void folders() throws IOException {
        top = temporary.toRealPath().resolve("top");
        Files.createDirectories(top.resolve("team/books"));
        Files.createDirectories(top.resolve("elsewhere"));
        Files.writeString(top.resolve("team/books/x.runbook.yaml"), "");
    }

    private void policy(String folder) throws IOException {
        Files.writeString(top.resolve(folder).resolve("governance.yaml"), DENY);
    }

    /** The layers' files from the top folder, or null where something was refused. */
    private List<String> layers(String cwd, String runbook, String... extra) {
        List<Path> files = new ArrayList<>();
        for (String file : extra) {
            files.add(Path.of(file));
        }
        Path from = top.resolve(cwd);
        List<PolicyLayer> layers = new PolicyWalk(from, files).layers(top.resolve(runbook), new Diagnostics());
        return layers == null ? null : layers.stream().map(PolicyLayer::file).toList();
    }

    @Test
    void everyFileOnTheWayUpCounts() throws IOException {
        Files.createDirectories(top.resolve(".git"));
        policy("");
        policy("team");
        policy("team/books");
        assertThat(layers("", "team/books/x.runbook.yaml"))
                .containsExactly("governance.yaml", "team/governance.yaml", "team/books/governance.yaml");
    }

    @Test
    void aNestedRepositoryOrProjectDoesNotEndTheWalk() throws IOException {
        Files.createDirectories(top.resolve(".git"));
        Files.createDirectories(top.resolve("team/.git"));
        Files.writeString(top.resolve("team/books/gert.yaml"), "");
        policy("");
        assertThat(layers("team/books", "team/books/x.runbook.yaml")).hasSize(1);
    }

    @Test
    void withoutGitTheWalkGoesToTheRoot() throws IOException {
        Files.writeString(top.resolveSibling("governance.yaml"), DENY);
        assertThat(layers("", "team/books/x.runbook.yaml")).hasSize(1);
    }

    @Test
    void aboveTheOutermostRepositoryNothingCounts() throws IOException {
        Files.createDirectories(top.resolve(".git"));
        Files.writeString(top.resolveSibling("governance.yaml"), DENY);
        assertThat(layers("", "team/books/x.runbook.yaml")).containsExactly("built-in floor");
    }

    @Test
    void theCurrentFoldersWayCountsToo() throws IOException {
        Files.createDirectories(top.resolve(".git"));
        policy("elsewhere");
        assertThat(layers("elsewhere", "team/books/x.runbook.yaml")).containsExactly("governance.yaml");
        assertThat(layers("", "team/books/x.runbook.yaml")).containsExactly("built-in floor");
    }

    @Test
    void aLinkToARunbookIsGovernedWhereItReallyIs() throws IOException {
        Files.createDirectories(top.resolve(".git"));
        policy("team/books");
        Files.createSymbolicLink(top.resolve("elsewhere/y.runbook.yaml"), top.resolve("team/books/x.runbook.yaml"));
        assertThat(layers("elsewhere", "elsewhere/y.runbook.yaml")).hasSize(1).doesNotContain("built-in floor");
    }

    @Test
    void aNamedPolicyIsAddedAndNeverReplacesTheFloor() throws IOException {
        Files.createDirectories(top.resolve(".git"));
        Files.writeString(top.resolve("extra.yaml"), DENY);
        assertThat(layers("", "team/books/x.runbook.yaml", "extra.yaml"))
                .containsExactly("built-in floor", "extra.yaml");
        policy("");
        assertThat(layers("", "team/books/x.runbook.yaml", "extra.yaml"))
                .containsExactly("governance.yaml", "extra.yaml");
        assertThat(layers("", "team/books/x.runbook.yaml", "missing.yaml")).isNull();
    }

    @Test
    void aPolicyThatCantBeReadLetsNothingRun() throws IOException {
        Files.createDirectories(top.resolve(".git"));
        Files.createSymbolicLink(top.resolve("governance.yaml"), top.resolve("nowhere"));
        assertThat(layers("", "team/books/x.runbook.yaml")).isNull();
        Files.delete(top.resolve("governance.yaml"));
        Files.createDirectories(top.resolve("governance.yaml"));
        assertThat(layers("", "team/books/x.runbook.yaml")).isNull();
        Files.delete(top.resolve("governance.yaml"));
        Files.writeString(top.resolve("governance.yaml"), "");
        assertThat(layers("", "team/books/x.runbook.yaml")).isNull();
    }
}

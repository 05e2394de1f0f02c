package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gert validate --policy-from-ref} in real repositories: a change can't loosen its own policy. */
class PolicyFromRefTest {
    private static final String GOVERNANCE = "apiVersion: governance/v0\n";
    private static final String DROP = """
            apiVersion: runbook/v0
            meta: {name: x}
            steps:
              - {id: drop, type: cli, with: {argv: [dropdb, main]}}
            """;
    private static final String LOOK = DROP.replace("dropdb", "uptime");

    @TempDir
    Path folder;

    private Path top;

    private record Said(int exit, String out) {}

    @BeforeEach
    void repository() throws Exception {
        top = folder.toRealPath().resolve("repository");
        Files.createDirectories(top);
        git("init", "-q", "-b", "main");
        git("config", "user.name", "ann");
        git("config", "user.email", "ann@example.org");
    }

    @Test
    void aChangeThatLoosensThePolicyAndAddsTheDeniedCommandIsRefused() throws Exception {
        write("governance.yaml", GOVERNANCE + "deny_commands: [dropdb]\n");
        write("runbooks/x.runbook.yaml", LOOK);
        commit();
        write("governance.yaml", GOVERNANCE + "deny_commands: []\n");
        write("runbooks/x.runbook.yaml", DROP);

        assertThat(validate("runbooks").exit()).isZero();
        assertThat(validate("--policy-from-ref", "main", "runbooks"))
                .isEqualTo(new Said(1, """
                error[P001]: policy denies `dropdb`: the rule fits its name as written
                 --> runbooks/x.runbook.yaml:4:39
                  |
                4 |   - {id: drop, type: cli, with: {argv: [dropdb, main]}}
                  |                                         ^^^^^^
                 ::: main:governance.yaml:2:17
                  |
                2 | deny_commands: [dropdb]
                  |                 ------ the rule is deny_commands "dropdb"

                1 error in 1 file checked
                """.replace("yaml:4:39", "yaml:4:41")));
    }

    @Test
    void aPolicyThatTheChangeDeletesHolds() throws Exception {
        write("runbooks/governance.yaml", GOVERNANCE + "deny_commands: [dropdb]\n");
        write("runbooks/x.runbook.yaml", LOOK);
        commit();
        Files.delete(top.resolve("runbooks/governance.yaml"));
        write("runbooks/x.runbook.yaml", DROP);

        assertThat(validate("runbooks").exit()).isZero();
        assertThat(validate("--policy-from-ref", "main", "runbooks").exit()).isEqualTo(1);
        assertThat(validate("--policy-from-ref", "main", "runbooks").out()).contains("main:runbooks/governance.yaml:2");
    }

    @Test
    void aPolicyThatTheChangeAddsHolds() throws Exception {
        write("x.runbook.yaml", DROP);
        commit();
        write("governance.yaml", GOVERNANCE + "deny_commands: [dropdb]\n");

        Said said = validate("--policy-from-ref", "HEAD", "x.runbook.yaml");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("::: governance.yaml:2:17").contains("1 error in");
    }

    @Test
    void whatBothSayIsSaidOnce() throws Exception {
        write("governance.yaml", GOVERNANCE + "deny_commands: [dropdb]\n");
        write("x.runbook.yaml", DROP);
        commit();

        Said said = validate("--policy-from-ref", "HEAD", "x.runbook.yaml");
        assertThat(said).isEqualTo(validate("x.runbook.yaml"));
        assertThat(said.out()).contains("1 error in 1 file checked").doesNotContain("HEAD");
    }

    @Test
    void aPolicyFileThatIsNamedIsReadAsItWasToo() throws Exception {
        write("strict.yaml", GOVERNANCE + "deny_commands: [dropdb]\n");
        write("x.runbook.yaml", LOOK);
        commit();
        write("strict.yaml", GOVERNANCE);
        write("x.runbook.yaml", DROP);
        write("new.yaml", GOVERNANCE + "default: deny\n");

        assertThat(validate("--policy", "strict.yaml", "x.runbook.yaml").exit()).isZero();
        Said said = validate("--policy", "strict.yaml", "--policy-from-ref", "HEAD", "x.runbook.yaml");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("HEAD:strict.yaml:2");
        assertThat(validate("--policy", "new.yaml", "--policy-from-ref", "HEAD", "x.runbook.yaml")
                        .out())
                .contains("::: new.yaml:2:10");
    }

    @Test
    void aRosterThatTheChangeWidensIsReadAsItWas() throws Exception {
        write("governance.yaml", GOVERNANCE + """
                approvals: {roster: roster.yaml, exchange: ../exchange}
                require_approval_for: [{pattern: uptime, min_approvers: 1, roles: [lead]}]
                """);
        String ann = "apiVersion: roster/v0\npeople:\n  - {person: ann, os_users: [ann]}\n";
        write("roster.yaml", ann);
        write("x.runbook.yaml", LOOK.replace("type: cli,", "type: cli, approvals: {min: 1},"));
        commit();
        write("roster.yaml", ann + "  - {person: bob, os_users: [bob], roles: [lead]}\n");

        assertThat(validate("x.runbook.yaml").exit()).isZero();
        Said said = validate("--policy-from-ref", "HEAD", "x.runbook.yaml");
        assertThat(said.out()).contains("error[P013]").contains("the roster is HEAD:roster.yaml");
        assertThat(said.exit()).isNotZero();
    }

    @Test
    void aLinkInTheCommitIsFollowedThere() throws Exception {
        write("policies/base.yaml", GOVERNANCE + "deny_commands: [dropdb]\n");
        Files.createSymbolicLink(top.resolve("governance.yaml"), Path.of("policies/base.yaml"));
        write("x.runbook.yaml", DROP);
        commit();
        write("policies/base.yaml", GOVERNANCE);

        assertThat(validate("x.runbook.yaml").exit()).isZero();
        assertThat(validate("--policy-from-ref", "HEAD", "x.runbook.yaml").out())
                .contains("HEAD:governance.yaml:2");

        Files.delete(top.resolve("governance.yaml"));
        Files.createSymbolicLink(top.resolve("governance.yaml"), Path.of("nowhere.yaml"));
        commit();
        Files.delete(top.resolve("governance.yaml"));
        assertThat(validate("--policy-from-ref", "HEAD", "x.runbook.yaml").exit())
                .isEqualTo(2);
    }

    @Test
    void aBrokenPolicyOfEitherMakesTheQuestionWrong() throws Exception {
        write("governance.yaml", GOVERNANCE + "deny_comands: [dropdb]\n");
        write("x.runbook.yaml", LOOK);
        commit();
        write("governance.yaml", GOVERNANCE);

        assertThat(validate("x.runbook.yaml").exit()).isZero();
        Said said = validate("--policy-from-ref", "HEAD", "x.runbook.yaml");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).contains("--> HEAD:governance.yaml:2:1");
    }

    @Test
    void aRefThatIsNoneMakesTheQuestionWrong() throws Exception {
        write("x.runbook.yaml", LOOK);
        commit();
        for (String ref : List.of("nobody", "HEAD:x.runbook.yaml", "HEAD~7", "@{upstream}", "main --help")) {
            Said said = validate("--policy-from-ref=" + ref, "x.runbook.yaml");
            assertThat(said.exit()).as(ref).isEqualTo(2);
            assertThat(said.out()).as(ref).contains("error[P023]: the policies of `" + ref + "` can't be read: ");
        }
    }

    @Test
    void withoutGitOrARepositoryTheQuestionIsWrong() throws Exception {
        write("x.runbook.yaml", LOOK);
        commit();
        Said none = run(top, "/nowhere", "validate", "--policy-from-ref", "HEAD", "x.runbook.yaml");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.out()).contains("`git` is not on the PATH");

        Path bare = Files.createDirectories(folder.resolve("bare"));
        Files.writeString(bare.resolve("x.runbook.yaml"), LOOK);
        Said outside = run(bare, System.getenv("PATH"), "validate", "--policy-from-ref", "HEAD", "x.runbook.yaml");
        assertThat(outside.exit()).isEqualTo(2);
        assertThat(outside.out()).contains("the current folder is in no git repository");
    }

    @Test
    void nothingThatTheRepositoryBringsIsRun() throws Exception {
        write("governance.yaml", GOVERNANCE + "deny_commands: [dropdb]\n");
        write(".gitattributes", "*.yaml diff=mine filter=mine\n");
        write("bin/git", "#!/bin/sh\ntouch '" + top + "/ran-git'\nexec /usr/bin/git \"$@\"\n");
        write("gert.yaml", "command_path: ['" + top + "/bin']\n");
        write("x.runbook.yaml", DROP);
        commit();
        write("trap", "#!/bin/sh\ntouch '" + top + "/ran'\ncat\n");
        for (String file : List.of("trap", "bin/git")) {
            assertThat(top.resolve(file).toFile().setExecutable(true)).isTrue();
        }
        String trap = top.resolve("trap").toString();
        for (String key : List.of(
                "core.fsmonitor",
                "diff.mine.textconv",
                "diff.external",
                "filter.mine.smudge",
                "filter.mine.clean",
                "core.pager",
                "core.sshCommand",
                "core.editor",
                "core.alternateRefsCommand")) {
            git("config", key, trap);
        }
        Files.writeString(top.resolve("governance.yaml"), GOVERNANCE);

        Said said = validate("--policy-from-ref", "HEAD", "x.runbook.yaml");
        assertThat(said.out()).contains("HEAD:governance.yaml:2");
        assertThat(top.resolve("ran")).doesNotExist();
        assertThat(top.resolve("ran-git")).doesNotExist();
    }

    @Test
    void aReplacedObjectIsNotBelieved() throws Exception {
        write("governance.yaml", GOVERNANCE + "deny_commands: [dropdb]\n");
        write("x.runbook.yaml", DROP);
        commit();
        write("governance.yaml", GOVERNANCE);
        git("add", "governance.yaml");
        git("replace", output("rev-parse", "HEAD:governance.yaml"), output("rev-parse", ":governance.yaml"));

        assertThat(validate("--policy-from-ref", "HEAD", "x.runbook.yaml").exit())
                .isEqualTo(1);
    }

    @Test
    void everyFormatShowsTheRulesPlace() throws Exception {
        write("governance.yaml", GOVERNANCE + "deny_commands: [dropdb]\n");
        write("x.runbook.yaml", DROP);
        commit();
        write("governance.yaml", GOVERNANCE);
        for (String format : List.of("text", "json", "sarif", "github", "junit")) {
            Said said = validate("--policy-from-ref", "HEAD", "--format", format, "x.runbook.yaml");
            assertThat(said.exit()).as(format).isEqualTo(1);
            assertThat(said.out()).as(format).contains("HEAD").contains("governance.yaml");
        }
    }

    private Said validate(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("validate"));
        all.addAll(List.of(words));
        return run(top, System.getenv("PATH"), all.toArray(String[]::new));
    }

    private static Said run(Path cwd, String path, String... words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, String> env = Map.of("LANG", "C.UTF-8", "PATH", path);
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                out,
                out,
                env,
                cwd.toRealPath(),
                TerminalFacts.of(null, null, null, env));
        return new Said(Cli.run(words, io), out.toString(StandardCharsets.UTF_8));
    }

    private void write(String file, String text) throws IOException {
        Path path = top.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void commit() throws Exception {
        git("add", "-A");
        git("commit", "-q", "-m", "a state");
    }

    private void git(String... words) throws Exception {
        output(words);
    }

    private String output(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("git"));
        all.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(all).directory(top.toFile()).redirectErrorStream(true);
        Map<String, String> set = new HashMap<>(
                Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null", "HOME", folder.toString()));
        builder.environment().putAll(set);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", all, said).isZero();
        return said.strip();
    }
}

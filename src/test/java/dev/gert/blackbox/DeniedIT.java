package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A denied command never starts, whatever it is called. "None ran" is the stand-in's word, not gert's. */
class DeniedIT {
    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void standIns() throws Exception {
        shop = new Workshop(folder);
        Path danger = shop.standIn("danger", "");
        Files.copy(danger, danger.resolveSibling("DANGER"));
        Files.copy(danger, danger.resolveSibling("danger.exe"));
        for (String name : new String[] {"DANGER", "danger.exe"}) {
            danger.resolveSibling(name).toFile().setExecutable(true);
        }
        Files.createSymbolicLink(danger.resolveSibling("harmless-looking"), danger);
        Files.createSymbolicLink(danger.resolveSibling("twice"), danger.resolveSibling("harmless-looking"));
        Path script = danger.resolveSibling("by-script");
        Files.writeString(script, "#!" + danger + "\n");
        script.toFile().setExecutable(true);
        shop.standIn("harmless", "");
        shop.file("governance.yaml", "apiVersion: governance/v0\ndeny_commands: [danger]\nopaque_commands: allow\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            danger                      | its name
            bin/danger                  | a path from the project root
            ./bin/../bin/danger         | a path that turns
            DANGER                      | another case
            danger.exe                  | an ending
            harmless-looking            | a link
            twice                       | a link to a link
            env, danger                 | behind env
            nice, -n, '5', danger       | behind nice
            timeout, '5', bin/danger    | behind timeout, by its path
            sh, -c, 'true; danger'      | inside a shell's words
            bash, -c, '"$(danger)"'     | inside a substitution
            bin/by-script, x            | a script that it interprets
            """)
    void neverStarts(String argv, String spelling) throws Exception {
        shop.file(
                "x.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: x}\nsteps:\n  - {id: one, type: cli, title: One, with: {argv: ["
                        + argv + "]}}\n");
        Workshop.Result result = shop.gert("run", "x.runbook.yaml");
        assertThat(result.exit()).as("%s: %s", spelling, result.all()).isIn(3, 4);
        assertThat(result.all()).contains("danger").contains("governance.yaml:2");
        assertThat(shop.ran()).as(spelling).isEmpty();
    }

    @Test
    void whatIsNotDeniedDoes() throws Exception {
        shop.file(
                "x.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: x}\nsteps:\n"
                        + "  - {id: one, type: cli, title: One, with: {argv: [harmless, a, b]}}\n");
        Workshop.Result result = shop.gert("run", "x.runbook.yaml");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(shop.ran()).containsExactly("harmless a b");
    }

    @Test
    void aLinkThatIsDeniedOnlyOnceItIsFollowedIsBlockedWhenItsTurnComes() throws Exception {
        shop.file(
                "x.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: x}\nsteps:\n"
                        + "  - {id: one, type: cli, title: One, with: {argv: [harmless]}}\n"
                        + "  - {id: two, type: cli, title: Two, with: {argv: [harmless-looking]}}\n"
                        + "  - {id: three, type: cli, title: Three, with: {argv: [harmless]}}\n");
        Workshop.Result result = shop.gert("run", "x.runbook.yaml");
        assertThat(result.exit()).isEqualTo(4);
        assertThat(shop.ran()).containsExactly("harmless ");
        assertThat(Files.readString(shop.journal())).contains("\"type\":\"step_blocked\"");
    }

    @Test
    void withoutAnyPolicyTheFloorAsksAndNobodyIsThere() throws Exception {
        Files.delete(shop.folder.resolve("governance.yaml"));
        shop.file(
                "x.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: x}\nsteps:\n"
                        + "  - {id: one, type: cli, title: One, with: {argv: [harmless]}}\n");
        Workshop.Result result = shop.gert("run", "x.runbook.yaml");
        assertThat(result.exit()).isEqualTo(8);
        assertThat(result.err()).contains("gert resume ");
        assertThat(shop.ran()).isEmpty();
    }
}

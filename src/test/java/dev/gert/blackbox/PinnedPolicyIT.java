package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.source.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was left goes on with what the policy of then and today's allow together. */
class PinnedPolicyIT {
    private static final String HEAD = "apiVersion: governance/v0\n";
    private static final String[] RESUME = {"resume", "latest", "--non-interactive", "--answers", "yes.yaml"};

    @TempDir
    Path folder;

    private Workshop shop;

    /** {@code policy}: of the run's beginning. The run waits in front of `danger`. */
    private void left(String policy) throws Exception {
        shop.file("governance.yaml", HEAD + policy);
        Workshop.Result left = shop.gert("run", "x.runbook.yaml", "--non-interactive", "--var", "tool=danger");
        assertThat(left.exit()).as(left.all()).isEqualTo(8);
        shop.file("yes.yaml", "evidence: {wait: {}}\n");
    }

    @BeforeEach
    void set() throws Exception {
        shop = new Workshop(folder);
        shop.standIn("danger", "");
        shop.standIn("say", "");
        shop.file("x.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: x, inputs: {tool: {from: prompt, pattern: "[a-z]+"}}}
                steps:
                  - {id: wait, type: manual, title: T, instructions: Wait}
                  - {id: b, type: cli, title: T, with: {argv: ["{{ .tool }}"]}}
                """);
    }

    @Test
    void whatIsDeniedTodayIsStopped() throws Exception {
        left("");
        shop.file("governance.yaml", HEAD + "deny_commands: [danger]\n");

        Workshop.Result resumed = shop.gert(RESUME);

        assertThat(resumed.exit()).as(resumed.all()).isEqualTo(4);
        assertThat(resumed.err()).contains("the policy is not what the run began with: governance.yaml was changed");
        assertThat(shop.ran()).isEmpty();
        assertThat(Files.readString(shop.journal())).contains("the policy was changed since the run began");
    }

    @Test
    void whatWasDeniedThenIsStoppedWhateverTodaysPolicySays() throws Exception {
        left("deny_commands: [danger]\n");
        shop.file("governance.yaml", HEAD + "allow_commands: [\"*\"]\n");

        Workshop.Result resumed = shop.gert(RESUME);

        assertThat(resumed.exit()).as(resumed.all()).isEqualTo(4);
        assertThat(resumed.all()).contains("governance.yaml as the run began:2");
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void whatBothAllowRuns() throws Exception {
        left("deny_commands: [other]\n");
        shop.file("governance.yaml", HEAD + "allow_commands: [danger]\n");

        Workshop.Result resumed = shop.gert(RESUME);

        assertThat(resumed.exit()).as(resumed.all()).isZero();
        assertThat(shop.ran()).containsExactly("danger ");
    }

    @Test
    void aPolicyThatIsGoneLeavesTheOneOfThenAndTheFloor() throws Exception {
        left("deny_commands: [danger]\n");
        Files.delete(shop.folder.resolve("governance.yaml"));

        assertThat(shop.gert(RESUME).exit()).isEqualTo(4);
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void aCopyThatWasChangedOrTakenAwayIsNoPolicy() throws Exception {
        left("deny_commands: [danger]\n");
        shop.file("governance.yaml", HEAD);
        Path kept = shop.journal()
                .resolveSibling("pinned")
                .resolve(Sha256.hex(HEAD + "deny_commands: [danger]\n") + ".yaml");
        Files.writeString(kept, HEAD);
        Workshop.Result changed = shop.gert(RESUME);
        Files.delete(kept);
        Workshop.Result gone = shop.gert(RESUME);

        assertThat(changed.exit()).as(changed.all()).isEqualTo(3);
        assertThat(gone.exit()).as(gone.all()).isEqualTo(3);
        assertThat(shop.ran()).isEmpty();
    }
}

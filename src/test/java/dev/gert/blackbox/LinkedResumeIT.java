package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was left in a runbook that another one led to goes on with the files of then, or not at all. */
class LinkedResumeIT {
    @TempDir
    Path folder;

    @Test
    void theFilesOfALinkedRunbookAreThoseOfThen() throws Exception {
        Workshop shop = new Workshop(folder);
        shop.file("governance.yaml", "apiVersion: governance/v0\ndefault: allow\n");
        shop.file("sub/governance.yaml", "apiVersion: governance/v0\ndefault: allow\ndeny_commands: [never]\n");
        shop.standIn("say", "");
        shop.standIn("never", "");
        shop.file("x.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: x}
                imports: {child: sub/child.runbook.yaml}
                steps: [{id: a, type: invoke, title: T, invoke: {runbook: child}}]
                """);
        String child = """
                apiVersion: runbook/v0
                meta: {name: child}
                steps:
                  - {id: wait, type: manual, title: T, instructions: Wait}
                  - {id: b, type: cli, title: T, with: {argv: [say, b]}}
                """;
        shop.file("sub/child.runbook.yaml", child);
        Workshop.Result left = shop.gert("run", "x.runbook.yaml", "--non-interactive");
        assertThat(left.exit()).as(left.all()).isEqualTo(8);
        shop.file("yes.yaml", "evidence: {wait: {}}\n");
        String[] resume = {"resume", "latest", "--non-interactive", "--answers", "yes.yaml"};

        shop.file("sub/child.runbook.yaml", child.replace("[say, b]", "[say, c]"));
        Workshop.Result changed = shop.gert(resume);
        assertThat(changed.exit()).as(changed.all()).isEqualTo(3);
        assertThat(changed.err()).contains("sub/child.runbook.yaml");
        assertThat(shop.ran()).isEmpty();
        shop.file("sub/child.runbook.yaml", child);

        String policy = Files.readString(shop.folder.resolve("sub/governance.yaml"));
        shop.file("sub/governance.yaml", policy.replace("deny_commands: [never]\n", ""));
        Workshop.Result done = shop.gert(resume);
        assertThat(done.exit()).as(done.all()).isZero();
        assertThat(done.err()).contains("the policy is not what the run began with");
        assertThat(shop.ran()).containsExactly("say b");
    }
}

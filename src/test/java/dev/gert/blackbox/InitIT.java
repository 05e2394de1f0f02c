package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code gert init} writes holds what it promises: checked, tested, covered, and run on this machine. */
class InitIT {
    @TempDir
    Path folder;

    @Test
    void whatItWritesPassesEverything() throws Exception {
        Workshop shop = new Workshop(folder);
        Workshop.Result init = shop.gert("init");
        assertThat(init.exit()).as(init.all()).isZero();

        int commands = 0;
        for (String line : init.out().lines().toList()) {
            if (line.startsWith("  gert ")) {
                commands++;
                Workshop.Result result =
                        shop.gert(line.substring("  gert ".length()).split(" "));
                // how full this machine is decides what the run comes to; on a full one a person is waited for
                assertThat(result.exit()).as(line + "\n" + result.all()).isIn(0, line.contains(" run ") ? 8 : 0);
            }
        }
        assertThat(commands).isEqualTo(4);

        assertThat(shop.gert("validate", "--strict", ".").out()).isEqualTo("no problems in 2 files checked\n");
        assertThat(shop.gert("test", "--strict", ".").out()).contains("8 tests: 8 passed");
        assertThat(shop.gert("coverage", "--min-branch", "100", "--min-outcome", "100", ".")
                        .out())
                .contains("branches 3 of 3 (100%), outcomes 4 of 4 (100%)");
    }

    /** Run for real under either answer: the recorded commands are the ones that are run. */
    @Test
    void itsRunbookRunsHere() throws Exception {
        Workshop shop = new Workshop(folder);
        shop.gert("init");
        Workshop.Result fine = shop.gert("run", "--var", "least=0", "runbooks/disk-space.runbook.yaml");
        assertThat(fine.exit()).as(fine.all()).isZero();
        assertThat(fine.out()).contains("outcome  no_action", "blocks of / are free");

        Workshop.Result full = shop.gert("run", "--var", "least=101", "runbooks/disk-space.runbook.yaml");
        assertThat(full.exit()).as(full.all()).isEqualTo(8);
        assertThat(full.all()).contains("Nearly full", "gert resume");
        assertThat(Files.readString(shop.folder.resolve("reports/.gitignore"))).contains("\n*\n");
    }
}

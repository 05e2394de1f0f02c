package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation says happens, happens. */
class DocsIT {
    @TempDir
    Path folder;

    @Test
    void theTutorialWorksByCopyAndPaste() throws Exception {
        Workshop shop = new Workshop(folder);
        StringBuilder script = new StringBuilder("set -e\n");
        String[] parts = Files.readString(Path.of("docs/tutorial.md")).split("```sh\n");
        for (int i = 1; i < parts.length; i++) {
            script.append(parts[i], 0, parts[i].indexOf("```"));
        }
        assertThat(parts).hasSizeGreaterThan(5);
        Path gert = shop.folder.resolve("bin/gert");
        Files.writeString(gert, "#!/bin/sh\nexec " + String.join(" ", shop.commandLine()) + " \"$@\"\n");
        Files.setPosixFilePermissions(gert, PosixFilePermissions.fromString("rwxr-xr-x"));

        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script.toString())
                .directory(shop.folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(shop.folder.resolve("said").toFile());
        builder.environment().putAll(shop.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(3 * Workshop.GUARD_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        String said = Files.readString(shop.folder.resolve("said"));
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said)
                .contains("2 tests: 2 passed", "Branches: 1 total, 1 covered (100%)", "outcome  no_action")
                .contains("needs approval: one of oncall-lead: bob", "\"noted\"   1 step, 1 approval", "no findings");
    }

    @Test
    void theJournalsPageHoldsTheVerifierThatTheTestsRun() throws Exception {
        assertThat(Files.readString(Path.of("docs/journal.md")))
                .contains("```python\n" + Files.readString(Path.of("src/test/cases/journal/verify.py")) + "```");
    }

    @Test
    void theReadmesBrokenRunbookIsToldExactlySo() throws Exception {
        Workshop shop = new Workshop(folder);
        shop.file("login.runbook.yaml", Files.readString(Path.of("src/test/cases/docs/login.runbook.yaml")));
        Workshop.Result result = shop.gert("validate", "login.runbook.yaml");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(Files.readString(Path.of("README.md")))
                .contains("$ gert validate login.runbook.yaml\n" + result.out() + "```");
    }
}

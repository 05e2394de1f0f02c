package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.render.TerminalSvg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * README's picture is what a run prints: the repository's runbook under the repository's policy, in
 * colours. The machine differs from run to run, so its probe alone is a stand-in: it answers what the
 * scenario {@code overloaded} has recorded. A missing picture is drawn, and the test fails that time.
 */
class ReadmePictureIT {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path PICTURE = Path.of("docs/images/run.svg");
    private static final String COMMAND = "./gert run runbooks/host-triage.runbook.yaml";

    private static final Path SCENARIO = Path.of("scenarios/host-triage/overloaded/scenario.yaml");
    private static final Pattern RECORDED =
            Pattern.compile("argv: \\[runbooks/host-triage/probe, ([a-z]+)[^]]*]\n +stdout: '([^']+)'");

    @TempDir
    Path folder;

    @Test
    void isOfARealRun() throws Exception {
        Workshop shop = new Workshop(folder);
        for (String file : new String[] {"governance.yaml", "runbooks/host-triage.runbook.yaml"}) {
            shop.file(file, Files.readString(ROOT.resolve(file)));
        }
        Path probe = shop.folder.resolve("runbooks/host-triage/probe");
        Files.createDirectories(probe.getParent());
        Files.copy(ROOT.resolve("runbooks/host-triage/probe"), probe, StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(probe, standIn());

        Workshop.Result result = shop.gert("run", "--color", "always", "runbooks/host-triage.runbook.yaml");
        assertThat(result.exit()).as(result.all()).isZero();
        String screen = "\u001b[2m$\u001b[0m " + COMMAND + "\n" + withoutWhatChanges(result.out());
        String words = screen.replaceAll("\u001b\\[[0-9;]*m", "");
        assertThat(words).contains("outcome  needs_rca");
        String drawn = TerminalSvg.render(COMMAND, "A terminal session:\n" + words, screen);

        if (!Files.exists(PICTURE)) {
            Files.createDirectories(PICTURE.getParent());
            Files.writeString(PICTURE, drawn);
            throw new AssertionError("drew " + PICTURE + ": look at it, and run again");
        }
        assertThat(drawn)
                .as("a run looks different now: delete %s, and the next run of this test draws it again", PICTURE)
                .isEqualTo(Files.readString(PICTURE));
        assertThat(Files.readString(Path.of("README.md"))).contains("](" + PICTURE + ")");
    }

    private static String standIn() throws IOException {
        StringBuilder script = new StringBuilder("#!/bin/sh\ncase $1 in\n");
        Matcher recorded = RECORDED.matcher(Files.readString(SCENARIO));
        while (recorded.find()) {
            script.append(recorded.group(1) + ") echo '" + recorded.group(2) + "' ;;\n");
        }
        return script.append("*) exit 1 ;;\nesac\n").toString();
    }

    /** The run's id, the policy's digest, and how long things took: as wide as before. */
    private static String withoutWhatChanges(String said) {
        return said.replaceAll("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}", "20261123T093934Z-6fce7ea3")
                .replaceAll("sha256:[0-9a-f]{8}", "sha256:cf065f9a")
                .replaceAll("[0-9]\\.[0-9] s(?=\\W)", "0.1 s")
                .replaceAll("(steps, )0\\.1 s", "$10.6 s");
    }
}

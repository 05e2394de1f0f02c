package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code examples/governance}: a policy and what comes of it. Its page says exactly what the commands print;
 * {@code -Dgert.update=true} writes what they do.
 */
class GovernanceExampleTest {
    private static final Path EXAMPLE = Path.of("examples/governance");

    @TempDir
    Path folder;

    private record Said(int exit, String out, String err) {}

    @BeforeEach
    void repository() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.copy(Path.of("governance.yaml"), folder.resolve("governance.yaml"));
        List<Path> files;
        try (Stream<Path> found = Files.walk(EXAMPLE)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copy = folder.resolve(file.toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
            assertThat(copy.toFile().setExecutable(Files.isExecutable(file))).isTrue();
        }
    }

    @Test
    void thePageSaysWhatIsFound() throws IOException {
        String page = Files.readString(EXAMPLE.resolve("README.md"));
        StringBuilder now = new StringBuilder();
        boolean inside = false;
        for (String line : page.split("\n", -1)) {
            boolean fence = line.startsWith("```");
            if (!inside || fence || line.startsWith("$ ")) {
                now.append(line).append('\n');
            }
            inside = fence ? line.equals("```console") : inside;
            if (inside && line.startsWith("$ gert ")) {
                Said said = gert(line.substring("$ gert ".length()).split(" "));
                now.append(said.out()).append(said.err());
            }
        }
        now.setLength(now.length() - 1);
        if (!now.toString().equals(page) && Boolean.getBoolean("gert.update")) {
            Files.writeString(EXAMPLE.resolve("README.md"), now);
        }
        assertThat(now.toString()).isEqualTo(page);
        assertThat(page).contains("error[P001]", "error[P006]", "error[P010]", "error[P011]", "error[P016]");
    }

    @Test
    void theDeniedNeverRun() throws IOException {
        Said said = gert("run", "examples/governance/refused.runbook.yaml");
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("nothing was executed");
        assertThat(folder.resolve("reports")).doesNotExist();
    }

    @Test
    void theAllowedRunsAndItsPasswordIsNowhere() throws IOException {
        Said said = gert("run", "--verbose", "examples/governance/look.runbook.yaml");
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out()).doesNotContain("hunter2");
        StringBuilder kept = new StringBuilder();
        try (Stream<Path> found = Files.walk(folder.resolve("reports"))) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                kept.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(kept).contains("node-7 up").contains("password=***").doesNotContain("hunter2");
    }

    @Test
    void oneYesIsWaitedFor() throws IOException {
        Said said = gert("run", "examples/governance/kill.runbook.yaml");
        assertThat(said.exit()).isEqualTo(8);
        assertThat(said.out() + said.err())
                .contains("kill: waits for the approval of one of oncall-lead")
                .doesNotContain("ended process");
    }

    @Test
    void twoPeopleWhoAreNotThereBlockTheStep() throws IOException {
        Said said = gert("run", "examples/governance/set.runbook.yaml");
        assertThat(said.exit()).isEqualTo(4);
        assertThat(said.out() + said.err()).contains("approval of 2 people").doesNotContain("limit is 10");
    }

    private Said gert(String... words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> env = Map.of("LANG", "C.UTF-8", "PATH", "/usr/bin:/bin");
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                out,
                err,
                env,
                folder.toRealPath(),
                TerminalFacts.of(null, null, null, env));
        int exit = Cli.run(words, io);
        return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}

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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code gert coverage --suggest} prints of this project's own runbooks, saved as printed, covers all of them. */
class SuggestSaveTest {
    private static final Path OWN = Path.of("TSG/connectivity");
    private static final String FILE = "\u2500\u2500 ";

    @TempDir
    Path folder;

    @Test
    void whatIsPrintedCoversAllWhenItIsSaved() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.copy(Path.of("governance.yaml"), folder.resolve("governance.yaml"));
        Files.createDirectories(folder.resolve(OWN));
        try (Stream<Path> files = Files.list(OWN)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.toString()));
            }
        }
        String printed = gert("coverage", "--suggest", ".");
        assertThat(printed).contains("2 runbooks: branches 0 of 8 (0%), outcomes 0 of 8 (0%)");
        assertThat(printed.lines().filter(line -> line.startsWith("\u2717"))).isEmpty();
        List<String> saved = save(printed);
        assertThat(saved)
                .anyMatch(name -> name.endsWith("/single-gw-node-affected/steps/002-kill-gw.json"))
                .anyMatch(name -> name.endsWith("/gateway-can-t-reach-the-backend/steps/000-query-login-failures.json"))
                .anyMatch(name -> name.endsWith("/gateway-can-t-reach-the-backend/steps/000-query-gw-throttle.json"));
        assertThat(gert("coverage", "--min-branch", "100", "--min-outcome", "100", "."))
                .contains("2 runbooks: branches 8 of 8 (100%), outcomes 8 of 8 (100%)");
        assertThat(gert("test", ".")).contains("suggested.test.yaml").contains("24 tests: 24 passed");
        assertThat(gert("coverage", "--suggest", ".")).doesNotContain(FILE);
    }

    /** The lines below a file's name until an empty one, or the next file. */
    private List<String> save(String printed) throws IOException {
        List<String> names = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String name = "";
        for (String line : (printed + "\n").split("\n", -1)) {
            boolean next = line.startsWith(FILE);
            if ((next || line.isEmpty()) && !name.isEmpty()) {
                Path file = folder.resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, text.toString());
                names.add(name);
                name = "";
            }
            if (next) {
                name = line.substring(FILE.length());
                text.setLength(0);
            } else {
                text.append(line).append('\n');
            }
        }
        return names;
    }

    private String gert(String... words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, String> env = Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8");
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                out,
                new ByteArrayOutputStream(),
                env,
                folder.toRealPath(),
                TerminalFacts.of(null, null, null, env));
        int code = Cli.run(words, io);
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }
}

package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Code;
import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/how-to/validate.md} says exactly what the command prints; {@code -Dgert.update=true} writes what it does. */
class ReviewPageTest {
    private static final Path PAGE = Path.of("docs/how-to/validate.md");

    @TempDir
    Path folder;

    @Test
    void itsBlocksAreWhatHappens() throws IOException {
        String page = Files.readString(PAGE);
        Files.createDirectories(folder.resolve(".git"));
        StringBuilder now = new StringBuilder();
        String[] blocks = page.split("```", -1);
        for (int i = 0; i < blocks.length; i++) {
            String block = blocks[i];
            now.append(i == 0 ? "" : "```");
            if (i % 2 == 1 && block.startsWith("yaml\n# ")) {
                String name = block.substring("yaml\n# ".length(), block.indexOf('\n', 5));
                Files.writeString(folder.resolve(name), block.substring(5));
            } else if (i % 2 == 1 && block.startsWith("console\n$ gert ")) {
                String line = block.substring("console\n$ gert ".length(), block.indexOf('\n', 8));
                block = "console\n$ gert " + line + "\n" + gert(line.split(" "));
            }
            now.append(block);
        }
        if (!now.toString().equals(page) && Boolean.getBoolean("gert.update")) {
            Files.writeString(PAGE, now.toString());
        }
        assertThat(now.toString()).isEqualTo(page).contains("error[P001]", "warning[P009]", "error[P016]");
    }

    /** The table names every check of a runbook against policy; the others are of policies and rosters themselves. */
    @Test
    void theTableHasEveryCheck() throws IOException {
        String page = Files.readString(PAGE);
        for (Code code : Code.values()) {
            boolean ofARunbook = code.name().matches("P00[14689]|P01[013-6]");
            if (ofARunbook) {
                assertThat(page).contains(code.name());
            }
        }
    }

    private String gert(String... words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, String> env = Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8");
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                out,
                out,
                env,
                folder.toRealPath(),
                TerminalFacts.of(null, null, null, env));
        assertThat(Cli.run(words, io)).isEqualTo(1);
        return out.toString(StandardCharsets.UTF_8);
    }
}

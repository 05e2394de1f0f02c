package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/**
 * {@code docs/how-to/suggest.md} says exactly what the commands print; {@code -Dgert.update=true} writes
 * what came into the page, and still fails.
 */
class SuggestPageTest {
    private static final Path PAGE = Path.of("docs/how-to/suggest.md");

    @TempDir
    Path folder;

    @Test
    void itsBlocksAreWhatHappens() throws IOException {
        String page = Files.readString(PAGE);
        Files.createDirectories(folder.resolve(".git"));
        StringBuilder now = new StringBuilder();
        String[] blocks = page.split("```", -1);
        int commands = 0;
        for (int i = 0; i < blocks.length; i++) {
            String block = blocks[i];
            now.append(i == 0 ? "" : "```");
            if (i % 2 == 1 && block.startsWith("yaml\n# ")) {
                String name = block.substring("yaml\n# ".length(), block.indexOf('\n', 5));
                Files.writeString(folder.resolve(name), block.substring(5));
            } else if (i % 2 == 1 && block.startsWith("console\n$ gert ")) {
                String line = block.substring("console\n$ gert ".length(), block.indexOf('\n', 8));
                block = "console\n$ gert " + line + "\n" + gert(line.split(" "));
                commands++;
            }
            now.append(block);
        }
        assertThat(commands).isEqualTo(1);
        if (!now.toString().equals(page) && Boolean.getBoolean("gert.update")) {
            Files.writeString(PAGE, now.toString());
        }
        assertThat(now.toString()).isEqualTo(page);
        assertThat(folder.resolve("scenarios")).doesNotExist();
    }

    private String gert(String... words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> env = Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8");
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                out,
                err,
                env,
                folder.toRealPath(),
                TerminalFacts.of(null, null, null, env));
        assertThat(Cli.run(words, io)).isZero();
        assertThat(err.size()).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }
}

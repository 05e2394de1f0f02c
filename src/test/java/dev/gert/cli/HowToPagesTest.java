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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pages say exactly what their commands print: {@code yaml NAME} and {@code json NAME} are files, {@code console} is
 * a command and what came. {@code -Dgert.update=true} writes what came into the page, and still fails.
 */
class HowToPagesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"suggest, 1", "test, 3"})
    void itsBlocksAreWhatHappens(String name, int commands) throws IOException {
        Path file = Path.of("docs/how-to", name + ".md");
        String page = Files.readString(file);
        Files.createDirectories(folder.resolve(".git"));
        StringBuilder now = new StringBuilder();
        String[] blocks = page.split("```", -1);
        int found = 0;
        for (int i = 0; i < blocks.length; i++) {
            String block = blocks[i];
            String info = block.substring(0, Math.max(0, block.indexOf('\n')));
            now.append(i == 0 ? "" : "```");
            if (i % 2 == 1 && (info.startsWith("yaml ") || info.startsWith("json "))) {
                Path written = folder.resolve(info.substring("yaml ".length()));
                Files.createDirectories(written.getParent());
                Files.writeString(written, block.substring(block.indexOf('\n') + 1));
            } else if (i % 2 == 1 && block.startsWith("console\n$ gert ")) {
                String line = block.substring("console\n$ gert ".length(), block.indexOf('\n', 8));
                block = "console\n$ gert " + line + "\n" + gert(line.split(" "));
                found++;
            }
            now.append(block);
        }
        assertThat(found).isEqualTo(commands);
        if (!now.toString().equals(page) && Boolean.getBoolean("gert.update")) {
            Files.writeString(file, now.toString());
        }
        assertThat(now.toString()).isEqualTo(page);
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
        assertThat(Cli.run(words, io)).isBetween(0, 1);
        assertThat(err.size()).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }
}

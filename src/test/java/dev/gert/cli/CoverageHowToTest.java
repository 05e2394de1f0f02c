package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.render.CoverageHtmlTest;
import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/how-to/coverage.md}: its files are laid, its commands typed one after another. */
class CoverageHowToTest {
    private static final Path PAGE = Path.of("docs/how-to/coverage.md");

    @TempDir
    Path folder;

    @Test
    void itsBlocksAreWhatHappens() throws Exception {
        Files.createDirectories(folder.resolve(".git"));
        String[] blocks = Files.readString(PAGE).split("```", -1);
        List<Integer> codes = new ArrayList<>();
        for (int i = 1; i < blocks.length; i += 2) {
            String block = blocks[i];
            if (block.startsWith("yaml\n# ") && block.contains(".yaml\n")) {
                Path file = folder.resolve(block.substring("yaml\n# ".length(), block.indexOf('\n', 5)));
                Files.createDirectories(file.getParent());
                Files.writeString(file, block.substring(5));
            }
            if (block.startsWith("console\n")) {
                StringBuilder now = new StringBuilder("console\n");
                for (String line : block.lines().skip(1).toList()) {
                    if (line.startsWith("$ gert ")) {
                        now.append(line).append('\n');
                        codes.add(typed(line.substring("$ gert ".length()), now));
                    }
                }
                assertThat(now.toString()).isEqualTo(block);
            }
        }
        assertThat(codes).containsExactly(1, 0, 0, 0);
        assertThat(folder.resolve("reports/coverage/runbooks__disk.runbook.yaml.json"))
                .isRegularFile();
        assertThat(CoverageHtmlTest.parsed(Files.readString(folder.resolve("coverage.html")))
                        .getElementsByTagName("title")
                        .item(0)
                        .getTextContent())
                .isEqualTo("coverage: 50% of branches, 50% of outcomes");
    }

    /** What stands behind {@code >} is the file that the answer goes to. */
    private int typed(String line, StringBuilder shown) throws IOException {
        String[] parts = line.split(" > ");
        List<String> words = new ArrayList<>();
        Arrays.stream(parts[0].split(" ")).forEach(word -> words.add(word.replace("'", "")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, String> env = Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8");
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                out,
                new ByteArrayOutputStream(),
                env,
                folder.toRealPath(),
                TerminalFacts.of(null, null, null, env));
        int code = Cli.run(words.toArray(new String[0]), io);
        if (parts.length > 1) {
            Files.write(folder.resolve(parts[1]), out.toByteArray());
        } else {
            shown.append(out.toString(StandardCharsets.UTF_8));
        }
        return code;
    }
}

package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/how-to/audit.md}: its files are laid, its commands typed one after another. {@code -Dgert.update=true}
 * writes what came into the page, and still fails.
 */
class AuditPageIT {
    private static final Path PAGE = Path.of("docs/how-to/audit.md");

    @TempDir
    Path folder;

    @Test
    void itsBlocksAreWhatHappens() throws Exception {
        Workshop shop = new Workshop(folder);
        Files.createDirectories(shop.folder.resolve(".git"));
        String page = Files.readString(PAGE);
        String[] blocks = page.split("```", -1);
        StringBuilder now = new StringBuilder();
        int typed = 0;
        for (int i = 0; i < blocks.length; i++) {
            String block = blocks[i];
            if (i % 2 == 1 && block.startsWith("yaml\n# ")) {
                shop.file(block.substring("yaml\n# ".length(), block.indexOf('\n', 5)), block.substring(5));
            } else if (i % 2 == 1 && block.startsWith("console\n")) {
                StringBuilder said = new StringBuilder("console\n");
                for (String line : block.lines().skip(1).toList()) {
                    if (line.startsWith("$ gert ")) {
                        String[] words = line.substring("$ gert ".length()).split(" ");
                        Workshop.Result result = shop.gert(words);
                        assertThat(result.err()).doesNotContain("error");
                        said.append(line).append('\n').append(words[0].equals("audit") ? steady(result.out()) : "");
                        typed++;
                    }
                }
                block = said.toString();
            }
            now.append(i == 0 ? "" : "```").append(block);
        }
        if (!now.toString().equals(page) && Boolean.getBoolean("gert.update")) {
            Files.writeString(PAGE, now.toString());
        }
        assertThat(now.toString()).isEqualTo(page);
        assertThat(typed).isEqualTo(3);
    }

    /** Without what is another one each time. */
    private static String steady(String out) {
        return out.replaceFirst("(?s)^audit of run .*?\n\n", "audit of run RUN, real, begun TIME by WHO on HOST\n\n");
    }
}

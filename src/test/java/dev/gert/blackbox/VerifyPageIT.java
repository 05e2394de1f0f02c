package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code docs/how-to/verify.md} and {@code evidence.md}: their files are laid, their commands typed one after another. {@code -Dgert.update=true}
 * writes what came into the pages, and still fails.
 */
class VerifyPageIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"verify, 3", "evidence, 3"})
    void itsBlocksAreWhatHappens(String name, int shownInAll) throws Exception {
        Path file = Path.of("docs/how-to", name + ".md");
        Workshop shop = new Workshop(folder);
        Files.createDirectories(shop.folder.resolve(".git"));
        String page = Files.readString(file);
        String[] blocks = page.split("```", -1);
        StringBuilder now = new StringBuilder();
        int verified = 0;
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
                        assertThat(result.err()).doesNotContain("error", "warning");
                        boolean shown = words[0].equals("verify") || words[0].equals("report");
                        said.append(line).append('\n').append(shown ? steady(result.out()) : "");
                        verified += shown ? 1 : 0;
                    } else if (line.startsWith("$ python3 ")) {
                        Files.copy(
                                Path.of("tools/verify_run.py"),
                                shop.folder.resolve("verify_run.py"),
                                StandardCopyOption.REPLACE_EXISTING);
                        said.append(line).append('\n').append(steady(shell(shop, line.substring(2))));
                        verified++;
                    } else if (line.startsWith("$ ")) {
                        shell(shop, line.substring(2));
                        said.append(line).append('\n');
                    }
                }
                block = said.toString();
            }
            now.append(i == 0 ? "" : "```").append(block);
        }
        if (!now.toString().equals(page) && Boolean.getBoolean("gert.update")) {
            Files.writeString(file, now.toString());
        }
        assertThat(now.toString()).isEqualTo(page);
        assertThat(verified).isEqualTo(shownInAll);
    }

    private static String shell(Workshop shop, String line) throws Exception {
        Process process = new ProcessBuilder(List.of("sh", "-c", line))
                .directory(shop.folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** Without what is another one each time. */
    private static String steady(String out) {
        return out.replaceAll("\\d{8}T\\d{6}Z-[0-9a-f]{8}", "20261123T101500Z-4f21c9aa")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{15}Z", "2026-11-23T10:15:00.524715Z")
                .replaceAll("SHA256:[A-Za-z0-9+/]{43}", "SHA256:4sS7V/Xb6RnFwQ0p1mC2eYt8uZkLhJd9aGxNvBqWoEo")
                .replaceAll("[0-9a-f]{64}", "684f40b4533e7b9996d5e6b9dede5359fa3c537c1b86cb07e707a0f8820c2021")
                .replaceAll("byte \\d+", "byte 2596");
    }
}

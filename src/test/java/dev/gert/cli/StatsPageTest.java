package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/how-to/stats.md}: its commands over a week of runs, and its lines of CSV among what they print. {@code -Dgert.update=true} writes what came. */
class StatsPageTest {
    private static final Path PAGE = Path.of("docs/how-to/stats.md");

    @TempDir
    Path folder;

    @Test
    void itsBlocksAreWhatHappens() throws IOException {
        Path root = folder.toRealPath();
        Files.createDirectory(root.resolve(".git"));
        new LaidRuns(root.resolve("reports")).week();
        String page = Files.readString(PAGE);
        String[] blocks = page.split("```", -1);
        int found = 0;
        for (int i = 1; i < blocks.length; i += 2) {
            if (blocks[i].startsWith("console\n")) {
                StringBuilder said = new StringBuilder("console\n");
                for (String line : blocks[i].split("\n")) {
                    if (line.startsWith("$ gert ")) {
                        InProcess.Said came = InProcess.gert(
                                List.of(line.substring("$ gert ".length()).split(" ")),
                                root,
                                Map.of("LANG", "C.UTF-8"));
                        assertThat(came.exitCode()).as(line).isZero();
                        said.append(line).append('\n').append(came.out()).append(came.err());
                        found++;
                    }
                }
                blocks[i] = said.toString().replace("\r", "");
            }
        }
        String csv = InProcess.gert(List.of("stats", "--csv"), root, Map.of()).out();
        String[] shown = page.split("```csv\n")[1].split("```")[0].split("\n");
        assertThat(csv.split("\r\n")).contains(shown);
        String now = String.join("```", blocks);
        if (!now.equals(page) && Boolean.getBoolean("gert.update")) {
            Files.writeString(PAGE, now);
        }
        assertThat(now).isEqualTo(page);
        assertThat(found).isGreaterThan(1);
    }
}

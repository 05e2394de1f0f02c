package dev.gert.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last words of a failed step. */
class OutputFilesTest {
    @TempDir
    Path folder;

    @Test
    void theLastFiveLines() throws IOException {
        assertThat(last("")).isEmpty();
        assertThat(last("one\n")).containsExactly("one");
        assertThat(last("one\ntwo")).containsExactly("one", "two");
        assertThat(last("1\n2\n3\n4\n5\n6\n7\n")).containsExactly("3", "4", "5", "6", "7");
        assertThat(last("\n\nx\n\n")).containsExactly("", "", "x", "");
    }

    @Test
    void ofALongFileOnlyTheEndIsRead() throws IOException {
        assertThat(last("x".repeat(100_000) + "\nend\n")).containsExactly("end");
        assertThat(last("x".repeat(100_000)).get(0)).hasSize(8192);
        assertThat(last("a line\n".repeat(100_000))).containsExactly("a line", "a line", "a line", "a line", "a line");
    }

    @Test
    void aFileThatIsNotThereHasNone() {
        assertThat(new OutputFiles(folder, folder).lastLines("output/none")).isEmpty();
    }

    @Test
    void pathsAreShownFromTheCurrentFolder() {
        assertThat(new OutputFiles(Path.of("/srv/reports/runs/1"), Path.of("/srv")).path("output/001-a.err"))
                .isEqualTo("reports/runs/1/output/001-a.err");
        assertThat(new OutputFiles(Path.of("/other/runs/1"), Path.of("/srv")).path("output/001-a.err"))
                .isEqualTo("/other/runs/1/output/001-a.err");
    }

    private List<String> last(String text) throws IOException {
        Files.writeString(folder.resolve("out"), text);
        return new OutputFiles(folder, folder).lastLines("out");
    }
}

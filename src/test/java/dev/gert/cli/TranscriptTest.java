package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What commands print, word for word: {@code src/test/cases/cli/*.txt}. With {@code -Dgert.update=true}
 * a transcript that differs is written anew, and the test fails all the same.
 */
class TranscriptTest {
    private static final Path CASES = Path.of("src/test/cases/cli");

    @TempDir
    Path folder;

    static List<Path> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void replays(Path file) throws IOException {
        String written = Files.readString(file);
        String replayed = new Transcript(written.lines().toList(), folder.toRealPath()).replay();
        if (!replayed.equals(written) && Boolean.getBoolean("gert.update")) {
            Files.writeString(file, replayed);
        }
        assertThat(replayed).isEqualTo(written);
    }
}

package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code gert validate} of the broken runbooks in {@code src/test/cases/snippets}: the exact text. A
 * missing {@code expected.txt} is written and the test fails that time. Whatever else is in a snippet's
 * folder (child runbooks, {@code tools/}, {@code gert.yaml}) lies beside {@code x.runbook.yaml}.
 */
class SnippetTest {
    private static final Path CASES = Path.of("src/test/cases/snippets");
    private static final int LEAST = 492;

    static Stream<String> snippets() throws IOException {
        List<String> names;
        try (Stream<Path> found = Files.list(CASES)) {
            names = found.map(p -> p.getFileName().toString()).sorted().toList();
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(LEAST);
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void saysExactlyThis(String name, @TempDir Path folder) throws IOException {
        Path snippet = CASES.resolve(name);
        lay(snippet, folder);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> env = Map.of("LANG", "C.UTF-8");
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                out,
                err,
                env,
                folder.toRealPath(),
                TerminalFacts.of(null, null, null, env));
        int exit = Cli.run(new String[] {"validate", "x.runbook.yaml"}, io);
        String said =
                "exit " + exit + "\n" + out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
        Path expected = snippet.resolve("expected.txt");
        if (!Files.exists(expected)) {
            Files.writeString(expected, said);
            throw new AssertionError("wrote " + expected + ": read it, and run again");
        }
        assertThat(said).isEqualTo(Files.readString(expected));
    }

    private static void lay(Path snippet, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(snippet)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path name = snippet.relativize(file);
            if (!name.equals(Path.of("expected.txt"))) {
                Path copy = folder.resolve(name.toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}

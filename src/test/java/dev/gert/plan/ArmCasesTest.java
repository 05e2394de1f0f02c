package dev.gert.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.cli.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code src/test/cases/arms}: a runbook and what is said of it. {@code -Dgert.cases.update=true} writes it, and fails. */
class ArmCasesTest {
    private static final Path CASES = Path.of("src", "test", "cases", "arms");

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".runbook.yaml"))
                    .map(name -> name.substring(0, name.length() - ".runbook.yaml".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void saysExactlyThis(String name, @TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\n");
        Files.copy(CASES.resolve(name + ".runbook.yaml"), folder.resolve("x.runbook.yaml"));

        String said = InProcess.gert(List.of("validate", "x.runbook.yaml"), folder.toRealPath())
                .out();

        Path expected = CASES.resolve(name + ".txt");
        String before = Files.exists(expected) ? Files.readString(expected) : "";
        if (Boolean.getBoolean("gert.cases.update")) {
            Files.writeString(expected, said);
        }
        assertThat(said).isEqualTo(before);
    }
}

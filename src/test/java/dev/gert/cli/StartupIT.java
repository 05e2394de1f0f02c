package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the packed program loads on its way (startup.md): start-up stays cheap because of what is not there. */
class StartupIT {
    /** Dear to load, and needed by none of the commands below. */
    private static final List<String> NEVER = List.of(
            "com.fasterxml.jackson.databind.",
            "io.opentelemetry.",
            "software.amazon.",
            "java.util.logging.",
            "java.net.http.",
            "org.slf4j.");

    @TempDir
    Path folder;

    /** Command lines that end with exit code 0 in the project's folder. */
    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("--version"),
                List.of("-V"),
                List.of("--help"),
                List.of("validate", "--policy", "governance.yaml", "runbooks"),
                List.of("test", "runbooks"),
                List.of("plan", "runbooks/host-triage.runbook.yaml"),
                List.of("graph", "runbooks/host-triage.runbook.yaml"),
                List.of("schema", "runbook"),
                List.of("explain", "R222"),
                List.of("init", "target/startup-init"),
                List.of("coverage", "runbooks/host-triage.runbook.yaml"),
                List.of("run", "--reports", "target/startup", "runbooks/host-triage.runbook.yaml"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void loadsNothingDear(List<String> command) throws Exception {
        assertThat(load(command)).noneMatch(type -> startsWithOneOf(type, NEVER));
    }

    @Test
    void theVersionIsAnsweredByTwoClasses() throws Exception {
        assertThat(load(List.of("--version")).stream()
                        .filter(type -> type.indexOf('.') > 0
                                && !type.startsWith("java.")
                                && !type.startsWith("jdk.")
                                && !type.startsWith("sun.")))
                .containsExactlyInAnyOrder("dev.gert.cli.Main", "dev.gert.cli.Version");
    }

    private List<String> load(List<String> command) throws IOException, InterruptedException {
        Path log = folder.resolve("classes");
        Path output = folder.resolve("output");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log + ":none",
                "-jar",
                System.getProperty("gert.jar")));
        line.addAll(command);
        Process process = new ProcessBuilder(line)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();

        List<String> types = new ArrayList<>();
        for (String entry : Files.readAllLines(log)) {
            int end = entry.indexOf(' ');
            types.add(end < 0 ? entry : entry.substring(0, end));
        }
        assertThat(types).contains("java.lang.Object", "dev.gert.cli.Main");
        return types;
    }

    private static boolean startsWithOneOf(String type, List<String> prefixes) {
        return prefixes.stream().anyMatch(type::startsWith);
    }
}

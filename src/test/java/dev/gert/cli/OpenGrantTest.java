package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.source.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose elevation is open does not go on before it is released. */
class OpenGrantTest {
    @TempDir
    Path folder;

    @Test
    void nothingRunsWhileAnElevationIsOpen() throws IOException {
        Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\ndefault: allow\n");
        Files.writeString(folder.resolve("gert.yaml"), "name: shop\n");
        Files.writeString(folder.resolve("x.runbook.yaml"), """
                apiVersion: runbook/v0
                meta: {name: x}
                steps:
                  - {id: look, type: manual, title: Look, instructions: Look}
                  - {id: touch, type: cli, title: Touch, with: {argv: [/usr/bin/touch, ran]}}
                """);
        Files.writeString(folder.resolve("yes.yaml"), "evidence: {look: {}}\n");
        assertThat(gert("run", "x.runbook.yaml", "--non-interactive").exitCode())
                .isEqualTo(8);

        append("elevation_granted");
        InProcess.Said open = gert("resume", "latest", "--non-interactive", "--answers", "yes.yaml");
        assertThat(open.exitCode()).as(open.err()).isEqualTo(3);
        assertThat(open.err())
                .contains("an elevation was granted and is not released: look", "began the run and can release it");
        assertThat(folder.resolve("ran")).doesNotExist();

        append("elevation_released");
        InProcess.Said released = gert("resume", "latest", "--non-interactive", "--answers", "yes.yaml");
        assertThat(released.exitCode()).as(released.err() + released.out()).isZero();
        assertThat(folder.resolve("ran")).exists();
    }

    private void append(String type) throws IOException {
        Path journal;
        try (Stream<Path> runs = Files.list(folder.resolve("reports/runs"))) {
            journal = runs.findFirst().orElseThrow().resolve("journal.jsonl");
        }
        List<String> lines = Files.readAllLines(journal);
        String last = lines.get(lines.size() - 1);
        String body = "{\"seq\":" + lines.size() + ",\"time\":\"2099-01-01T00:00:00.000000Z\",\"run\":\""
                + journal.getParent().getFileName() + "\",\"span\":null,\"type\":\"" + type
                + "\",\"data\":{\"step\":\"look\",\"attempt\":1},\"prev\":\""
                + last.substring(last.length() - 66, last.length() - 2) + "\"";
        lines.add(body + ",\"hash\":\"" + Sha256.hex(body) + "\"}");
        Files.writeString(journal, String.join("\n", lines) + "\n");
    }

    private InProcess.Said gert(String... words) {
        return InProcess.gert(List.of(words), folder);
    }
}

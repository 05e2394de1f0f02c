package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.render.DiagnosticText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many threads look at the files: what is said, and in what order, is what one would say. */
class ValidationTest {
    private static final int FILES = 60;

    @TempDir
    private Path folder;

    @Test
    void severalThreadsSayWhatOneSays() throws IOException {
        lay("apiVersion: governance/v0\n");
        same();
    }

    @Test
    void whatIsWrongWithThePolicyOfAllIsToldOnce() throws IOException {
        lay("apiVersion: governance/v0\nwrong: 1\nwrong: 2\nworse: 3\n");
        Validation.Answer answer = same();
        assertThat(answer.unusable()).isTrue();
        assertThat(answer.findings())
                .filteredOn(d -> d.message().contains("`worse`"))
                .hasSize(1);
    }

    private Validation.Answer same() {
        Validation.Answer one = new Validation(folder, List.of(), 1).check(List.of("books"));
        Validation.Answer several = new Validation(folder, List.of(), 4).check(List.of("books"));
        assertThat(one.checked()).hasSize(FILES);
        assertThat(several.checked()).isEqualTo(one.checked());
        assertThat(several.unusable()).isEqualTo(one.unusable());
        assertThat(one.findings()).isNotEmpty();
        assertThat(DiagnosticText.render(several.findings(), false, true))
                .isEqualTo(DiagnosticText.render(one.findings(), false, true));
        return several;
    }

    private void lay(String policy) throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve("governance.yaml"), policy);
        Path books = Files.createDirectories(folder.resolve("books"));
        for (int i = 0; i < FILES; i++) {
            String name = i % 3 == 0 ? "nobody" : "name";
            Files.writeString(books.resolve("b" + i + ".runbook.yaml"), """
                    apiVersion: runbook/v0
                    meta: {name: b, vars: {name: "1", idle: "2"}}
                    steps:
                      - {id: one, type: manual, instructions: "{{ .%s }}"}
                    """.formatted(name));
        }
    }
}

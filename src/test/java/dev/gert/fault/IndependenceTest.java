package dev.gert.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What checks a run has nothing in common with what made it. */
class IndependenceTest {
    @Test
    void theCheckerUsesNothingOfGerts() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/gert/fault/Invariants.java"));
        String code = source.substring(source.indexOf("import"));
        assertThat(code).doesNotContain("dev.gert").doesNotContain("Golden").doesNotContain("Stage");
    }
}

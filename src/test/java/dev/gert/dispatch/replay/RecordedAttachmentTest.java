package dev.gert.dispatch.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.decode.AnswersDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Sha256;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scenario's attachment is the file that was recorded. */
class RecordedAttachmentTest {
    @TempDir
    Path folder;

    @Test
    void isThereAndIsTheOneThatWasRecorded() throws IOException {
        Files.writeString(folder.resolve("p.png"), "picture");
        String digest = Sha256.hex("picture");
        assertThat(problem("path: p.png")).isNull();
        assertThat(problem("path: p.png, size: 7, sha256: " + digest)).isNull();
        assertThat(problem("path: p.png, size: 0, sha256: ''")).isNull();
        assertThat(problem("path: p.png, sha256: 'sha256:" + digest.toUpperCase(Locale.ROOT) + "'"))
                .isNull();
        assertThat(problem("path: p.png, size: 8")).endsWith("has 7 bytes, and 8 are recorded");
        assertThat(problem("path: p.png, sha256: ab")).endsWith("does not have the SHA-256 that is recorded");
        assertThat(problem("path: q.png")).endsWith("is not there");
        assertThat(problem("path: .")).endsWith("is not a file");
    }

    private @Nullable String problem(String fields) {
        Diagnostics diagnostics = new Diagnostics();
        var answers = AnswersDecoder.decode(
                Source.of("a.yaml", "evidence: {s: {shot: {kind: attachment, " + fields + "}}}\n"), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return RecordedAttachment.problem(
                folder,
                Objects.requireNonNull(answers).evidence().get(0).answers().get(0));
    }
}

package dev.gert.scenario;

import dev.gert.event.RunEvent;
import dev.gert.policy.Redactor;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What commands printed, as the run's folder holds it: redacted, and as text. */
final class RecordedOutput {
    /** Of what nothing reads, in bytes. */
    static final int SHOWN = 4096;

    private final Path folder;
    private final Redactor redactor;

    /** {@code folder}: the run's; {@code redactor}: that knows all of its secrets. */
    RecordedOutput(Path folder, Redactor redactor) {
        this.folder = folder;
        this.redactor = redactor;
    }

    /** Some of a stream, and how many of its bytes are left out. */
    record Text(String text, long left) {}

    /**
     * The text of a stream. Bytes that are no UTF-8, and NUL, which no YAML can hold, are U+FFFD, which is what
     * captures see of the former too.
     *
     * @param whole whether a capture or an assertion reads it; else its beginning will do
     */
    Text read(RunEvent.@Nullable OutputFile file, boolean whole, String stepId) throws UnrecordableException {
        if (file == null) {
            return new Text("", 0);
        }
        if (whole && file.bytes() > YamlReader.MAX_BYTES) {
            throw new UnrecordableException("`" + stepId + "` printed " + file.bytes()
                    + " bytes that a capture or an assertion reads, and a scenario's file holds 1 MiB at most");
        }
        int most = whole ? YamlReader.MAX_BYTES : SHOWN;
        try (InputStream in = Files.newInputStream(folder.resolve(file.file()), LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(most);
            int end = file.bytes() > bytes.length ? boundary(bytes) : bytes.length;
            String text = redactor.safe(new String(bytes, 0, end, StandardCharsets.UTF_8))
                    .text();
            return new Text(text.replace('\0', '\uFFFD'), file.bytes() - end);
        } catch (IOException e) {
            throw new UnrecordableException("what `" + stepId + "` printed can't be read: " + TextFiles.reason(e));
        }
    }

    /** Where the last line ends, else the last whole character. */
    private static int boundary(byte[] bytes) {
        for (int i = bytes.length; i > bytes.length / 2; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] & 0xc0) == 0x80) {
            end--;
        }
        return end > 0 && (bytes[end - 1] & 0x80) != 0 ? end - 1 : end;
    }
}

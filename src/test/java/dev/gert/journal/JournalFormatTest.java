package dev.gert.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gert.event.Envelope;
import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import dev.gert.journal.JournalReader.Result;
import dev.gert.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal's format is a promise: ten lines of another language verify it, and what was written stays readable. */
class JournalFormatTest {
    private static final Path CASES = Path.of("src/test/cases/journal");
    private static final Path FIXTURE = CASES.resolve("v1.jsonl");
    private static final String FIXTURE_HEAD = "684f40b4533e7b9996d5e6b9dede5359fa3c537c1b86cb07e707a0f8820c2021";
    private static final int UNKNOWN = 26;

    @TempDir
    Path folder;

    @Test
    void tenLinesOfPythonVerifyIt() throws Exception {
        Path written = Samples.write(folder.resolve("run"), Samples.oneOfEach());
        String head = ((Result.Whole) JournalReader.read(written)).head();
        int records = Samples.oneOfEach().size();
        assertThat(python(written)).isEqualTo("0 " + records + " records, the last hash is " + head + "\n");
        assertThat(python(FIXTURE)).endsWith(" records, the last hash is " + FIXTURE_HEAD + "\n");
        byte[] bytes = Files.readAllBytes(written);
        bytes[bytes.length / 2] ^= 1;
        assertThat(python(Files.write(folder.resolve("changed"), bytes))).startsWith("1 ");
    }

    @Test
    void versionOneStaysReadable() throws IOException {
        Result.Whole whole = (Result.Whole) JournalReader.read(FIXTURE);
        assertThat(whole.head()).isEqualTo(FIXTURE_HEAD);
        Set<EventType> seen = EnumSet.noneOf(EventType.class);
        for (Envelope record : whole.records()) {
            RunEvent event = record.event();
            if (record.seq() != UNKNOWN) {
                assertThat(event).as("record " + record.seq()).isNotInstanceOf(RunEvent.Unrecognised.class);
                seen.add(event.type());
            }
        }
        assertThat(seen)
                .contains(
                        EventType.RUN_STARTED,
                        EventType.POLICY_DECIDED,
                        EventType.DISPATCHED,
                        EventType.STEP_COMPLETED,
                        EventType.RUN_COMPLETED)
                .hasSizeGreaterThanOrEqualTo(24);
        RunEvent.StepCompleted completed =
                (RunEvent.StepCompleted) whole.records().get(9).event();
        assertThat(completed.captures().get("used").raw()).isEqualTo("91");
        assertThat(completed.captures().get("token").raw()).isNull();
        assertThat(completed.captures().get("token").shown().text()).isEqualTo("***");
        assertThat(completed.captures().get("odd").raw()).isEqualTo("line\n\u2028\"\\ \uD83D\uDE80 \u001b[31m");
    }

    @Test
    void theUnknownIsKeptAsItWas() throws IOException {
        Result.Whole whole = (Result.Whole) JournalReader.read(FIXTURE);
        RunEvent.Unrecognised unknown =
                (RunEvent.Unrecognised) whole.records().get(UNKNOWN).event();
        assertThat(unknown.wireType()).isEqualTo("moon_rose");
        assertThat(JsonWriter.compact(unknown.data())).isEqualTo("{\"phase\":3}");
    }

    private String python(Path journal) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder("python3", CASES.resolve("verify.py").toString(), journal.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "python3 is not here");
            throw e;
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + " " + printed;
    }
}

package dev.gert.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.JournalReader.Result;
import dev.gert.policy.RulePlace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalReaderTest {
    @TempDir
    Path folder;

    @Test
    void everythingThatIsWrittenIsRead() throws IOException {
        List<RunEvent> events = Samples.oneOfEach();
        Result.Whole whole = (Result.Whole) JournalReader.read(Samples.write(folder.resolve("run"), events));
        assertThat(whole.records()).hasSameSizeAs(events);
        String before = "";
        for (int i = 0; i < events.size(); i++) {
            Envelope record = whole.records().get(i);
            RunEvent event = events.get(i);
            assertThat(record.seq()).isEqualTo(i);
            assertThat(record.run()).isEqualTo(Samples.RUN);
            assertThat(record.span()).isEqualTo(event.step() == null ? null : Samples.SPAN);
            assertThat(record.time()).isGreaterThan(before);
            assertThat(record.event()).hasSameClassAs(event);
            before = record.time();
        }
        byte[] bytes = Files.readAllBytes(folder.resolve("run").resolve(FileJournal.NAME));
        assertThat(whole.bytes()).isEqualTo(bytes.length);
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(text).endsWith(",\"hash\":\"" + whole.head() + "\"}\n");
        assertThat(text.lines()).hasSameSizeAs(events);
    }

    @Test
    void cutAtEveryByteItIsShorterOrTorn() throws IOException {
        byte[] bytes = Files.readAllBytes(Samples.write(folder.resolve("run"), Samples.oneOfEach()));
        int lines = 0;
        int start = 0;
        for (int cut = 0; cut <= bytes.length; cut++) {
            if (cut > 0 && bytes[cut - 1] == '\n') {
                lines++;
                start = cut;
            }
            Result result = read(Arrays.copyOf(bytes, cut));
            if (cut == start && cut > 0) {
                assertThat(result).as("cut at " + cut).isInstanceOf(Result.Whole.class);
                assertThat(((Result.Whole) result).records()).hasSize(lines);
            } else {
                assertThat(result).as("cut at " + cut).isInstanceOf(Result.Torn.class);
                Result.Torn torn = (Result.Torn) result;
                assertThat(torn.records()).hasSize(lines);
                assertThat(torn.offset()).isEqualTo(start);
                assertThat(torn.tornBytes()).isEqualTo(cut - start);
            }
        }
    }

    @Test
    void noSingleBitIsEverWrong() throws IOException {
        byte[] bytes = Files.readAllBytes(Samples.write(folder.resolve("run"), few()));
        int line = 1;
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                bytes[i] ^= (byte) (1 << bit);
                Result result = read(bytes);
                bytes[i] ^= (byte) (1 << bit);
                assertThat(result).as("byte " + i + ", bit " + bit).isInstanceOf(Result.Damaged.class);
                assertThat(((Result.Damaged) result).line()).isEqualTo(line);
            }
            if (bytes[i] == '\n') {
                line++;
            }
        }
    }

    @Test
    void swappedDoubledDroppedAndForeignRecordsAreDamage() throws IOException {
        List<String> lines = lines(Samples.write(folder.resolve("run"), Samples.oneOfEach()));
        RunEvent other = new RunEvent.Warning(Samples.safe("other"), null);
        List<String> foreign =
                lines(Samples.write(folder.resolve("other"), List.of(Samples.started(), other, other, other, other)));
        damaged(4, lines.get(0), lines.get(1), lines.get(2), lines.get(4), lines.get(3));
        damaged(3, lines.get(0), lines.get(1), lines.get(1), lines.get(2));
        damaged(2, lines.get(0), lines.get(2), lines.get(3));
        damaged(1, lines.get(1), lines.get(2));
        damaged(3, lines.get(0), lines.get(1), foreign.get(2));
        damaged(2, foreign.get(0), "", foreign.get(1));
        damaged(1, "", foreign.get(0));
    }

    @Test
    void whatACrashOfTheMachineCanLeaveIsTorn() throws IOException {
        byte[] bytes = Files.readAllBytes(Samples.write(folder.resolve("run"), few()));
        int last = new String(bytes, 0, bytes.length - 1, StandardCharsets.ISO_8859_1).lastIndexOf('\n') + 1;
        for (int written = last; written < bytes.length; written += 7) {
            byte[] zeros = Arrays.copyOf(Arrays.copyOf(bytes, written), bytes.length + 4096);
            assertThat(read(zeros)).as("written " + written).isInstanceOf(Result.Torn.class);
            assertThat(((Result.Torn) read(zeros)).offset()).isEqualTo(last);
        }
        byte[] zerosAfter = Arrays.copyOf(bytes, bytes.length + 4096);
        assertThat(((Result.Torn) read(zerosAfter)).offset()).isEqualTo(bytes.length);
    }

    @Test
    void otherEndsAreDamage() throws IOException {
        String text = Files.readString(Samples.write(folder.resolve("run"), few()));
        for (String end :
                List.of("x", "{\"seq\":4,\"time\":\"", "{\"seq\":3,\"time\":\"\0x", "{\"seq\":3,\"time\":\"\r", " ")) {
            assertThat(read((text + end).getBytes(StandardCharsets.UTF_8)))
                    .as(end)
                    .isInstanceOf(Result.Damaged.class);
        }
        String whole = text.substring(0, text.length() - 1);
        assertThat(read(whole.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Result.Torn.class);
        for (String end : List.of("J", "*", " ", "\u000b")) {
            assertThat(read((whole + end).getBytes(StandardCharsets.UTF_8))).isInstanceOf(Result.Damaged.class);
        }
        String changed = whole.replace("\"w2\"", "\"w3\"");
        assertThat(changed).isNotEqualTo(whole);
        assertThat(read(changed.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Result.Damaged.class);
    }

    /** The chain is sound, and what it carries is not a record. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"seq\":0      | \"seq\":1       | its seq is not 0",
                "\"seq\":0      | \"seq\":0.0     | its seq is not 0",
                "\"seq\":0      | \"seq\":\"0\"   | its seq is not 0",
                "\"seq\":0      | \"seq\":0,\"seq\":0 | it is not JSON",
                "\"seq\":0,     | ~~              | its members are not",
                "\"seq\":0,     | \"more\":1,\"seq\":0, | its members are not",
                "T              | t               | its time is not",
                "\"span\":null  | \"span\":\"00F067AA0BA902B7\" | its span is not",
                "\"span\":null  | \"span\":7      | its span is not",
                "\"run\":\"r\"  | \"run\":\"\"    | its run is not",
                "\"run\":\"r\"  | \"run\":null    | its run is not",
                "run_started    | warning         | its data is not that of `warning`",
                "run_started    | moon_rose       | the first record is not `run_started`",
                "\"type\":\"run_started\" | \"type\":7 | its type is not a word",
                "journal/v1     | journal/v2      | `schema` is missing or is not what it should be",
                "\"mode\":\"real\" | \"mode\":7   | `mode` is missing or is not what it should be",
                "\"prev\":\"0   | \"prev\":\"1    | its prev is not",
            })
    void aSoundChainIsNotEnough(String from, String to, String reason) throws IOException {
        Envelope envelope = new Envelope(0, JournalTime.of(0), "r", null, Samples.started());
        byte[] sound = JournalLine.compose(envelope, JournalLine.NO_PREVIOUS).bytes();
        assertThat(read(sound)).isInstanceOf(Result.Whole.class);
        String hashed = new String(sound, 0, sound.length - JournalLine.TAIL - 1, StandardCharsets.UTF_8);
        int at = hashed.indexOf(from);
        assertThat(at).as(from).isNotNegative();
        String changed = hashed.substring(0, at) + to + hashed.substring(at + from.length());
        Result result = read(hashed(changed));
        assertThat(result).isInstanceOf(Result.Damaged.class);
        assertThat(((Result.Damaged) result).reason()).contains(reason);
    }

    @Test
    void aLineThatIsNotUtf8IsDamage() throws IOException {
        Envelope envelope = new Envelope(0, JournalTime.of(0), "r\u00ff", null, Samples.started());
        byte[] sound = JournalLine.compose(envelope, JournalLine.NO_PREVIOUS).bytes();
        String latin = new String(sound, 0, sound.length - JournalLine.TAIL - 1, StandardCharsets.UTF_8);
        byte[] hashed = latin.getBytes(StandardCharsets.ISO_8859_1);
        byte[] tail = tail(JournalLine.sha256(hashed, 0, hashed.length));
        byte[] line = Arrays.copyOf(hashed, hashed.length + tail.length);
        System.arraycopy(tail, 0, line, hashed.length, tail.length);
        assertThat(read(line)).isEqualTo(new Result.Damaged(1, 0, "it is not UTF-8"));
    }

    @Test
    void aLinkIsNotRead() throws IOException {
        Path file = folder.resolve("read.jsonl");
        Path real = Samples.write(folder.resolve("run"), few());
        Files.createSymbolicLink(file, real);
        assertThatThrownBy(() -> JournalReader.read(file)).isInstanceOf(IOException.class);
        Files.delete(file);
        assertThatThrownBy(() -> JournalReader.read(file)).isInstanceOf(IOException.class);
    }

    @Test
    void aLongRecordIsRead() throws IOException {
        String text = "\uD83D\uDE80\n".repeat(200_000);
        Path written = Samples.write(
                folder.resolve("run"),
                List.of(
                        Samples.started(),
                        new RunEvent.Warning(Samples.safe(text), null),
                        new RunEvent.RunInterrupted("INT")));
        Result.Whole whole = (Result.Whole) JournalReader.read(written);
        assertThat(((RunEvent.Warning) whole.records().get(1).event()).message().text())
                .isEqualTo(text);
    }

    private static List<RunEvent> few() {
        return List.of(
                Samples.started(),
                new RunEvent.AwaitingApproval("a", 1, new RulePlace("default: acknowledge", "built-in floor", 0)),
                new RunEvent.Warning(Samples.safe("w2"), null));
    }

    private static void damaged(int line, String... lines) throws IOException {
        Result result = read((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(result).isInstanceOf(Result.Damaged.class);
        assertThat(((Result.Damaged) result).line()).isEqualTo(line);
        int offset = 0;
        for (int i = 0; i < line - 1; i++) {
            offset += lines[i].getBytes(StandardCharsets.UTF_8).length + 1;
        }
        assertThat(((Result.Damaged) result).offset()).isEqualTo(offset);
    }

    private static List<String> lines(Path journal) throws IOException {
        return Files.readAllLines(journal);
    }

    private static byte[] hashed(String text) {
        byte[] hashed = text.getBytes(StandardCharsets.UTF_8);
        byte[] tail = tail(JournalLine.sha256(hashed, 0, hashed.length));
        byte[] line = Arrays.copyOf(hashed, hashed.length + tail.length);
        System.arraycopy(tail, 0, line, hashed.length, tail.length);
        return line;
    }

    private static byte[] tail(String hash) {
        return (",\"hash\":\"" + hash + "\"}\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static Result read(byte[] bytes) throws IOException {
        return JournalReader.read(new ByteArrayInputStream(bytes));
    }
}

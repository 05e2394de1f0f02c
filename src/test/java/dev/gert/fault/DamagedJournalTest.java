package dev.gert.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.port.Clock;
import dev.gert.journal.FileJournal;
import dev.gert.journal.FileJournal.Reopened;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The journals of the golden runs, cut at every byte and with single bits changed. */
class DamagedJournalTest {
    private static final long SEED = 1123;
    private static final int ALL_OF_IT = 9000;

    @Test
    void cutAtSomeBytes() throws IOException {
        cut(17);
    }

    @Test
    @Tag("full")
    void cutAtEveryByte() throws IOException {
        cut(1);
    }

    @Test
    void someFlips() throws IOException {
        flip(1000);
    }

    @Test
    @Tag("full")
    void manyFlips() throws IOException {
        flip(Scratch.times(20_000));
    }

    /** Whole records are never lost, and what is cut off is said. Of a long journal only the end is cut. */
    private static void cut(int stride) throws IOException {
        int cuts = 0;
        int resumes = 0;
        for (Golden golden : Golden.all()) {
            Sound sound = Sound.of(golden);
            byte[] whole = sound.journal();
            try (Scratch scratch = new Scratch()) {
                Stage stage = new Stage(golden, scratch.path());
                stage.start(new FaultyDisk());
                for (int size = whole.length - 1; size >= Math.max(0, whole.length - ALL_OF_IT); size -= stride) {
                    Files.write(stage.journal(), Arrays.copyOf(whole, size));
                    int lines = lines(whole, size);
                    int torn = size - start(whole, size);
                    String where = golden + " cut to " + size;
                    Reopened reopened = FileJournal.reopen(stage.folder, clock());
                    cuts++;
                    if (lines == 0) {
                        assertThat(reopened).as(where).isInstanceOf(Reopened.Damaged.class);
                        assertThat(Files.size(stage.journal())).isEqualTo(size);
                        continue;
                    }
                    Reopened.Ready ready = (Reopened.Ready) reopened;
                    ready.journal().close();
                    assertThat(ready.records()).as(where).hasSize(lines);
                    assertThat(ready.cutBytes()).as(where).isEqualTo(torn);
                    assertThat(Files.readAllBytes(stage.journal()))
                            .as(where)
                            .isEqualTo(Arrays.copyOf(whole, size - torn));
                    if (lines > 1 && size % 97 == 0) {
                        resumes++;
                        said(stage, whole, size, torn, where);
                    }
                }
            }
        }
        System.out.println("journals cut: " + cuts + " times, " + resumes + " resumed; 0 whole records lost");
        assertThat(cuts).isGreaterThan(1000);
    }

    private static void said(Stage stage, byte[] whole, int size, int torn, String where) throws IOException {
        Files.write(stage.journal(), Arrays.copyOf(whole, size));
        stage.resume(new FaultyDisk());
        String text = Files.readString(stage.journal());
        String sound = new String(whole, 0, size - torn, StandardCharsets.UTF_8);
        assertThat(text).as(where).startsWith(sound);
        String next = text.substring(sound.length());
        if (!sound.contains("\"type\":\"run_completed\"") || !next.isEmpty()) {
            assertThat(next).as(where).contains("\"type\":\"run_resumed\"").contains("\"cut_bytes\":" + torn);
        }
    }

    private static void flip(int wanted) throws IOException {
        Random random = new Random(SEED);
        int flips = 0;
        while (flips < wanted) {
            for (Golden golden : Golden.all()) {
                byte[] bytes = Sound.of(golden).journal();
                try (Scratch scratch = new Scratch()) {
                    Stage stage = new Stage(golden, scratch.path());
                    stage.start(new FaultyDisk());
                    for (int i = 0; i < 200; i++) {
                        // As many in the last record as elsewhere: that one could pass for torn.
                        int last = start(bytes, bytes.length - 1);
                        int at = i % 2 == 0 ? random.nextInt(bytes.length) : last + random.nextInt(bytes.length - last);
                        int bit = 1 << random.nextInt(8);
                        bytes[at] ^= (byte) bit;
                        Files.write(stage.journal(), bytes);
                        Reopened reopened = FileJournal.reopen(stage.folder, clock());
                        bytes[at] ^= (byte) bit;
                        String where = golden + ", seed " + SEED + ", byte " + at + ", bit " + bit;
                        assertThat(reopened).as(where).isInstanceOf(Reopened.Damaged.class);
                        Reopened.Damaged damaged = (Reopened.Damaged) reopened;
                        assertThat(damaged.line()).as(where).isEqualTo(lines(bytes, at) + 1);
                        assertThat(damaged.offset()).as(where).isEqualTo(start(bytes, at));
                        flips++;
                    }
                }
            }
        }
        System.out.println("single bits changed: " + flips + ", seed " + SEED + "; 0 accepted");
    }

    private static int lines(byte[] bytes, int to) {
        int lines = 0;
        for (int i = 0; i < to; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    /** Where the line begins that holds the byte at {@code to}. */
    private static int start(byte[] bytes, int to) {
        int start = to;
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    static Clock clock() {
        return new Clock() {
            @Override
            public long epochMicros() {
                return 1_795_428_900_000_000L;
            }

            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public void sleep(long millis, BooleanSupplier cut) {
                throw new IllegalStateException("nothing sleeps here");
            }
        };
    }
}

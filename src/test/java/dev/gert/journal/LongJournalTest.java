package dev.gert.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.JournalReader.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A journal of several pieces, with records longer than one, is read as a short one is. */
class LongJournalTest {
    private static final int RECORDS = 4_000;

    private final byte[] journal = journal();

    private static byte[] journal() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String prev = JournalLine.NO_PREVIOUS;
        for (int i = 0; i < RECORDS; i++) {
            String message = i == 2_000 ? "long ".repeat(700_000) : "warning " + "x".repeat(i % 700);
            RunEvent event = i == 0 ? Samples.started() : new RunEvent.Warning(Samples.safe(message), null);
            JournalLine line = JournalLine.compose(
                    new Envelope(i, JournalTime.of(1_795_428_900_000_000L + i), Samples.RUN, null, event), prev);
            out.writeBytes(line.bytes());
            prev = line.hash();
        }
        return out.toByteArray();
    }

    @Test
    void isReadToItsEnd() throws IOException {
        Result.Whole whole = (Result.Whole) JournalReader.read(new ByteArrayInputStream(journal));
        assertThat(whole.bytes()).isEqualTo(journal.length).isGreaterThan(5 << 20);
        assertThat(whole.records()).hasSize(RECORDS);
        assertThat(whole.records().get(RECORDS - 1).seq()).isEqualTo(RECORDS - 1);
        Result.Torn torn = (Result.Torn) JournalReader.read(new ByteArrayInputStream(journal, 0, journal.length - 1));
        assertThat(torn.records()).hasSize(RECORDS - 1);
        assertThat(torn.offset() + torn.tornBytes()).isEqualTo(journal.length - 1);
    }

    @Test
    void aLineWithoutAnEndIsDamage() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] into, int from, int count) {
                Arrays.fill(into, from, from + count, (byte) 'x');
                return count;
            }
        };
        assertThat(JournalScan.of(new SequenceInputStream(new ByteArrayInputStream(journal), endless), record -> null))
                .isEqualTo(
                        new JournalScan.End.Damaged(RECORDS + 1L, journal.length, "it is longer than a record can be"));
    }

    @Test
    void namesTheLineWhereverItIs() throws IOException {
        long seed = Long.getLong("gert.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            int at = random.nextInt(journal.length - 1);
            byte[] changed = journal.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            long line = 1;
            long offset = 0;
            for (int i = 0; i < at; i++) {
                if (journal[i] == '\n') {
                    line++;
                    offset = i + 1;
                }
            }
            Result.Damaged damaged = (Result.Damaged) JournalReader.read(new ByteArrayInputStream(changed));
            assertThat(damaged.line()).as("seed " + seed + ", byte " + at).isEqualTo(line);
            assertThat(damaged.offset()).isEqualTo(offset);
        }
    }

    @Test
    void aFileThatCantBeReadToItsEndIsNoEnd() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        InputStream both = new SequenceInputStream(new ByteArrayInputStream(journal), broken);
        assertThatThrownBy(() -> JournalReader.read(both))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is gone");
    }
}

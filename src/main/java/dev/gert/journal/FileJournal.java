package dev.gert.journal;

import dev.gert.engine.port.Clock;
import dev.gert.engine.port.JournalWriter;
import dev.gert.engine.port.UnrecordedException;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one run: {@code journal.jsonl} in the run's folder, with the one lock on it
 * (formats.md, section 5). A write or a force that fails poisons it: what came after could not be
 * trusted to follow what came before.
 */
public final class FileJournal implements JournalWriter, AutoCloseable {
    /** The file's name in a run's folder. */
    public static final String NAME = "journal.jsonl";

    private static final int MAX_IDLE_WRITES = 16;

    private final JournalFile file;
    private final RunLock lock;
    private final Clock clock;
    private long next;
    private String head;
    private @Nullable Throwable failure;

    FileJournal(JournalFile file, RunLock lock, Clock clock, long next, String head) {
        this.file = file;
        this.lock = lock;
        this.clock = clock;
        this.next = next;
        this.head = head;
    }

    /** What came of opening a journal that is there. */
    public sealed interface Reopened {
        /** Locked and ready to go on; {@code cutBytes} of a torn last record were removed. */
        record Ready(FileJournal journal, List<Envelope> records, long cutBytes) implements Reopened {}

        /** {@code holder} (as a sentence names it: {@code process 4711}) has the run. */
        record Busy(String holder) implements Reopened {}

        /** Nothing may go on from it: see {@link JournalReader.Result.Damaged}. */
        record Damaged(long line, long offset, String reason) implements Reopened {}
    }

    /**
     * Begins a journal in a folder that must not be there yet.
     *
     * @throws IOException when the folder or the file can't be made, locked and put on disk
     */
    public static FileJournal create(Path folder, Clock clock) throws IOException {
        List<Path> changed = PrivateFiles.createFolder(folder);
        RunLock lock = RunLock.take(folder);
        if (lock == null) {
            throw new IOException(folder + " is in use by " + RunLock.holder(folder));
        }
        FileChannel channel = null;
        boolean kept = false;
        try {
            channel = PrivateFiles.createFile(folder.resolve(NAME));
            for (Path path : changed) {
                PrivateFiles.force(path);
            }
            kept = true;
            return new FileJournal(new OnDisk(channel), lock, clock, 0, JournalLine.NO_PREVIOUS);
        } finally {
            if (!kept) {
                closeAll(channel, lock);
            }
        }
    }

    /**
     * Goes on with a journal: locks it first, so that what is read is what will be written after.
     *
     * @throws IOException when it is not there, is a link, or can't be read or cut
     */
    public static Reopened reopen(Path folder, Clock clock) throws IOException {
        PrivateFiles.requireFolder(folder);
        Path path = folder.resolve(NAME);
        Set<OpenOption> existing = Set.of(StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        FileChannel channel = FileChannel.open(path, existing);
        RunLock lock = null;
        boolean kept = false;
        try {
            lock = RunLock.take(folder);
            if (lock == null) {
                return new Reopened.Busy(RunLock.holder(folder));
            }
            JournalReader.Result read = JournalReader.read(path);
            if (read instanceof JournalReader.Result.Damaged damaged) {
                return new Reopened.Damaged(damaged.line(), damaged.offset(), damaged.reason());
            }
            Reopened reopened = read instanceof JournalReader.Result.Torn torn
                    ? cut(torn, channel, lock, clock)
                    : goOn((JournalReader.Result.Whole) read, channel, lock, clock);
            kept = reopened instanceof Reopened.Ready;
            return reopened;
        } finally {
            if (!kept) {
                closeAll(channel, lock);
            }
        }
    }

    private static void closeAll(@Nullable FileChannel channel, @Nullable RunLock lock) throws IOException {
        try (lock;
                channel) {
            // closing is all
        }
    }

    private static Reopened goOn(JournalReader.Result.Whole whole, FileChannel channel, RunLock lock, Clock clock) {
        FileJournal journal = new FileJournal(
                new OnDisk(channel), lock, clock, whole.records().size(), whole.head());
        return new Reopened.Ready(journal, whole.records(), 0);
    }

    private static Reopened cut(JournalReader.Result.Torn torn, FileChannel channel, RunLock lock, Clock clock)
            throws IOException {
        if (torn.records().isEmpty()) {
            return new Reopened.Damaged(1, 0, "it ends before its first record");
        }
        channel.truncate(torn.offset());
        channel.force(true);
        FileJournal journal =
                new FileJournal(new OnDisk(channel), lock, clock, torn.records().size(), torn.head());
        return new Reopened.Ready(journal, torn.records(), torn.tornBytes());
    }

    @Override
    public synchronized Envelope append(String run, @Nullable String span, RunEvent event) {
        if (failure != null) {
            throw new UnrecordedException("the journal failed before: " + failure.getMessage(), failure);
        }
        // A thread that is interrupted while it uses a channel closes the channel.
        boolean interrupted = Thread.interrupted();
        try {
            Envelope envelope = new Envelope(next, JournalTime.of(clock.epochMicros()), run, span, event);
            JournalLine line = JournalLine.compose(envelope, head);
            writeAll(ByteBuffer.wrap(line.bytes()));
            if (Durability.forced(event.type())) {
                file.force();
            }
            next++;
            head = line.hash();
            return envelope;
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            throw new UnrecordedException("the journal can't be written: " + e.getMessage(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The hash of the last record, or 64 zeros. */
    public synchronized String head() {
        return head;
    }

    /** Puts on disk what is not there yet and gives up the lock. */
    @Override
    public synchronized void close() throws IOException {
        try (lock;
                file) {
            if (failure == null) {
                failure = new IOException("it was closed");
                file.force();
            }
        }
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        int idle = 0;
        while (bytes.hasRemaining()) {
            idle = file.write(bytes) > 0 ? 0 : idle + 1;
            if (idle > MAX_IDLE_WRITES) {
                throw new IOException("the file takes no more bytes");
            }
        }
    }

    private record OnDisk(FileChannel channel) implements JournalFile {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return channel.write(bytes);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

package dev.gert.journal;

import dev.gert.engine.port.Clock;
import dev.gert.engine.port.JournalWriter;
import dev.gert.engine.port.UnrecordedException;
import dev.gert.event.Envelope;
import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one run: {@code journal.jsonl} in the run's folder, with the one lock on it
 * (formats.md, section 5). A write or a force that fails poisons it: what came after could not be
 * trusted to follow what came before. One thing is still tried: the results of what is under way.
 */
public final class FileJournal implements JournalWriter, AutoCloseable {
    /** The file's name in a run's folder. */
    public static final String NAME = "journal.jsonl";

    private static final String EMPTY = "it ends before its first record";

    private final DiskFile file;
    private final Reserve reserve;
    private final RunLock lock;
    private final Clock clock;
    private final Set<String> underWay = new HashSet<>();
    private long next;
    private String head;
    private long size;
    private @Nullable Throwable failure;
    private boolean takesResults = true;

    /** {@code next}: the number of the next record; {@code size}: that of the file, in bytes. */
    FileJournal(DiskFile file, Reserve reserve, RunLock lock, Clock clock, long next, String head, long size) {
        this.file = file;
        this.reserve = reserve;
        this.lock = lock;
        this.clock = clock;
        this.next = next;
        this.head = head;
        this.size = size;
    }

    /** What came of opening a journal that is there. */
    public sealed interface Reopened {
        /** Locked and ready to go on; {@code cutBytes} of a torn last record were removed. */
        record Ready(FileJournal journal, List<Envelope> records, long cutBytes) implements Reopened {}

        /** {@code holder} (as a sentence names it: {@code process 4711}) has the run. */
        record Busy(String holder) implements Reopened {}

        /** Nothing may go on from it: see {@link JournalReader.Result.Damaged}. */
        record Damaged(long line, long offset, String reason) implements Reopened {
            /** Whether it is the journal of a run that never began: its first record was never finished. */
            public boolean isEmpty() {
                return reason.equals(EMPTY);
            }
        }
    }

    /** The same as {@link #create(Disk, Path, Clock)} on the machine's own disk. */
    public static FileJournal create(Path folder, Clock clock) throws IOException {
        return create(Disk.real(), folder, clock);
    }

    /**
     * Begins a journal in a folder that must not be there yet.
     *
     * @throws IOException when the folder or the file can't be made, locked and put on disk
     */
    public static FileJournal create(Disk disk, Path folder, Clock clock) throws IOException {
        List<Path> changed = PrivateFiles.createFolder(disk, folder);
        RunLock lock = RunLock.take(folder);
        if (lock == null) {
            throw new IOException(folder + " is in use by " + RunLock.holder(folder));
        }
        DiskFile file = null;
        boolean kept = false;
        try {
            file = disk.createFile(folder.resolve(NAME));
            Reserve reserve = Reserve.make(disk, folder);
            for (Path path : changed) {
                disk.force(path);
            }
            kept = true;
            return new FileJournal(file, reserve, lock, clock, 0, JournalLine.NO_PREVIOUS, 0);
        } finally {
            if (!kept) {
                closeAll(file, lock);
            }
        }
    }

    /** The same as {@link #reopen(Disk, Path, Clock)} on the machine's own disk. */
    public static Reopened reopen(Path folder, Clock clock) throws IOException {
        return reopen(Disk.real(), folder, clock);
    }

    /**
     * Goes on with a journal: locks it first, so that what is read is what will be written after.
     *
     * @throws IOException when it is not there, is a link, or can't be read or cut
     */
    public static Reopened reopen(Disk disk, Path folder, Clock clock) throws IOException {
        PrivateFiles.requireFolder(folder);
        Path path = folder.resolve(NAME);
        DiskFile file = disk.openFile(path);
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
            if (read instanceof JournalReader.Result.Torn torn) {
                if (torn.records().isEmpty()) {
                    return new Reopened.Damaged(1, 0, EMPTY);
                }
                file.truncate(torn.offset());
            }
            // What a process wrote that died before it was on disk was read all the same, and counts from now on.
            file.force();
            Reserve reserve = Reserve.make(disk, folder);
            Reopened.Ready ready = read instanceof JournalReader.Result.Torn torn
                    ? ready(file, reserve, lock, clock, torn.records(), torn.head(), torn.offset(), torn.tornBytes())
                    : ready(file, reserve, lock, clock, (JournalReader.Result.Whole) read);
            kept = true;
            return ready;
        } finally {
            if (!kept) {
                closeAll(file, lock);
            }
        }
    }

    private static void closeAll(@Nullable DiskFile file, @Nullable RunLock lock) throws IOException {
        try (lock;
                file) {
            // closing is all
        }
    }

    private static Reopened.Ready ready(
            DiskFile file, Reserve reserve, RunLock lock, Clock clock, JournalReader.Result.Whole whole) {
        return ready(file, reserve, lock, clock, whole.records(), whole.head(), whole.bytes(), 0);
    }

    private static Reopened.Ready ready(
            DiskFile file,
            Reserve reserve,
            RunLock lock,
            Clock clock,
            List<Envelope> records,
            String head,
            long size,
            long cutBytes) {
        FileJournal journal = new FileJournal(file, reserve, lock, clock, records.size(), head, size);
        return new Reopened.Ready(journal, records, cutBytes);
    }

    /**
     * Returns when the record is on disk. All are: so only the last one can be torn, and what is wrong
     * before that is damage, whatever the machine died of.
     *
     * @throws UnrecordedException when it could not be written, or one before it; what came of a step that
     *     was under way by then is still taken as long as there is room
     */
    @Override
    public synchronized Envelope append(String run, @Nullable String span, RunEvent event) {
        boolean result = span != null && underWay.contains(span) && isResult(event.type());
        if (failure != null && !(result && takesResults)) {
            throw new UnrecordedException("the journal failed before: " + failure.getMessage(), failure);
        }
        // A thread that is interrupted while it uses a channel closes the channel.
        boolean interrupted = Thread.interrupted();
        try {
            Envelope envelope = new Envelope(next, JournalTime.of(clock.epochMicros()), run, span, event);
            JournalLine line = JournalLine.compose(envelope, head);
            if (line.bytes().length >= JournalScan.MAX_LINE) {
                throw new IOException("a record of " + line.bytes().length + " bytes is too long");
            }
            write(line.bytes(), result);
            next++;
            head = line.hash();
            size += line.bytes().length;
            follow(span, event.type());
            return envelope;
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            takesResults = false;
            throw new UnrecordedException("the journal can't be written: " + e.getMessage(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(byte[] line, boolean result) throws IOException {
        try {
            put(line);
        } catch (IOException e) {
            boolean first = failure == null;
            failure = e;
            // Whether it is on disk nobody knows now, and a next session must not read it as if it were.
            file.truncate(size);
            if (!result || !first) {
                throw e;
            }
            file.force();
            reserve.giveUp();
            put(line);
        }
    }

    private void put(byte[] line) throws IOException {
        file.writeAll(ByteBuffer.wrap(line));
        file.force();
    }

    /** What is under way until its result is recorded: commands, and what people are at. */
    private void follow(@Nullable String span, @Nullable EventType type) {
        if (span != null && (type == EventType.DISPATCHED || type == EventType.AWAITING_INPUT)) {
            underWay.add(span);
        } else if (type != EventType.OUTPUT_CAPTURED && type != EventType.EVIDENCE_COLLECTED && isResult(type)) {
            underWay.remove(span);
        }
    }

    private static boolean isResult(@Nullable EventType type) {
        return type == EventType.OUTPUT_CAPTURED
                || type == EventType.EVIDENCE_COLLECTED
                || type == EventType.STEP_COMPLETED
                || type == EventType.STEP_BLOCKED
                || type == EventType.STEP_IN_DOUBT
                || type == EventType.ATTEMPT_FAILED;
    }

    /** The hash of the last record, or 64 zeros. */
    public synchronized String head() {
        return head;
    }

    /** Takes no more records and gives up the lock. */
    @Override
    public synchronized void close() throws IOException {
        try (lock;
                file) {
            if (failure == null) {
                failure = new IOException("it was closed");
            }
            takesResults = false;
            reserve.giveUp();
        }
    }
}

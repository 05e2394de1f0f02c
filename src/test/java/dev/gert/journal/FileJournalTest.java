package dev.gert.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gert.engine.port.UnrecordedException;
import dev.gert.event.RunEvent;
import dev.gert.journal.FileJournal.Reopened;
import dev.gert.journal.JournalReader.Result;
import dev.gert.model.Effect;
import dev.gert.runtime.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileJournalTest {
    private static final RunEvent NOT_FORCED = new RunEvent.Warning(Samples.safe("x"), null);
    private static final RunEvent FORCED = new RunEvent.Dispatched("a", 1, Effect.READ, "t", 0);

    @TempDir
    Path folder;

    private Path run;

    @BeforeEach
    void name() {
        run = folder.resolve("reports/runs/" + Samples.RUN);
    }

    @Test
    void nobodyElseCanReadIt() throws IOException {
        Samples.write(run, Samples.oneOfEach());
        assertThat(permissions(run)).isEqualTo("rwx------");
        assertThat(permissions(run.resolve(FileJournal.NAME))).isEqualTo("rw-------");
        assertThat(permissions(run.resolve("lock"))).isEqualTo("rw-------");
    }

    @Test
    void aFolderThatIsThereIsNotANewRuns() throws IOException {
        Samples.write(run, Samples.oneOfEach());
        byte[] before = Files.readAllBytes(run.resolve(FileJournal.NAME));
        assertThatThrownBy(() -> FileJournal.create(run, Samples.clock()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(run.resolve(FileJournal.NAME)).hasBinaryContent(before);
    }

    @Test
    void linksAreRefused() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createDirectory(folder.resolve("reports"));
        Files.createSymbolicLink(folder.resolve("reports/runs"), elsewhere);
        assertThatThrownBy(() -> FileJournal.create(run, Samples.clock())).hasMessageContaining("is a link");
        assertThat(elsewhere).isEmptyDirectory();
        Path real = folder.resolve("real");
        Path journal = Samples.write(real, Samples.oneOfEach());
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        assertThatThrownBy(() -> FileJournal.reopen(link, Samples.clock())).hasMessageContaining("is not a folder");
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.createSymbolicLink(other.resolve(FileJournal.NAME), journal);
        assertThatThrownBy(() -> FileJournal.reopen(other, Samples.clock())).isInstanceOf(IOException.class);
        Path third = folder.resolve("third");
        Samples.write(third, Samples.oneOfEach());
        Files.delete(third.resolve("lock"));
        Path target = folder.resolve("target");
        Files.createSymbolicLink(third.resolve("lock"), target);
        assertThatThrownBy(() -> FileJournal.reopen(third, Samples.clock())).isInstanceOf(IOException.class);
        assertThat(target).doesNotExist();
    }

    @Test
    void itGoesOnWhereItStopped() throws IOException {
        Samples.write(run, List.of(Samples.started(), NOT_FORCED));
        Reopened.Ready ready = (Reopened.Ready) FileJournal.reopen(run, Samples.clock());
        assertThat(ready.records()).hasSize(2);
        assertThat(ready.cutBytes()).isZero();
        assertThat(ready.journal().append("r", null, FORCED).seq()).isEqualTo(2);
        ready.journal().close();
        Result.Whole whole = (Result.Whole) JournalReader.read(run.resolve(FileJournal.NAME));
        assertThat(whole.records()).hasSize(3);
        assertThat(whole.head()).isEqualTo(ready.journal().head());
    }

    @Test
    void aTornEndIsCut() throws IOException {
        Path file = Samples.write(run, List.of(Samples.started(), NOT_FORCED, FORCED));
        long size = Files.size(file);
        cut(file, size - 10);
        Reopened.Ready ready = (Reopened.Ready) FileJournal.reopen(run, Samples.clock());
        assertThat(ready.records()).hasSize(2);
        assertThat(ready.cutBytes()).isPositive();
        assertThat(Files.size(file)).isEqualTo(size - 10 - ready.cutBytes());
        ready.journal().append("r", null, new RunEvent.RunResumed("a", "h", ready.cutBytes(), null));
        ready.journal().close();
        assertThat(((Result.Whole) JournalReader.read(file)).records()).hasSize(3);
    }

    @Test
    void nothingGoesOnFromDamage() throws IOException {
        Path file = Samples.write(run, List.of(Samples.started(), NOT_FORCED, FORCED));
        byte[] bytes = Files.readAllBytes(file);
        bytes[20] ^= 1;
        Files.write(file, bytes);
        assertThat(FileJournal.reopen(run, Samples.clock()))
                .isEqualTo(new Reopened.Damaged(1, 0, "its hash is not the hash of its bytes"));
        assertThat(file).hasBinaryContent(bytes);
        cut(file, 5);
        assertThat(FileJournal.reopen(run, Samples.clock()))
                .isEqualTo(new Reopened.Damaged(1, 0, "it ends before its first record"));
        assertThat(Files.size(file)).isEqualTo(5);
        cut(file, 0);
        assertThat(FileJournal.reopen(run, Samples.clock())).isInstanceOf(Reopened.Damaged.class);
    }

    @Test
    void oneWriterAtATimeInAProcess() throws IOException {
        try (FileJournal journal = FileJournal.create(run, Samples.clock())) {
            journal.append("r", null, Samples.started());
            assertThat(FileJournal.reopen(run, Samples.clock())).isEqualTo(new Reopened.Busy("this process"));
            // A reader in the same process must not take the lock away.
            JournalReader.read(run.resolve(FileJournal.NAME));
            assertThat(reopenElsewhere())
                    .isEqualTo("busy process " + ProcessHandle.current().pid());
        }
        assertThat(reopenElsewhere()).isEqualTo("ready 1");
    }

    @Test
    void oneWriterAtATimeOnTheMachine() throws IOException {
        Samples.write(run, List.of(Samples.started()));
        Process holder = JournalMain.start("hold", run);
        BufferedReader says = reader(holder);
        assertThat(says.readLine()).isEqualTo("ready 1");
        assertThat(FileJournal.reopen(run, Samples.clock())).isEqualTo(new Reopened.Busy("process " + holder.pid()));
        holder.destroyForcibly();
        Processes.await("the dead one's run can be taken over", () -> taken());
    }

    @Test
    void aHolderIsAProcessOfOneBootAndOneStart() throws IOException, InterruptedException {
        Samples.write(run, List.of(Samples.started()));
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            LockHolder self = LockHolder.self();
            LockHolder alive = LockHolder.read(
                    "pid " + other.pid() + "\nboot " + self.boot() + "\nstart " + start(other.pid()) + "\n");
            assertThat(alive).isNotNull();
            assertThat(self.isAlive()).isTrue();
            // The system's lock was lost, by whatever reads and closes the file in the holder's process.
            assertThat(held(alive)).isEqualTo(new Reopened.Busy("process " + other.pid()));
            for (LockHolder dead : List.of(
                    new LockHolder(other.pid(), self.boot(), "1"),
                    new LockHolder(other.pid(), "another", alive.start()),
                    new LockHolder(other.pid(), "", ""))) {
                assertThat(held(dead)).as(dead.toString()).isInstanceOf(Reopened.Ready.class);
            }
            for (String text : List.of("", "pid ", "pid 1", "pid x\nboot y\nstart z\n", "pid 1\nboot \nsta")) {
                Files.writeString(run.resolve("lock"), text);
                assertThat(reopened()).as(text).isInstanceOf(Reopened.Ready.class);
            }
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    private Reopened held(LockHolder holder) throws IOException {
        Files.writeString(run.resolve("lock"), holder.text());
        return reopened();
    }

    private Reopened reopened() throws IOException {
        Reopened reopened = FileJournal.reopen(run, Samples.clock());
        if (reopened instanceof Reopened.Ready ready) {
            ready.journal().close();
            assertThat(run.resolve("lock")).isEmptyFile();
        }
        return reopened;
    }

    private static String start(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ")[21];
    }

    @Test
    void aFullDiskHasRoomForTheResultOfWhatIsUnderWayAndForNothingElse() throws IOException {
        Faulty file = new Faulty();
        FileJournal journal = over(file);
        Path reserve = folder.resolve("locked").resolve(Reserve.NAME);
        RunEvent result =
                new RunEvent.StepCompleted("a", 1, dev.gert.event.StepStatus.PASSED, 0, java.util.Map.of(), null, 1);
        journal.append("r", null, Samples.started());
        journal.append("r", Samples.SPAN, FORCED);
        int sent = file.bytes.size();
        assertThat(reserve).hasSize(1 << 16);
        file.fault = "full";
        file.reserve = reserve;
        assertThatThrownBy(() -> journal.append("r", "00f067aa0ba902b8", result))
                .isInstanceOf(UnrecordedException.class);
        assertThat(file.bytes.size()).isEqualTo(sent);
        assertThatThrownBy(() -> journal.append("r", Samples.SPAN, result)).isInstanceOf(UnrecordedException.class);

        Faulty other = new Faulty();
        FileJournal again = again(other);
        other.fault = "full";
        other.reserve = reserve;
        again.append("r", Samples.SPAN, result);
        assertThat(reserve).doesNotExist();
        assertThatThrownBy(() -> again.append("r", Samples.SPAN, FORCED)).isInstanceOf(UnrecordedException.class);
        again.close();
        Files.write(folder.resolve("full"), other.bytes.toByteArray());
        assertThat(((Result.Whole) JournalReader.read(folder.resolve("full"))).records())
                .hasSize(3);
    }

    private FileJournal again(Faulty file) throws IOException {
        Files.delete(folder.resolve("locked/lock"));
        Files.delete(folder.resolve("locked/" + Reserve.NAME));
        Files.move(folder.resolve("locked"), folder.resolve("first"));
        FileJournal journal = over(file);
        journal.append("r", null, Samples.started());
        journal.append("r", Samples.SPAN, FORCED);
        return journal;
    }

    @Test
    void ofEightAtOnceOneWins() throws Exception {
        Samples.write(run, List.of(Samples.started()));
        ExecutorService eight = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Reopened>> tries = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                tries.add(() -> FileJournal.reopen(run, Samples.clock()));
            }
            int ready = 0;
            for (Future<Reopened> result : eight.invokeAll(tries)) {
                if (result.get() instanceof Reopened.Ready won) {
                    ready++;
                    won.journal().close();
                } else {
                    assertThat(result.get()).isEqualTo(new Reopened.Busy("this process"));
                }
            }
            assertThat(ready).isEqualTo(1);
        } finally {
            eight.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20, 120, 500})
    void killedWhileItWritesItIsWholeOrTorn(int records) throws IOException, InterruptedException {
        Process writer = JournalMain.start("write", run);
        BufferedReader says = reader(writer);
        for (int i = 0; i < records; i++) {
            assertThat(says.readLine()).isEqualTo(Integer.toString(i));
        }
        writer.destroyForcibly();
        writer.waitFor(30, TimeUnit.SECONDS);
        Result result = JournalReader.read(run.resolve(FileJournal.NAME));
        assertThat(result).isInstanceOfAny(Result.Whole.class, Result.Torn.class);
        Reopened.Ready ready = (Reopened.Ready) FileJournal.reopen(run, Samples.clock());
        assertThat(ready.records()).hasSizeGreaterThanOrEqualTo(records);
        ready.journal().append("r", null, FORCED);
        ready.journal().close();
        assertThat(JournalReader.read(run.resolve(FileJournal.NAME))).isInstanceOf(Result.Whole.class);
    }

    @Test
    void everyRecordIsForced() throws IOException {
        Faulty file = new Faulty();
        try (FileJournal journal = over(file)) {
            for (RunEvent event : Samples.oneOfEach()) {
                int before = file.forces;
                journal.append("r", null, event);
                assertThat(file.forces - before).as(EventCodec.wireType(event)).isEqualTo(1);
            }
        }
    }

    @Test
    void shortWritesAreGoneOnWith() throws IOException {
        Faulty file = new Faulty();
        file.most = 7;
        try (FileJournal journal = over(file)) {
            for (RunEvent event : Samples.oneOfEach()) {
                journal.append("r", null, event);
            }
        }
        Files.write(folder.resolve("short"), file.bytes.toByteArray());
        assertThat(JournalReader.read(folder.resolve("short"))).isInstanceOf(Result.Whole.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"write", "half", "idle", "force", "error"})
    void aFailurePoisons(String fault) throws IOException {
        Faulty file = new Faulty();
        FileJournal journal = over(file);
        journal.append("r", null, Samples.started());
        int written = file.bytes.size();
        String head = journal.head();
        file.fault = fault;
        assertThatThrownBy(() -> journal.append("r", null, FORCED)).isInstanceOf(UnrecordedException.class);
        int after = file.bytes.size();
        file.fault = "";
        for (RunEvent event : List.of(FORCED, NOT_FORCED)) {
            assertThatThrownBy(() -> journal.append("r", null, event))
                    .isInstanceOf(UnrecordedException.class)
                    .hasMessageStartingWith("the journal failed before");
        }
        assertThat(file.bytes.size()).isEqualTo(after);
        assertThat(after).isEqualTo(written);
        assertThat(journal.head()).isEqualTo(head);
        journal.close();
        assertThat(file.closed).isTrue();
    }

    @Test
    void aClosedJournalTakesNothing() throws IOException {
        FileJournal journal = FileJournal.create(run, Samples.clock());
        journal.append("r", null, Samples.started());
        journal.close();
        assertThatThrownBy(() -> journal.append("r", null, FORCED)).isInstanceOf(UnrecordedException.class);
    }

    @Test
    void anInterruptedThreadDoesNotCloseIt() throws IOException {
        try (FileJournal journal = FileJournal.create(run, Samples.clock())) {
            Thread.currentThread().interrupt();
            journal.append("r", null, Samples.started());
            assertThat(Thread.interrupted()).isTrue();
            journal.append("r", null, FORCED);
        }
        assertThat(JournalReader.read(run.resolve(FileJournal.NAME))).isInstanceOf(Result.Whole.class);
    }

    private FileJournal over(Faulty file) throws IOException {
        Path locked = Files.createDirectories(folder.resolve("locked"));
        return new FileJournal(
                file,
                Reserve.make(Disk.real(), locked),
                RunLock.take(locked),
                Samples.clock(),
                0,
                JournalLine.NO_PREVIOUS,
                0);
    }

    private boolean taken() {
        try {
            if (FileJournal.reopen(run, Samples.clock()) instanceof Reopened.Ready ready) {
                ready.journal().close();
                return true;
            }
            return false;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String reopenElsewhere() throws IOException {
        Process other = JournalMain.start("hold", run);
        String line = reader(other).readLine();
        other.getOutputStream().close();
        Processes.await("the other has ended", () -> !other.isAlive());
        return line;
    }

    private static void cut(Path file, long size) throws IOException {
        try (var channel = java.nio.channels.FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** A file in memory with faults to order. */
    private static final class Faulty implements DiskFile {
        private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        private int most = Integer.MAX_VALUE;
        private int forces;
        private boolean closed;
        private String fault = "";
        private Path reserve = Path.of("");

        @Override
        public int write(ByteBuffer from) throws IOException {
            if (fault.equals("write")) {
                throw new IOException("no space left");
            } else if (fault.equals("idle")) {
                return 0;
            } else if (fault.equals("error")) {
                throw new OutOfMemoryError("as it may be");
            }
            int length = Math.min(from.remaining(), most);
            if (fault.equals("full") && Files.exists(reserve)) {
                bytes.write(from.get());
                throw new IOException("No space left on device");
            }
            if (fault.equals("half")) {
                length = from.remaining() / 2;
                fault = "write";
            }
            byte[] taken = new byte[length];
            from.get(taken);
            bytes.writeBytes(taken);
            return length;
        }

        @Override
        public void force() throws IOException {
            if (fault.equals("force")) {
                throw new IOException("an error of the device");
            }
            forces++;
        }

        @Override
        public void truncate(long size) {
            byte[] kept = java.util.Arrays.copyOf(bytes.toByteArray(), (int) size);
            bytes.reset();
            bytes.writeBytes(kept);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

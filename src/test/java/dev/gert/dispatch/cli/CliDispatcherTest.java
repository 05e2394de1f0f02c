package dev.gert.dispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gert.engine.port.Dispatcher.Order;
import dev.gert.engine.port.Dispatcher.Prepared;
import dev.gert.engine.port.Dispatcher.Result;
import dev.gert.engine.port.Programs;
import dev.gert.engine.port.UnrecordedException;
import dev.gert.event.RunEvent.OutputFile;
import dev.gert.model.Effect;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import dev.gert.policy.SafeText;
import dev.gert.runtime.ChildEnvironment;
import dev.gert.runtime.CommandPath;
import dev.gert.runtime.Processes;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.Spawner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliDispatcherTest {
    private static final String SECRET = "correct-horse-battery";

    @TempDir
    Path root;

    private Path run;
    private Path work;
    private Spawner spawner;
    private ProgramFinder finder;
    private final List<Supplier<SafeText>> lines = new ArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        root = root.toRealPath();
        run = Files.createDirectory(root.resolve("run"));
        work = Files.createDirectory(root.resolve("work"));
        CommandPath path = CommandPath.of(List.of("/usr/bin", "/bin"));
        spawner = new Spawner(new ChildEnvironment(ChildEnvironment.NAMES, path.text(), name -> false));
        finder = new ProgramFinder(path, root);
    }

    @AfterEach
    void end() {
        spawner.close();
    }

    @Test
    void whatIsPrintedIsKeptTwice() throws Exception {
        try (Prepared prepared = prepare(shell("printf 'a\\nb\\n'; printf error >&2; exit 3"))) {
            assertThat(prepared.pid()).isPositive();
            assertThat(run).isEmptyDirectory();
            assertThat(prepared.perform())
                    .isEqualTo(new Result.Exited(
                            3,
                            "a\nb\n",
                            "error",
                            file("output/007-check.out", "a\nb\n"),
                            file("output/007-check.err", "error")));
        }
        assertThat(Files.readString(run.resolve("output/007-check.out"))).isEqualTo("a\nb\n");
        assertThat(Files.readString(run.resolve("output/007-check.err"))).isEqualTo("error");
        assertThat(permissions("output")).isEqualTo("rwx------");
        assertThat(permissions("output/007-check.out")).isEqualTo("rw-------");
    }

    @Test
    void nothingPrintedIsNoFile() {
        assertThat(perform(shell("true"))).isEqualTo(new Result.Exited(0, "", "", null, null));
        assertThat(run).isEmptyDirectory();
    }

    @Test
    void secretsAreInMemoryOnly() throws IOException {
        Result.Exited exited = (Result.Exited) perform(shell("echo the password is " + SECRET + " indeed"));
        assertThat(exited.stdout()).isEqualTo("the password is " + SECRET + " indeed\n");
        OutputFile out = exited.outFile();
        assertThat(out.redacted()).isTrue();
        byte[] written = Files.readAllBytes(run.resolve(out.file()));
        assertThat(new String(written, StandardCharsets.UTF_8))
                .startsWith("the password is ")
                .endsWith(" indeed\n")
                .doesNotContain(SECRET);
        assertThat(out.bytes()).isEqualTo(written.length);
        assertThat(out.sha256()).isEqualTo(sha256(written));
    }

    @Test
    void bytesThatAreNotTextStayBytesInTheFile() throws IOException {
        Result.Exited exited = (Result.Exited) perform(shell("printf 'a\\377\\000b'"));
        assertThat(exited.stdout()).isEqualTo("a\uFFFD\0b");
        assertThat(Files.readAllBytes(run.resolve(exited.outFile().file()))).containsExactly('a', 0xff, 0, 'b');
    }

    @Test
    void nobodyAskedNothingIsKept() {
        Order order = order(command("/bin/sh", List.of("sh", "-c", "echo x"), 60_000), false);
        Result.Exited exited = (Result.Exited) perform(order);
        assertThat(exited.stdout()).isNull();
        assertThat(exited.stderr()).isNull();
        assertThat(exited.outFile()).isNotNull();
    }

    @Test
    void tooMuchIsNotKept() {
        Result.Exited most = (Result.Exited) perform(shell("head -c " + KeptText.MAX + " /dev/zero"));
        assertThat(most.stdout()).hasSize(KeptText.MAX);
        Result.Exited more = (Result.Exited) perform(shell("head -c " + (KeptText.MAX + 1) + " /dev/zero"));
        assertThat(more.stdout()).isNull();
        assertThat(more.stderr()).isEmpty();
        assertThat(more.outFile().bytes()).isEqualTo(KeptText.MAX + 1);
    }

    @Test
    void aFileThatIsThereStays() throws IOException {
        Files.createDirectory(run.resolve("output"));
        Files.writeString(run.resolve("output/007-check.out"), "before");
        Result.Exited exited = (Result.Exited) perform(shell("echo now"));
        assertThat(exited.outFile().file()).isEqualTo("output/007-check.2.out");
        assertThat(Files.readString(run.resolve("output/007-check.out"))).isEqualTo("before");
    }

    @Test
    void aLinkIsRefusedAndTheCommandEnded() throws IOException {
        String marker = Processes.marker();
        Files.createSymbolicLink(run.resolve("output"), work);
        assertThatThrownBy(() -> perform(shell("echo x; sleep " + marker)))
                .isInstanceOf(UnrecordedException.class)
                .hasMessageContaining("can't be kept");
        assertThat(work).isEmptyDirectory();
        Processes.awaitNone(marker);
        Files.delete(run.resolve("output"));
        Files.createDirectory(run.resolve("output"));
        Path target = root.resolve("target");
        Files.createSymbolicLink(run.resolve("output/007-check.out"), target);
        assertThat(((Result.Exited) perform(shell("echo x"))).outFile().file()).isEqualTo("output/007-check.2.out");
        assertThat(target).doesNotExist();
    }

    @Test
    void aStepsNameStaysInTheFolder() {
        Order order = order("x", "../../e vil\n", 12345, shell("echo x").command(), true);
        assertThat(((Result.Exited) perform(order)).outFile().file()).isEqualTo("output/12345-______e_vil_.out");
    }

    @Test
    void aCommandThatIsNotLetGoDoesNothing() {
        Prepared prepared = prepare(shell("echo ran > ran"));
        long pid = prepared.pid();
        prepared.close();
        prepared.close();
        Processes.await("it is gone", () -> ProcessHandle.of(pid).isEmpty());
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void aReplacedProgramIsRefused() throws IOException {
        Path tool = script("tool", "#!/bin/sh\necho ran > ran\n");
        Order order = order(command(tool.toString(), List.of(tool.toString()), 60_000), true);
        try (Prepared prepared = prepare(order)) {
            script("tool", "#!/bin/sh\necho bad > ran\n");
            assertThat(prepared.perform())
                    .isEqualTo(new Result.Refused("the bytes of `" + tool + "` are not those that were checked"));
        }
        assertThat(work).isEmptyDirectory();
        assertThat(run).isEmptyDirectory();
    }

    @Test
    void aFolderThatWasSwappedForAMomentIsRefused() throws IOException {
        Order order = shell("echo ran > ran");
        Path moved = root.resolve("moved");
        Files.move(work, moved);
        Path other = Files.createDirectory(root.resolve("other"));
        Files.createSymbolicLink(work, other);
        try (Prepared prepared = prepare(order)) {
            Files.delete(work);
            Files.move(moved, work);
            assertThat(prepared.perform())
                    .isEqualTo(new Result.Refused("the working directory `" + work + "` led to `" + other + "`"));
        }
        assertThat(work).isEmptyDirectory();
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void withoutAProgramNothingStarts() {
        ResolvedCommand command = new ResolvedCommand(
                List.of("x"), null, null, null, work.toString(), Map.of(), null, Effect.READ, 60_000);
        Order order = order(command, true);
        assertThat(prepare(order).pid()).isZero();
        assertThat(perform(order)).isInstanceOf(Result.NotStarted.class);
    }

    @Test
    void whatTheSystemRefusesWasNotStartedAndLeavesNoOutput() throws IOException {
        Path tool = script("tool", "#!/bin/sh\necho ran > ran\n");
        Order order = order(command(tool.toString(), List.of(tool.toString()), 60_000), true);
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(perform(order)).isEqualTo(new Result.NotStarted("it could not be executed: Permission denied"));
        assertThat(run.resolve("output")).isEmptyDirectory();
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void aTimeoutKeepsWhatWasPrinted() throws IOException {
        String marker = Processes.marker();
        Order order = order(command("/bin/sh", List.of("sh", "-c", "echo begun; sleep " + marker), 2000), true);
        assertThat(perform(order)).isEqualTo(new Result.TimedOut(file("output/007-check.out", "begun\n"), null));
        Processes.awaitNone(marker);
    }

    @Test
    void anInterruptedCommandNeverBegins() {
        Prepared prepared = prepare(shell("echo ran > ran"));
        spawner.interruptAll();
        assertThat(prepared.perform()).isEqualTo(new Result.Interrupted(null, null));
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void theLastLineIsHeard() {
        perform(shell("echo first; echo the " + SECRET + "; printf 'no end'"));
        String last = lines.get(lines.size() - 1).get().text();
        assertThat(last).startsWith("the ").doesNotContain(SECRET);
        lines.clear();
        perform(shell("printf '%0300d\\n' 7"));
        assertThat(lines.get(0).get().text()).isEqualTo("0".repeat(200));
    }

    @Test
    void traceparentComesFromTheCaller() {
        Result.Exited exited = (Result.Exited) perform(shell("echo $TRACEPARENT"));
        assertThat(exited.stdout()).isEqualTo("00-trace-tree.steps[0]#1-01\n");
    }

    @Test
    void muchOutputNeedsLittleMemory() throws Exception {
        long bytes = 200_000_000;
        Process process = DispatchMain.start("-Xmx40m", run, "head -c " + bytes + " /dev/zero; echo error >&2");
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("0 null error\n " + bytes + " 6\n");
        assertThat(Files.size(run.resolve("output/001-big.out"))).isEqualTo(bytes);
    }

    private Result perform(Order order) {
        try (Prepared prepared = prepare(order)) {
            return prepared.perform();
        }
    }

    private Prepared prepare(Order order) {
        return new CliDispatcher(
                        spawner,
                        finder,
                        run,
                        of -> "00-trace-" + of.step() + "#" + of.attempt() + "-01",
                        (step, line) -> lines.add(line))
                .prepare(order);
    }

    private Order shell(String script) {
        return order(command("/bin/sh", List.of("sh", "-c", script), 60_000), true);
    }

    private static Order order(ResolvedCommand command, boolean keep) {
        return order("tree.steps[0]", "check", 7, command, keep);
    }

    private static Order order(String step, String id, int number, ResolvedCommand command, boolean keep) {
        return new Order(
                "run",
                step,
                id,
                1,
                number,
                command,
                keep,
                false,
                null,
                command.timeoutMillis(),
                Redactor.of(List.of()).withSecret(SECRET));
    }

    private ResolvedCommand command(String name, List<String> argv, long timeoutMillis) {
        Programs.Found.Program program = (Programs.Found.Program) finder.find(name);
        return new ResolvedCommand(
                argv,
                program.path(),
                program.realPath(),
                program.sha256(),
                work.toString(),
                Map.of(),
                null,
                Effect.MUTATE,
                timeoutMillis);
    }

    private Path script(String name, String text) throws IOException {
        Path file = Files.writeString(root.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(run.resolve(name)));
    }

    private static OutputFile file(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new OutputFile(name, bytes.length, sha256(bytes), false);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

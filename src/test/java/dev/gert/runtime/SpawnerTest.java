package dev.gert.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpawnerTest {
    private static final String SH = "/bin/sh";

    private final Spawner spawner =
            new Spawner(new ChildEnvironment(ChildEnvironment.NAMES, "/usr/bin:/bin", name -> false));
    private final Collected out = new Collected();
    private final Collected err = new Collected();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        spawner.close();
    }

    @Test
    void nothingOfTheProgramRunsBeforeItsGo() throws IOException {
        Child child = waiting(shell("echo ran > ran"));
        long pid = child.pid();
        // Blocked in its read for some time, with no way to go on but a line.
        Processes.await("it waits", () -> state(pid).equals("S"));
        assertThat(folder.resolve("ran")).doesNotExist();
        child.abandon();
        Processes.await("it is gone", () -> ProcessHandle.of(pid).isEmpty());
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theWaitingProcessBecomesTheProgramAndLeadsASession() throws IOException {
        Child child = waiting(shell("read -r line < /proc/self/stat; echo $$; cat /proc/$$/stat"));
        assertThat(child.run(out, err)).isEqualTo(new End.Exited(0));
        String[] lines = out.text().split("\n");
        String pid = Long.toString(child.pid());
        assertThat(lines[0]).isEqualTo(pid);
        String[] stat = lines[1].substring(lines[1].lastIndexOf(')') + 2).split(" ");
        assertThat(stat[2]).as("process group").isEqualTo(pid);
        assertThat(stat[3]).as("session").isEqualTo(pid);
        assertThat(stat[4]).as("terminal").isEqualTo("0");
    }

    @Test
    void argumentsArriveByteForByte() {
        StringBuilder every = new StringBuilder();
        for (char c = 1; c < 0x250; c++) {
            every.append(c);
        }
        List<String> arguments = List.of(
                "",
                " ",
                "a b",
                "line\nline\n",
                "\n",
                "'",
                "\"",
                "\\",
                "\\n",
                "*",
                "?",
                "[a-z]",
                "~",
                "$HOME",
                "$(touch touched)",
                "`touch touched`",
                "{{ .name }}",
                "-n",
                "--",
                "; touch touched",
                "\uD83D\uDE80",
                "\u2028",
                every.toString(),
                "x".repeat(100_000));
        List<String> words = new ArrayList<>(List.of("%s\\0"));
        words.addAll(arguments);
        assertThat(run(launch("/usr/bin/printf", words, Map.of(), null))).isEqualTo(new End.Exited(0));
        String expected = String.join("\0", arguments) + "\0";
        assertThat(out.bytes()).isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theEnvironmentIsTheListAndNothingElse() {
        Map<String, String> expected = new TreeMap<>();
        for (Map.Entry<String, String> entry : System.getenv().entrySet()) {
            String name = entry.getKey();
            if (List.of("HOME", "LANG", "TZ", "USER", "TERM").contains(name) || name.startsWith("LC_")) {
                expected.put(name, entry.getValue());
            }
        }
        Map<String, String> step = Map.of("STEP", "a b\n\"$HOME\" \uD83D\uDE80", "n", "5", "LANG", "xx");
        expected.putAll(step);
        expected.put("PATH", "/usr/bin:/bin");
        expected.put("TRACEPARENT", "00-1-2-01");
        Launch launch = new Launch("/usr/bin/env", List.of("-0"), folder.toString(), step, "00-1-2-01", null, 60_000);
        assertThat(run(launch)).isEqualTo(new End.Exited(0));
        Map<String, String> actual = new TreeMap<>();
        for (String entry : out.text().split("\0")) {
            actual.put(entry.substring(0, entry.indexOf('=')), entry.substring(entry.indexOf('=') + 1));
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void itRunsInItsFolder() {
        assertThat(run(launch("/bin/pwd", List.of("-P"), Map.of(), null))).isEqualTo(new End.Exited(0));
        assertThat(out.text()).isEqualTo(folder.toAbsolutePath() + "\n");
    }

    @Test
    void aFolderThatIsNotThereIsNoStart() {
        Launch launch = new Launch("/bin/true", List.of(), folder + "/none", Map.of(), null, null, 60_000);
        assertThat(spawner.start(launch))
                .isEqualTo(new Spawner.Start.Failed("the working directory `" + folder + "/none` is not there"));
    }

    @Test
    void anArgumentThatIsTooLongIsNoStart() {
        Launch launch = launch("/bin/true", List.of("x".repeat(4 << 20)), Map.of(), null);
        assertThat(spawner.start(launch))
                .isEqualTo(
                        new Spawner.Start.Failed("the arguments and the environment are larger than the system takes"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 125, 126, 127, 255})
    void exitCodesPass(int code) {
        assertThat(run(shell("echo error >&2; exit " + code))).isEqualTo(new End.Exited(code));
        assertThat(err.text()).isEqualTo("error\n");
    }

    @Test
    void aSignalIs128AndItsNumber() {
        assertThat(run(shell("kill -9 $$"))).isEqualTo(new End.Exited(137));
    }

    @Test
    void whatCanNotBeExecutedWasNotStarted() throws IOException {
        Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\necho ran\n");
        assertThat(run(launch(program.toString(), List.of(), Map.of(), null)))
                .isEqualTo(new End.NotStarted("it could not be executed: Permission denied"));
        Child child = waiting(launch(folder + "/none", List.of(), Map.of(), null));
        assertThat(child.run(new Collected(), new Collected()))
                .isEqualTo(new End.NotStarted("it could not be executed: not found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\n", "\n\ntext without an end", "go\n", "\uD83D\uDE80\n"})
    void stdinIsTheTextThatIsGiven(String text) {
        assertThat(run(launch("/bin/cat", List.of(), Map.of(), text))).isEqualTo(new End.Exited(0));
        assertThat(out.text()).isEqualTo(text);
    }

    @Test
    void stdinMayBeLong() {
        String text = "0123456789abcde\n".repeat(1 << 16);
        assertThat(run(launch("/bin/cat", List.of(), Map.of(), text))).isEqualTo(new End.Exited(0));
        assertThat(out.text()).isEqualTo(text);
    }

    @Test
    void stdinNeedNotBeRead() {
        assertThat(run(launch("/bin/true", List.of(), Map.of(), "x".repeat(1 << 20))))
                .isEqualTo(new End.Exited(0));
    }

    @Test
    void withoutStdinThereIsItsEnd() {
        assertThat(run(launch("/bin/cat", List.of(), Map.of(), null))).isEqualTo(new End.Exited(0));
        assertThat(out.bytes()).isEmpty();
    }

    @Test
    void bothStreamsArriveWhole() {
        String script = "i=0; while [ $i -lt 20000 ]; do echo out$i; echo err$i >&2; i=$((i+1)); done";
        assertThat(run(shell(script))).isEqualTo(new End.Exited(0));
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 20000; i++) {
            expected.append("out").append(i).append('\n');
        }
        assertThat(out.text()).isEqualTo(expected.toString());
        assertThat(err.text()).isEqualTo(expected.toString().replace("out", "err"));
    }

    @Test
    void bytesAreBytes() throws IOException {
        byte[] every = new byte[256 * 1000];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) (i * 7 + i / 256);
        }
        Path file = Files.write(folder.resolve("bytes"), every);
        assertThat(run(launch("/bin/cat", List.of(file.toString()), Map.of(), null)))
                .isEqualTo(new End.Exited(0));
        assertThat(out.bytes()).isEqualTo(every);
    }

    @Test
    void aGrandchildsLastWordsCount() {
        String script = "(i=0; while [ $i -lt 3 ]; do sleep 0.1; echo late$i; i=$((i+1)); done) & echo early";
        assertThat(run(shell(script))).isEqualTo(new End.Exited(0));
        assertThat(out.text()).isEqualTo("early\nlate0\nlate1\nlate2\n");
    }

    @Test
    void aSinkThatFailsEndsTheTree() {
        String marker = Processes.marker();
        ByteSink full = new ByteSink() {
            @Override
            public void write(byte[] bytes, int length) throws IOException {
                throw new IOException("no space left");
            }

            @Override
            public void finish() {
                // nothing was kept
            }
        };
        End end = waiting(shell("echo x; sleep " + marker)).run(full, err);
        assertThat(end).isInstanceOf(End.Unrecorded.class);
        assertThat(((End.Unrecorded) end).cause()).hasMessage("no space left");
        Processes.awaitNone(marker);
    }

    @Test
    void theSinksAreFinishedOnReturn() {
        boolean[] finished = new boolean[1];
        ByteSink slow = new ByteSink() {
            @Override
            public void write(byte[] bytes, int length) {
                // nothing is kept
            }

            @Override
            public void finish() {
                LockSupport.parkNanos(300_000_000L); // a disk that takes its time
                finished[0] = true;
            }
        };
        assertThat(waiting(shell("echo x")).run(slow, err)).isEqualTo(new End.Exited(0));
        assertThat(finished[0]).isTrue();
    }

    @Test
    void fiftyCommandsLeaveNoOpenFile() {
        run(shell("true"));
        long before = openFiles();
        for (int i = 0; i < 50; i++) {
            End end = waiting(shell("echo x; echo y >&2")).run(new Collected(), new Collected());
            assertThat(end).isEqualTo(new End.Exited(0));
        }
        for (int i = 0; i < 5; i++) {
            waiting(shell("true")).abandon();
        }
        Processes.await("as many open files as before", () -> openFiles() <= before);
    }

    @Test
    void aSupervisorThatWasKilledIsReplaced() {
        assertThat(run(shell("true"))).isEqualTo(new End.Exited(0));
        ProcessHandle first = keeper();
        first.destroyForcibly();
        Processes.await("the first is gone", () -> !first.isAlive());
        assertThat(waiting(shell("true")).run(new Collected(), new Collected())).isEqualTo(new End.Exited(0));
        assertThat(keeper().pid()).isNotEqualTo(first.pid());
    }

    @Test
    void theSupervisorEndsWithTheSpawner() {
        run(shell("true"));
        ProcessHandle keeper = keeper();
        spawner.close();
        Processes.await("the supervisor is gone", () -> !keeper.isAlive());
    }

    private ProcessHandle keeper() {
        return ProcessHandle.current()
                .children()
                .filter(child -> Processes.withWord("gert-keeper").contains(child.pid()))
                .findFirst()
                .orElseThrow();
    }

    private static long openFiles() {
        String[] names = new java.io.File("/proc/self/fd").list();
        return names == null ? 0 : names.length;
    }

    private static String state(long pid) {
        try {
            return Processes.stat(pid)[0];
        } catch (IOException e) {
            return "";
        }
    }

    private Launch shell(String script) {
        return launch(SH, List.of("-c", script), Map.of(), null);
    }

    private Launch launch(String program, List<String> arguments, Map<String, String> environment, String stdin) {
        return new Launch(program, arguments, folder.toString(), environment, null, stdin, 60_000);
    }

    private End run(Launch launch) {
        return waiting(launch).run(out, err);
    }

    private Child waiting(Launch launch) {
        Spawner.Start start = spawner.start(launch);
        assertThat(start).isInstanceOf(Spawner.Start.Waiting.class);
        return ((Spawner.Start.Waiting) start).child();
    }
}

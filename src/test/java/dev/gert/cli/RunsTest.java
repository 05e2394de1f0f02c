package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gert.journal.FileJournal;
import dev.gert.journal.GlanceReader;
import dev.gert.journal.RunFolders;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.projection.RunGlance;
import dev.gert.runtime.SystemClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gert runs}, {@code gert runs prune}, and what a second run of an incident is told. */
class RunsTest {
    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void project() throws IOException {
        folder = temp.toRealPath();
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\ndefault: allow\n");
        runbook("say", "{id: say, type: cli, with: {argv: [echo, hello]}, outcomes: [{state: resolved}]}");
        runbook("look", "{id: look, type: manual, instructions: look}");
        runbook(
                "go-on",
                "{id: on, type: cli, with: {argv: [echo, x]}, "
                        + "outcomes: [{state: needs_rca, next_runbook: {file: look.runbook.yaml}}]}");
        runbook("within", "{id: within, type: invoke, invoke: {runbook: say.runbook.yaml}}");
        runbook("change", "{id: change, type: cli, with: {argv: [touch, x]}}");
    }

    @Test
    void eachStateHasItsName() throws IOException {
        gert("run say.runbook.yaml --incident I-1 --as ann");
        gert("run look.runbook.yaml");
        gert("run go-on.runbook.yaml");
        gert("run within.runbook.yaml");
        cutAfter(only("change"), "\"type\":\"dispatched\"");
        cutAfter(only("within"), "\"type\":\"step_started\"");
        Files.writeString(only("say").resolve("journal.jsonl"), "x\n");
        assertThat(states(""))
                .containsExactlyInAnyOrder(
                        "say unreadable null",
                        "within interrupted null",
                        "change in-doubt null",
                        "within over completed",
                        "go-on waiting null",
                        "look waiting null",
                        "say over resolved");
        assertThat(states("--state waiting")).containsExactly("go-on waiting null", "look waiting null");
        assertThat(states("--outcome resolved")).containsExactly("say over resolved");
        assertThat(states("--incident I-1 --actor ann")).containsExactly("say over resolved");
        assertThat(states("--actor bob")).isEmpty();
        assertThat(states("--since 1d --limit 3")).hasSize(3);
        assertThat(states("--since 2099-01-01")).isEmpty();
        assertThat(gert("runs --limit 2").out()).contains("the newest 2 of 7 runs");
    }

    @Test
    void whoHasARunOpenIsSeenWithoutTakingItsLock() throws IOException {
        Path run = folder.resolve("reports/runs/20261123T101500Z-4f21c9aa");
        gert("run look.runbook.yaml");
        byte[] journal = Files.readAllBytes(newest().resolve("journal.jsonl"));
        try (FileJournal held = FileJournal.create(run, new SystemClock())) {
            Files.write(run.resolve("journal.jsonl"), Arrays.copyOf(journal, lineEnd(journal)));
            RunGlance glance = GlanceReader.read(run);
            assertThat(held.head()).hasSize(64);
            assertThat(glance.state()).isEqualTo(RunGlance.State.RUNNING);
            assertThat(glance.holder()).isEqualTo(ProcessHandle.current().pid());
        }
        assertThat(GlanceReader.read(run).state()).isEqualTo(RunGlance.State.INTERRUPTED);
        // somebody else's number, of a process that lives and holds no lock
        String other = "pid " + ProcessHandle.current().parent().orElseThrow().pid() + "\nboot 0\n";
        Files.writeString(run.resolve("lock"), other);
        assertThat(GlanceReader.read(run).holder()).isZero();
    }

    @Test
    void csvIsQuoted() {
        gert("run say.runbook.yaml --incident a\"b,c");
        assertThat(gert("runs --csv").out())
                .startsWith("\"run\",\"state\"")
                .contains(",\"a\"\"b,c\",")
                .endsWith("\"\r\n");
    }

    @Test
    void theDocumentIsOne() {
        gert("run say.runbook.yaml");
        assertThat(JsonReader.read(gert("runs --json").out())).isInstanceOf(JsonResult.Ok.class);
        assertThat(gert("runs --json --csv").exitCode()).isEqualTo(2);
        assertThat(gert("runs prune").exitCode()).isEqualTo(2);
        assertThat(gert("runs --older 1d").exitCode()).isEqualTo(2);
        assertThat(gert("runs prume --older 1d").exitCode()).isEqualTo(2);
        assertThat(gert("runs --state done").exitCode()).isEqualTo(2);
    }

    @Test
    void onlyOldRunsThatAreOverGo() throws IOException {
        gert("run say.runbook.yaml --incident I-1");
        Path gone = newest();
        gert("run look.runbook.yaml");
        Path waits = newest();
        Path damaged = only("say");
        byte[] bytes = Files.readAllBytes(damaged.resolve("journal.jsonl"));
        bytes[400] ^= 1;
        Files.write(damaged.resolve("journal.jsonl"), bytes);
        assertThat(gert("runs prune --older 1d").out()).contains("0 of 3 runs removed");
        assertThat(gert("runs prune --older 0s --dry-run").out()).contains("would remove " + gone.getFileName());
        assertThat(gone).exists();
        assertThat(folder.resolve("reports/pruned.jsonl")).doesNotExist();
        InProcess.Said said = gert("runs prune --older 0s");
        assertThat(said.out())
                .contains("removed " + gone.getFileName())
                .contains("it is not over: waiting")
                .contains("its journal is damaged at line 1")
                .contains("1 of 3 runs removed, 2 of that age kept");
        assertThat(gone).doesNotExist();
        assertThat(waits).exists();
        assertThat(damaged).exists();
        assertThat(Files.readString(folder.resolve("reports/pruned.jsonl")))
                .contains("\"run\":\"" + gone.getFileName() + "\"")
                .contains("\"outcome\":\"resolved\"")
                .contains("\"incident\":\"I-1\"")
                .endsWith("\"}\n");
    }

    @Test
    void aRunThatIsHeldStays() throws IOException {
        gert("run say.runbook.yaml");
        Path run = newest();
        Path lock = run.resolve("lock");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not here");
        Process holder = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-c",
                        "import fcntl,os,sys\nf=open(sys.argv[1],'r+')\nfcntl.lockf(f,fcntl.LOCK_EX)\n"
                                + "f.write('pid %d\\nboot %s\\nstart %s\\n'%(os.getpid(),"
                                + "open('/proc/sys/kernel/random/boot_id').read().strip(),"
                                + "open('/proc/self/stat').read().rsplit(')',1)[1].split()[19]))\nf.flush()\n"
                                + "print('held',flush=True)\nsys.stdin.read()",
                        lock.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            assertThat(gert("runs prune --older 0s").out()).contains("process " + holder.pid() + " has it open");
            assertThat(run).exists();
        } finally {
            holder.getOutputStream().close();
            holder.destroy();
        }
    }

    @Test
    void whatACrashLeftIsFinished() throws IOException {
        gert("run say.runbook.yaml");
        Path run = newest();
        Path left = run.resolveSibling("." + run.getFileName() + ".pruned");
        Files.move(run, left);
        Files.delete(left.resolve("journal.jsonl"));
        Files.createSymbolicLink(left.resolve("link"), folder.resolve(".git"));
        assertThat(gert("runs prune --older 9d").out()).contains("finished removing " + run.getFileName());
        assertThat(left).doesNotExist();
        assertThat(folder.resolve(".git")).exists();
    }

    @Test
    void aSecondRunOfAnIncidentIsToldOfTheFirst() throws IOException {
        gert("run look.runbook.yaml --incident I-7");
        Path first = newest();
        String id = String.valueOf(first.getFileName());
        assertThat(gert("run look.runbook.yaml --incident I-8").err()).doesNotContain("already");
        assertThat(gert("run say.runbook.yaml --incident I-7").err()).doesNotContain("already");
        InProcess.Said said = gert("run look.runbook.yaml --incident I-7");
        assertThat(said.err())
                .contains("warning: `look` has a run for this incident already")
                .contains("gert resume " + id);
        assertThat(said.exitCode()).isEqualTo(8);
        assertThat(journal(newest())).contains("\"type\":\"warning\"").contains(id);
    }

    private void runbook(String name, String step) throws IOException {
        Files.writeString(
                folder.resolve(name + ".runbook.yaml"),
                "apiVersion: runbook/v0\nmeta: {name: " + name + "}\nsteps:\n  - " + step + "\n");
    }

    /** A run of its own, just made. */
    private Path only(String name) throws IOException {
        gert("run " + name + ".runbook.yaml");
        return newest();
    }

    private Path newest() throws IOException {
        RunFolders folders = new RunFolders(folder.resolve("reports"));
        return folders.folder(folders.newestFirst().get(0));
    }

    private List<String> states(String options) {
        List<String> states = new ArrayList<>();
        String out = gert(("runs --csv " + options).strip()).out();
        for (String line : out.split("\r\n")) {
            String[] cells = line.substring(1, line.length() - 1).split("\",\"", -1);
            String runbook = cells[4];
            if (runbook.isEmpty()) { // what can't be read has no name
                runbook = "say";
            }
            if (!cells[0].equals("run")) {
                states.add(runbook + " " + cells[1] + " " + (cells[2].isEmpty() ? null : cells[2]));
            }
        }
        return states;
    }

    private static void cutAfter(Path run, String text) throws IOException {
        Path file = run.resolve("journal.jsonl");
        StringBuilder kept = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            kept.append(line).append('\n');
            if (line.contains(text)) {
                break;
            }
        }
        Files.writeString(file, kept.toString());
    }

    private static int lineEnd(byte[] bytes) {
        int at = 0;
        while (bytes[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    private static String journal(Path run) throws IOException {
        try (Stream<String> lines = Files.lines(run.resolve("journal.jsonl"), StandardCharsets.UTF_8)) {
            return String.join("\n", lines.toList());
        }
    }

    private InProcess.Said gert(String line) {
        return InProcess.gert(List.of(line.split(" ")), folder, Map.of("LANG", "C.UTF-8", "PATH", "/usr/bin:/bin"));
    }
}

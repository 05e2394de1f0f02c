package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Children that leave others behind, don't listen, or want the terminal: the run goes on, and nothing of them stays. */
class UnrulyChildIT {
    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void work() throws Exception {
        shop = new Workshop(folder);
        shop.file("governance.yaml", "apiVersion: governance/v0\nallow_commands: [child, \"linger*\"]\n");
        // Its command line names this folder, so that aliveChildren() sees it.
        shop.standIn("linger", "echo $$ > \"$1\"; sleep 600; sleep 600");
    }

    private void runbook(String fields) throws Exception {
        shop.file(
                "x.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: x}\nsteps:\n"
                        + "  - {id: one, type: cli, title: One, with: {argv: [child]}, capture: {said: stdout}" + fields
                        + ", outcomes: [{state: resolved, label: '{{ .said }}'}]}\n");
    }

    @Test
    void aGrandchildThatHoldsTheOutputEndsWithItsStep() throws Exception {
        shop.standIn("child", "linger pid & while [ ! -s pid ]; do :; done; echo left it");
        runbook("");
        Workshop.Result result = shop.gert("run", "x.runbook.yaml");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).contains("outcome  resolved   \"left it\"");
        Workshop.await("the grandchild's end", () -> !shop.aliveChildren());
    }

    @Test
    void aGrandchildThatHoldsNothingEndsWithItsStep() throws Exception {
        shop.standIn("child", "linger pid > /dev/null 2>&1 < /dev/null & while [ ! -s pid ]; do :; done; echo left it");
        runbook("");
        assertThat(shop.gert("run", "x.runbook.yaml").exit()).isZero();
        Workshop.await("the grandchild's end", () -> !shop.aliveChildren());
    }

    @Test
    void aTreeThatIgnoresTermEndsAtItsTimeout() throws Exception {
        shop.standIn("linger", "trap '' TERM HUP INT; echo $$ > \"$1\"; while :; do sleep 600; done");
        shop.standIn("child", "trap '' TERM; linger pid & linger pid2 & while :; do sleep 600; done");
        runbook(", timeout: 1s");
        Workshop.Result result = shop.gert("run", "x.runbook.yaml");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("timed out");
        Workshop.await("the end of the tree", () -> !shop.aliveChildren());
    }

    @Test
    void whoeverReadsTheTerminalGetsNothing() throws Exception {
        shop.standIn(
                "child",
                "tries() { if cat /dev/tty; then echo catted; fi; if read x < /dev/tty; then echo \"read $x\"; fi;"
                        + " if read y; then echo \"stdin $y\"; fi; }\n"
                        + "tries; touch tried; while [ ! -e typed ]; do sleep 0.05; done; tries; echo 'no more'");
        runbook("");
        try (PtySession terminal = new PtySession(shop, "run", "x.runbook.yaml")) {
            Workshop.await("the child's first try", () -> Files.exists(shop.folder.resolve("tried")));
            terminal.type("for gert alone\r");
            shop.file("typed", "");
            assertThat(terminal.exit()).as(terminal.text()).isZero();
            assertThat(terminal.text()).contains("\"no more\"");
        }
        assertThat(Files.readString(shop.journal().resolveSibling("output/001-one.out")))
                .isEqualTo("no more\n");
        assertThat(Files.readString(shop.journal())).doesNotContain("for gert alone");
    }

    @Test
    void aDaemonInASessionOfItsOwnIsListed() throws Exception {
        shop.standIn("child", "setsid linger pid > /dev/null 2>&1 & while [ ! -s pid ]; do :; done; echo left it");
        runbook("");
        long pid = -1;
        try {
            Workshop.Result result = shop.gert("run", "x.runbook.yaml");
            pid = Long.parseLong(Files.readString(shop.folder.resolve("pid")).strip());
            assertThat(result.exit()).as(result.all()).isZero();
            assertThat(result.out()).contains("outcome  resolved   \"left it\"");
            assertThat(shop.aliveChildren()).as("it outlives the run").isTrue();
            assertThat(result.out().replaceAll("\\s+", " "))
                    .contains("warning: `one` has ended, and a process that it started lives on: pid " + pid
                            + ", /bin/sh " + shop.folder.resolve("bin/linger") + " pid");
            String evidence = Files.readString(shop.journal().resolveSibling("evidence.json"));
            assertThat(evidence.replaceAll("\\s+", " "))
                    .contains("\"leaked_processes\": [ { \"run\"")
                    .contains("\"step\": \"one\", \"attempt\": 1, \"pid\": " + pid + ",");
            Workshop.Result audit = shop.gert("audit", "latest");
            assertThat(audit.exit()).as(audit.all()).isEqualTo(1);
            assertThat(audit.out()).contains("process " + pid + " outlived it");
        } finally {
            end(pid);
        }
    }

    @Test
    void aDaemonOfAStepThatTimesOutEndsWithIt() throws Exception {
        shop.standIn("child", "setsid linger pid & while [ ! -s pid ]; do :; done; linger pid2");
        runbook(", timeout: 2s");
        Workshop.Result result = shop.gert("run", "x.runbook.yaml");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(shop.folder.resolve("pid")).isNotEmptyFile();
        assertThat(result.out()).contains("timed out").doesNotContain("lives on");
        Workshop.await("the end of all", () -> !shop.aliveChildren());
    }

    @Test
    void aDaemonEndsWithAStepThatIsKilledWithGert() throws Exception {
        shop.standIn("child", "setsid linger pid & while [ ! -s pid ]; do :; done; linger pid2");
        runbook("");
        Process gert = shop.start(folder.resolve("out"), folder.resolve("err"), "run", "x.runbook.yaml");
        Workshop.await("the child", () -> Files.exists(shop.folder.resolve("pid2")));
        gert.destroyForcibly();
        Workshop.await("the end of all", () -> !shop.aliveChildren());
        Workshop.Result resumed = shop.gert("resume", "latest");
        assertThat(resumed.exit()).as(resumed.all()).isEqualTo(5);
    }

    /** Deaf to the hang-up of the terminal, and partly in another session. */
    @Test
    void aCommandThatHasTheTerminalEndsWhenGertIsKilled() throws Exception {
        shop.standIn(
                "child", "trap '' HUP TERM\nsetsid linger pid & while [ ! -s pid ]; do :; done; touch up; linger pid2");
        shop.file(
                "x.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: x}\nsteps:\n"
                        + "  - {id: one, type: cli, title: One, with: {argv: [child], interactive: true}}\n");
        try (PtySession terminal = new PtySession(shop, "run", "x.runbook.yaml")) {
            Workshop.await("the command", () -> Files.exists(shop.folder.resolve("pid2")) || terminal.ended());
            assertThat(shop.aliveChildren()).as(terminal.text()).isTrue();
            terminal.kill();
            Workshop.await("the end of all", () -> !shop.aliveChildren());
        }
    }

    /** A step that changes things and was ended in the middle is in doubt, which weighs more than the signal. */
    @ParameterizedTest
    @CsvSource({"INT, idempotent, 130", "TERM, idempotent, 143", "HUP, idempotent, 129", "HUP, mutate, 5"})
    void aSignalEndsTheTreeAndIsRecorded(String signal, String effect, int code) throws Exception {
        shop.standIn("child", "trap '' TERM HUP INT\nsetsid linger pid & while [ ! -s pid ]; do :; done; linger pid2");
        runbook(", effect: " + effect);
        Path err = folder.resolve("err");
        Process gert = shop.start(folder.resolve("out"), err, "run", "x.runbook.yaml");
        Workshop.await("the child", () -> Files.exists(shop.folder.resolve("pid2")));
        // What stops gert for a while stops nothing else.
        signal("STOP", gert);
        signal("CONT", gert);
        signal(signal, gert);
        assertThat(gert.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(shop.aliveChildren()).as("something is left when gert ends").isFalse();
        assertThat(Files.readString(shop.journal()))
                .contains("\"type\":\"run_interrupted\",\"data\":{\"signal\":\"" + signal + "\"}");
        assertThat(gert.exitValue()).as(Files.readString(err)).isEqualTo(code);
        shop.standIn("child", "echo again");
        Workshop.Result resumed = shop.gert("resume", "latest");
        assertThat(resumed.exit()).as(resumed.all()).isEqualTo(code == 5 ? 5 : 0);
    }

    @Test
    void aSecondSignalEndsAllAtOnce() throws Exception {
        shop.standIn("child", "trap '' TERM HUP INT\nsetsid linger pid & while [ ! -s pid ]; do :; done; linger pid2");
        runbook("");
        Path err = folder.resolve("err");
        Process gert = shop.start(folder.resolve("out"), err, "run", "x.runbook.yaml");
        Workshop.await("the child", () -> Files.exists(shop.folder.resolve("pid2")));
        signal("INT", gert);
        signal("TERM", gert);
        signal("INT", gert);
        assertThat(gert.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(gert.exitValue()).isIn(130, 143);
        assertThat(Files.readString(err)).contains("stopped  at once").contains("go on    gert resume ");
        Workshop.await("the end of all", () -> !shop.aliveChildren());
    }

    @Test
    void aStepInDoubtShowsWhatItPrintedLast() throws Exception {
        shop.standIn(
                "child",
                "for i in 1 2 3 4 5 6 7; do echo line $i; done; printf 'half\\033[2J'; echo oops >&2; linger pid");
        runbook("");
        Process gert = shop.start(folder.resolve("out"), folder.resolve("err"), "run", "x.runbook.yaml");
        Workshop.await(
                "the child",
                () -> Files.exists(shop.folder.resolve("pid")) && printed("err", "oops") && printed("out", "half"));
        gert.destroyForcibly();
        Workshop.await("the end of all", () -> !shop.aliveChildren());
        Workshop.Result doubt = shop.gert("resume", "latest");
        assertThat(doubt.exit()).isEqualTo(5);
        String run = shop.journal().getParent().getFileName().toString();
        assertThat(doubt.err())
                .containsPattern("started after 2[-0-9T:.]+Z, process [0-9]+\n")
                .contains("last output, reports/runs/" + run
                        + "/output/001-one.out:\n           line 4\n           line 5\n"
                        + "           line 6\n           line 7\n           half\\u{1b}[2J\n")
                .contains("output/001-one.err:\n           oops\n")
                .contains("gert decide " + run + " one --did-run\n")
                .doesNotContain("\033")
                .doesNotContain("line 3")
                .doesNotContain("still running");
    }

    private boolean printed(String stream, String word) {
        try {
            Path journal = shop.journal();
            Path file = journal == null ? null : journal.resolveSibling("output/001-one." + stream);
            return file != null && Files.exists(file) && Files.readString(file).contains(word);
        } catch (IOException e) {
            return false;
        }
    }

    private static void signal(String name, Process to) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(to.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** It and what it waits for. */
    private static void end(long pid) {
        ProcessHandle.of(pid).ifPresent(daemon -> {
            daemon.descendants().forEach(ProcessHandle::destroyForcibly);
            daemon.destroyForcibly();
        });
    }
}

package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at a real terminal: the acknowledgement, Ctrl-C, and no terminal at all. */
class TerminalIT {
    @TempDir
    Path folder;

    private Workshop shop;
    private PtyProcess process;
    private final StringBuffer screen = new StringBuffer();

    @BeforeEach
    void work() throws Exception {
        shop = new Workshop(folder);
        shop.standIn("change", "");
        shop.standIn("hang", "trap '' TERM\nsleep 600 &\nwait\nsleep 600");
        shop.file("governance.yaml", "apiVersion: governance/v0\ndefault: acknowledge\n");
        shop.file(
                "x.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: x}\nsteps:\n"
                        + "  - {id: restart, type: cli, title: Restart it, with: {argv: [change, \"a b\"]}}\n"
                        + "  - {id: check, type: manual, title: Check, instructions: See whether it is up,"
                        + " outcomes: [{state: resolved, label: up}]}\n");
        shop.file(
                "hang.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: hang}\nsteps:\n"
                        + "  - {id: hangs, type: cli, title: Hang, with: {argv: [hang]}}\n");
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void typingTheStepsIdLetsItRun() throws Exception {
        start("run", "x.runbook.yaml");
        asks(1);
        assertThat(screen.toString()).contains("[\"change\",\"a b\"]");
        assertThat(shop.ran()).isEmpty();
        type("restart\r");
        asks(2);
        assertThat(screen.toString()).contains("See whether it is up");
        assertThat(shop.ran()).containsExactly("change a b");
        type("\r");
        assertThat(exit()).isZero();
        assertThat(screen.toString()).contains("resolved");
        assertThat(Files.readString(shop.journal()))
                .contains("\"type\":\"approval_granted\"")
                .contains("\"type\":\"approval_used\"");
    }

    @Test
    void messagesFitTheTerminal() throws Exception {
        shop.file(
                "broken.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: broken}\nsteps:\n"
                        + "  - {id: look, type: cli, title: T, with: {argv: [sh, -c, 'ls *']}}\n");
        shop.file("governance.yaml", "apiVersion: governance/v0\n");
        start("validate", "broken.runbook.yaml");
        assertThat(exit()).isEqualTo(1);
        assertThat(screen.toString().replaceAll("\u001b\\[[0-9;]*m", ""))
                .contains("no `allow_commands` pattern with\r\n             a space names its whole line");
    }

    @Test
    void anotherWordIsNotAYes() throws Exception {
        start("run", "x.runbook.yaml");
        asks(1);
        type("yes\r");
        asks(2);
        type("n\r");
        assertThat(exit()).isEqualTo(4);
        assertThat(shop.ran()).isEmpty();
        assertThat(Files.readString(shop.journal())).contains("\"type\":\"approval_denied\"");
    }

    @Test
    void leavingItWaitingCanBeResumed() throws Exception {
        start("run", "x.runbook.yaml");
        asks(1);
        type("q\r");
        assertThat(exit()).isEqualTo(8);
        assertThat(screen.toString()).contains("gert resume ");
        screen.setLength(0);
        start("resume", "latest");
        asks(1);
        type("restart\r");
        asks(2);
        type("\r");
        assertThat(exit()).isZero();
        assertThat(shop.ran()).containsExactly("change a b");
    }

    @Test
    void whatWasTypedBeforeTheQuestionIsNotAnAnswer() throws Exception {
        shop.standIn("slow", "sleep 1.5");
        shop.file(
                "governance.yaml", "apiVersion: governance/v0\ndefault: acknowledge\nallow_commands: [slow, change]\n");
        shop.file("inner/governance.yaml", "apiVersion: governance/v0\ndefault: acknowledge\nread_commands: [slow]\n");
        shop.file(
                "inner/y.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: y}\nsteps:\n"
                        + "  - {id: slow, type: cli, title: Slow, effect: read, with: {argv: [slow]}}\n"
                        + "  - {id: restart, type: cli, title: Restart it, with: {argv: [change]}}\n");
        start("run", "inner/y.runbook.yaml");
        Workshop.await("the slow step", () -> ran().contains("slow "));
        type("restart\rrest");
        asks(1);
        assertThat(shop.ran()).containsExactly("slow ");
        type("art\r");
        asks(2);
        assertThat(shop.ran()).containsExactly("slow ");
        type("n\r");
        assertThat(exit()).isEqualTo(4);
        assertThat(shop.ran()).containsExactly("slow ");
    }

    @Test
    void controlCEndsTheStepWithItsWholeTreeAndSaysHowToGoOn() throws Exception {
        shop.file("governance.yaml", "apiVersion: governance/v0\nallow_commands: [hang]\n");
        start("run", "hang.runbook.yaml");
        Workshop.await("the hanging step", () -> ran().contains("hang "));
        type("\u0003");
        // It may have had its effect, which weighs more than the signal: a person must say.
        assertThat(exit()).isEqualTo(5);
        assertThat(screen.toString()).contains("gert decide ").contains(" hangs --did-run");
        Workshop.await("the end of its children", () -> !shop.aliveChildren());
        assertThat(Files.readString(shop.journal())).contains("\"type\":\"run_interrupted\"");
        assertThat(shop.gert("resume", "latest").exit()).isEqualTo(5);
        assertThat(shop.gert("decide", "latest", "hangs", "--abort").exit()).isZero();
        assertThat(Files.readString(shop.journal().resolveSibling("evidence.json")))
                .contains("\"verdict\": \"abort\"")
                .contains("\"state\": \"error\"");
        assertThat(shop.gert("resume", "latest").exit()).isEqualTo(1);
        assertThat(shop.ran()).containsExactly("hang ");
    }

    @Test
    void controlCInAReadingStepIsTheSignalsExitCodeAndTheStepIsMadeAgain() throws Exception {
        shop.standIn("watch-it", "[ -e again ] || { touch again; sleep 600; }");
        shop.file("governance.yaml", "apiVersion: governance/v0\nread_commands: [watch-it]\n");
        shop.file(
                "r.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: r}\nsteps:\n"
                        + "  - {id: look, type: cli, title: Look, effect: read, with: {argv: [watch-it]}}\n");
        start("run", "r.runbook.yaml");
        Workshop.await("the reading step", () -> Files.exists(shop.folder.resolve("again")));
        type("\u0003");
        assertThat(exit()).isEqualTo(130);
        assertThat(screen.toString()).contains("gert resume ");
        Workshop.Result resumed = shop.gert("resume", "latest");
        assertThat(resumed.exit()).as(resumed.all()).isZero();
        assertThat(shop.ran()).containsExactly("watch-it ", "watch-it ");
    }

    @Test
    void controlCAtTheQuestionRunsNothing() throws Exception {
        start("run", "x.runbook.yaml");
        asks(1);
        type("\u0003");
        assertThat(exit()).isEqualTo(130);
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void endOfInputIsNotAYes() throws Exception {
        start("run", "x.runbook.yaml");
        asks(1);
        type("\u0004");
        assertThat(exit()).isEqualTo(8);
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void aPipeThatSaysYesIsNotATerminal() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "yes restart | head -n 100 | \"$@\"", "sh")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("all").toFile());
        builder.command().addAll(shop.commandLine("run", "x.runbook.yaml"));
        builder.environment().clear();
        builder.environment().putAll(shop.environment());
        Process piped = builder.start();
        assertThat(piped.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(piped.exitValue()).isEqualTo(8);
        assertThat(Files.readString(folder.resolve("all"))).contains("gert resume ");
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void whatRunsSideBySideIsToldInOneLine() throws Exception {
        shop.standIn("slow", "sleep 2");
        shop.file("governance.yaml", "apiVersion: governance/v0\nallow_commands: [slow]\n");
        shop.file(
                "p.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: p}\ntree:\n  - parallel:\n      branches:\n"
                        + "        - {label: west, steps: [{step: {id: left, type: cli, title: L, with: {argv: [slow, a]}}}]}\n"
                        + "        - {label: east, steps: [{step: {id: right, type: cli, title: R, with: {argv: [slow, b]}}}]}\n");
        start("run", "p.runbook.yaml");
        assertThat(exit()).isZero();
        assertThat(screen.toString())
                .contains("2 at once   ")
                .containsPattern("left\\s+cli\\s+2\\.[0-9] s\\s+west")
                .containsPattern("right\\s+cli\\s+2\\.[0-9] s\\s+east")
                .contains("   2 steps, 2.");
    }

    private java.util.List<String> ran() {
        try {
            return shop.ran();
        } catch (IOException e) {
            return java.util.List.of();
        }
    }

    private void start(String... arguments) throws IOException {
        process = new PtyProcessBuilder(shop.commandLine(arguments).toArray(new String[0]))
                .setEnvironment(new HashMap<>(shop.environment()))
                .setDirectory(folder.toString())
                .setInitialColumns(100)
                .setInitialRows(40)
                .start();
        process.setWinSize(new WinSize(100, 40));
        InputStream in = process.getInputStream();
        Thread reader = new Thread(() -> {
            byte[] buffer = new byte[4096];
            try {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    screen.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // the terminal is gone
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits for the {@code n}-th question of the session: what is typed before it appears does not count. */
    private void asks(int n) {
        Workshop.await("question " + n + " on the screen:\n" + screen, () -> questions() >= n || !process.isAlive());
        assertThat(questions()).as(screen.toString()).isEqualTo(n);
    }

    private int questions() {
        return screen.toString().split("waiting > ", -1).length - 1;
    }

    private void type(String keys) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write(keys.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private int exit() throws InterruptedException {
        assertThat(process.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS))
                .as(screen.toString())
                .isTrue();
        return process.exitValue();
    }
}

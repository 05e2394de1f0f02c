package dev.gert.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.port.Dispatcher.Leftover;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step's process tree ends with the step, however the step ends. */
class TreeEndTest {
    private final Spawner spawner =
            new Spawner(new ChildEnvironment(ChildEnvironment.NAMES, "/usr/bin:/bin", name -> false));
    private final String marker = Processes.marker();
    private int next;

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        spawner.close();
        Processes.endAll(marker);
    }

    /** A child, a grandchild, one that left the group, one that left the session: all deaf to TERM. */
    private String deafFamily() {
        return "trap '' TERM; sleep " + marker + " & (sleep " + marker + " & wait) & timeout 999 sleep " + marker
                + " & setsid sleep " + marker + " & echo started; wait; sleep " + marker;
    }

    @Test
    void aTimeoutEndsAFamilyThatIsDeaf() {
        Collected out = new Collected();
        End end = child(deafFamily(), 2000).run(out, new Collected());
        assertThat(end).isEqualTo(new End.TimedOut());
        assertThat(out.text()).isEqualTo("started\n");
        Processes.awaitNone(marker);
    }

    @Test
    void aTimeoutAsksFirst() {
        Collected out = new Collected();
        String script = "trap 'echo asked; exit 3' TERM; echo started; sleep " + marker + " & wait";
        assertThat(child(script, 2000).run(out, new Collected())).isEqualTo(new End.TimedOut());
        assertThat(out.text()).isEqualTo("started\nasked\n");
        Processes.awaitNone(marker);
    }

    @Test
    void whatIsLeftInTheGroupEndsWithTheStep() {
        Collected out = new Collected();
        String script = "sleep " + marker + " >/dev/null 2>&1 & echo done";
        assertThat(child(script, 60_000).run(out, new Collected())).isEqualTo(new End.Exited(0));
        assertThat(out.text()).isEqualTo("done\n");
        Processes.awaitNone(marker);
    }

    @Test
    void whatHoldsTheOutputOpenEndsWithTheStep() {
        Collected out = new Collected();
        String script = "trap '' TERM; sleep " + marker + " & echo done";
        assertThat(child(script, 60_000).run(out, new Collected())).isEqualTo(new End.Exited(0));
        assertThat(out.text()).isEqualTo("done\n");
        Processes.awaitNone(marker);
    }

    @Test
    void aDaemonThatHoldsTheOutputOpenDoesNotHoldTheStep() {
        Collected out = new Collected();
        String script = "setsid sh -c 'sleep " + marker + " & exit' & wait; echo done";
        assertThat(child(script, 60_000).run(out, new Collected())).isEqualTo(new End.Exited(0));
        assertThat(out.text()).isEqualTo("done\n");
    }

    @Test
    void anInterruptEndsTheFamily() throws InterruptedException {
        Child child = child(deafFamily(), 60_000);
        AtomicReference<End> end = new AtomicReference<>();
        Thread runs = new Thread(() -> end.set(child.run(new Collected(), new Collected())));
        runs.start();
        Processes.await("all have begun", () -> Processes.withWord(marker).size() >= 5);
        spawner.interruptAll();
        runs.join();
        assertThat(end.get()).isEqualTo(new End.Interrupted());
        Processes.awaitNone(marker);
    }

    @Test
    void aSecondInterruptDoesNotAsk() throws InterruptedException {
        Child child = child("trap 'echo asked' TERM; echo started; sleep " + marker + " & wait; wait", 60_000);
        Collected out = new Collected();
        AtomicReference<End> end = new AtomicReference<>();
        Thread runs = new Thread(() -> end.set(child.run(out, new Collected())));
        runs.start();
        Processes.await("it has begun", () -> !Processes.withWord(marker).isEmpty());
        spawner.killAll();
        runs.join();
        assertThat(end.get()).isInstanceOfAny(End.Interrupted.class, End.Exited.class);
        Processes.awaitNone(marker);
    }

    @Test
    void afterAnInterruptNothingBegins() {
        Child child = child("echo ran > ran", 60_000);
        spawner.interruptAll();
        assertThat(child.run(new Collected(), new Collected())).isEqualTo(new End.Interrupted());
        Processes.await("it is gone", () -> ProcessHandle.of(child.pid()).isEmpty());
        assertThat(folder).isEmptyDirectory();
    }

    /** A daemon that is deaf and that nothing descends from any more: its environment alone tells. */
    private String daemon() {
        return "setsid sh -c 'trap \"\" TERM; sleep " + marker + " & while :; do wait; done' >/dev/null 2>&1 &"
                + " until [ -e up ]; do for p in /proc/[0-9]*; do"
                + " { tr '\\0' ' ' < $p/cmdline; } 2>/dev/null | grep -q '^sleep " + marker
                + "' && touch up; done; done; true";
    }

    @Test
    void aDaemonThatACommandLeavesBehindIsNamedAndLivesOn() {
        Child child = child(daemon(), 60_000);
        assertThat(child.run(new Collected(), new Collected())).isEqualTo(new End.Exited(0));
        List<Long> alive = Processes.withWord(marker);
        assertThat(alive).isNotEmpty();
        assertThat(child.leftovers()).extracting(Leftover::pid).containsAll(alive);
        assertThat(child.leftovers()).extracting(Leftover::command).contains("sleep " + marker);
        // Another attempt's children are not these.
        Child other = child("true", 60_000);
        other.run(new Collected(), new Collected());
        assertThat(other.leftovers()).isEmpty();
        endLeftovers(child);
    }

    @Test
    void aDaemonOfACommandWhoseTimeIsOverEndsWithIt() {
        Child child = child(daemon() + "; wait; sleep " + marker, 3000);
        assertThat(child.run(new Collected(), new Collected())).isEqualTo(new End.TimedOut());
        assertThat(folder.resolve("up")).exists();
        assertThat(child.leftovers()).isEmpty();
        Processes.awaitNone(marker);
    }

    @Test
    void aDaemonOfACommandThatRunsEndsWhenGertIsGone() {
        Child child = child(daemon() + "; wait; sleep " + marker, 60_000);
        Thread runs = new Thread(() -> child.run(new Collected(), new Collected()));
        runs.setDaemon(true);
        runs.start();
        Processes.await("the daemon is up", () -> folder.resolve("up").toFile().exists());
        // The pipe to the supervisor is closed, as it is when gert is killed.
        spawner.close();
        Processes.awaitNone(marker);
    }

    @Test
    void aDaemonOfACommandThatHasEndedLivesOnWhenGertIsGone() {
        Child child = child(daemon(), 60_000);
        child.run(new Collected(), new Collected());
        Child runs = child("sleep " + marker + ".1", 60_000);
        Thread waits = new Thread(() -> runs.run(new Collected(), new Collected()));
        waits.setDaemon(true);
        waits.start();
        Processes.await(
                "the other one runs", () -> !Processes.withWord(marker + ".1").isEmpty());
        spawner.close();
        Processes.await(
                "the other one is ended", () -> ProcessHandle.of(runs.pid()).isEmpty());
        assertThat(Processes.withWord("sleep\0" + marker + "\0")).isNotEmpty();
        endLeftovers(child);
    }

    private void endLeftovers(Child child) {
        for (Leftover each : child.leftovers()) {
            ProcessHandle.of(each.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
        Processes.awaitNone(marker);
    }

    private Child child(String script, long timeoutMillis) {
        String traceparent = "00-" + marker + "-" + next++ + "-01";
        Spawner.Start start = spawner.start(new Launch(
                "/bin/sh", List.of("-c", script), folder.toString(), Map.of(), traceparent, null, timeoutMillis));
        return ((Spawner.Start.Waiting) start).child();
    }
}

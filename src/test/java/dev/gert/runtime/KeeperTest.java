package dev.gert.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeeperTest {
    private final String marker = Processes.marker();
    private final List<Process> started = new ArrayList<>();
    private final Keeper keeper = new Keeper(() -> start("/bin/sh", "-c", KeeperScript.TEXT));

    @AfterEach
    void end() {
        keeper.close();
        for (Process process : started) {
            process.toHandle().destroyForcibly();
        }
    }

    @Test
    void itEndsWhatItKnowsAndNothingElse() throws IOException {
        Process known = sleep();
        Process forgotten = sleep();
        Process never = sleep();
        keeper.add(known.pid());
        keeper.add(forgotten.pid());
        keeper.remove(forgotten.pid());
        assertThat(keeper.hasMembers(known.pid())).isTrue();
        keeper.close();
        Processes.await("it has ended what it knows", () -> !known.isAlive());
        Processes.await("it has ended itself", () -> !started.get(3).isAlive());
        assertThat(forgotten.isAlive()).isTrue();
        assertThat(never.isAlive()).isTrue();
    }

    @Test
    void itAsksAndEnds() throws IOException {
        Process asked = sleep();
        keeper.add(asked.pid());
        keeper.terminate(asked.pid());
        Processes.await("it ends when it is asked", () -> !keeper.hasMembers(asked.pid()));
        Process deaf = start("/bin/sh", "-c", "trap '' TERM; while :; do sleep " + marker + "; done");
        Processes.await("it has begun", () -> Processes.withWord(marker).size() >= 2);
        keeper.add(deaf.pid());
        keeper.terminate(deaf.pid());
        keeper.kill(deaf.pid(), List.of());
        Processes.await("it is ended when it is not", () -> !keeper.hasMembers(deaf.pid()));
    }

    @Test
    void aNewOneIsToldEverything() throws IOException {
        Process known = sleep();
        keeper.add(known.pid());
        Process first = started.get(1);
        first.destroyForcibly();
        Processes.await("the first is gone", () -> !first.isAlive());
        Process another = sleep();
        keeper.add(another.pid());
        keeper.close();
        Processes.await("both are ended", () -> !known.isAlive() && !another.isAlive());
    }

    @Test
    void withoutOneThereIsAnError() {
        Keeper none = new Keeper(() -> {
            throw new IOException("no more processes");
        });
        assertThatThrownBy(() -> none.add(1)).hasMessage("no more processes");
        keeper.close();
        assertThatThrownBy(() -> keeper.add(1)).isInstanceOf(IOException.class);
        assertThat(keeper.hasMembers(1)).isTrue();
    }

    private Process sleep() throws IOException {
        return start("/bin/sleep", marker);
    }

    private Process start(String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of("setsid"));
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process);
        Processes.await("it leads a session", () -> leadsASession(process));
        return process;
    }

    private static boolean leadsASession(Process process) {
        try {
            return Processes.stat(process.pid())[3].equals(Long.toString(process.pid()));
        } catch (IOException e) {
            return true;
        }
    }
}

package dev.gert.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate and the supervisor under the shells that a system may have as its {@code sh}. */
class ShellsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox", "/bin/ksh", "/bin/mksh"})
    void theyAllDo(String shell) throws IOException {
        assumeTrue(Files.isExecutable(Path.of(shell)), shell + " is not here");
        Path sh = Files.createSymbolicLink(folder.resolve("sh"), Path.of(shell));
        ChildEnvironment environment = new ChildEnvironment(List.of(), "/usr/bin:/bin", name -> false);
        String marker = Processes.marker();
        try (Spawner spawner = new Spawner(environment, sh.toString(), Machine.here())) {
            Collected out = new Collected();
            assertThat(run(spawner, "/usr/bin/env", List.of("-0"), 60_000, out)).isEqualTo(new End.Exited(0));
            List<String> entries = new ArrayList<>(List.of(out.text().split("\0")));
            if (shell.endsWith("/bash")) {
                entries.removeIf(entry -> entry.startsWith("_=") || entry.equals("SHLVL=0"));
            }
            assertThat(entries).containsExactlyInAnyOrder("PATH=/usr/bin:/bin", "STEP=x y");
            Collected words = new Collected();
            assertThat(run(spawner, "/usr/bin/printf", List.of("%s", "a *\n$(x) \u00e9"), 60_000, words))
                    .isEqualTo(new End.Exited(0));
            assertThat(words.text()).isEqualTo("a *\n$(x) \u00e9");
            Path refused = Files.writeString(folder.resolve("refused"), "#!/bin/sh\n");
            assertThat(run(spawner, refused.toString(), List.of(), 60_000, new Collected()))
                    .isEqualTo(new End.NotStarted("it could not be executed: Permission denied"));
            List<String> left = List.of("-c", "sleep " + marker + " >/dev/null 2>&1 &");
            assertThat(run(spawner, "/bin/sh", left, 60_000, new Collected())).isEqualTo(new End.Exited(0));
            Processes.awaitNone(marker);
            List<String> deaf =
                    List.of("-c", "trap '' TERM; sleep " + marker + " & setsid sleep " + marker + " & wait");
            assertThat(run(spawner, "/bin/sh", deaf, 1500, new Collected())).isEqualTo(new End.TimedOut());
            Processes.awaitNone(marker);
            Spawner.Start start = spawner.start(launch("/bin/sh", deaf, 60_000));
            Thread runs =
                    new Thread(() -> ((Spawner.Start.Waiting) start).child().run(new Collected(), new Collected()));
            runs.setDaemon(true);
            runs.start();
            Processes.await("all have begun", () -> Processes.withWord(marker).size() >= 3);
        }
        // The pipe to the supervisor is closed, as it is when gert is killed.
        Processes.awaitNone(marker);
        Files.delete(sh);
    }

    private End run(Spawner spawner, String program, List<String> arguments, long millis, Collected out) {
        Spawner.Start start = spawner.start(launch(program, arguments, millis));
        return ((Spawner.Start.Waiting) start).child().run(out, new Collected());
    }

    private Launch launch(String program, List<String> arguments, long millis) {
        return new Launch(program, arguments, folder.toString(), Map.of("STEP", "x y"), null, null, millis);
    }
}

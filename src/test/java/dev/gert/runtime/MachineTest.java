package dev.gert.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is promised where the system gives less than Linux does. */
class MachineTest {
    @TempDir
    Path root;

    @Test
    void linuxGivesAll() {
        assertThat(Machine.here().shortcomings()).isNull();
        assertThat(Machine.here().obstacle()).isNull();
    }

    @Test
    void withoutSetsidThereIsPerl() throws IOException {
        has("bin/sh");
        has("usr/bin/perl");
        Machine mac = Machine.of("Mac OS X", root.toFile());
        assertThat(mac.obstacle()).isNull();
        assertThat(mac.shortcomings())
                .startsWith("this system (Mac OS X) has no /proc: a process that leaves its command's group is"
                        + " neither ended nor listed");
        has("usr/bin/setsid");
        assertThat(Machine.of("x", root.toFile()).session()).containsExactly("/usr/bin/setsid");
    }

    /** The session by perl is one: its own group, no terminal, and what the gate says arrives. */
    @Test
    void aSessionByPerlIsASession() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "perl is on this machine");
        has("bin/sh");
        has("usr/bin/perl");
        Machine mac = Machine.of("Mac OS X", root.toFile());
        try (Spawner spawner = spawner(mac)) {
            Collected out = new Collected();
            Child child = ((Spawner.Start.Waiting)
                            spawner.start(launch("/bin/sh", "-c", "cat /proc/$$/stat; echo \"$1\"", "x", "a b")))
                    .child();
            assertThat(child.run(out, new Collected())).isEqualTo(new End.Exited(0));
            String pid = Long.toString(child.pid());
            String[] stat =
                    out.text().substring(out.text().lastIndexOf(')') + 2).split(" ");
            assertThat(List.of(stat).subList(2, 5)).containsExactly(pid, pid, "0");
            assertThat(out.text()).endsWith("\na b\n");
        }
    }

    @Test
    void withoutASessionNoCommandIsStarted() throws IOException {
        has("bin/sh");
        Machine bare = Machine.of("Plan 9", root.toFile());
        assertThat(bare.shortcomings())
                .startsWith("no command can be started on this system (Plan 9), only what people");
        refuses(bare);
    }

    @Test
    void withoutAShellNoneEither() throws IOException {
        has("usr/bin/setsid");
        refuses(Machine.of("Windows 11", root.toFile()));
    }

    private void refuses(Machine machine) {
        try (Spawner spawner = spawner(machine)) {
            assertThat(spawner.start(launch("/bin/true")))
                    .isEqualTo(new Spawner.Start.Failed("a command needs a session of its own, and neither setsid(1)"
                            + " nor perl, with sh, is on this machine"));
            assertThat(spawner.runInForeground(launch("/usr/bin/touch", root + "/touched")))
                    .isInstanceOf(End.NotStarted.class);
        }
        assertThat(root.resolve("touched")).doesNotExist();
    }

    private static Spawner spawner(Machine machine) {
        return new Spawner(
                new ChildEnvironment(ChildEnvironment.NAMES, "/usr/bin:/bin", name -> false), "/bin/sh", machine);
    }

    private Launch launch(String program, String... arguments) {
        return new Launch(program, List.of(arguments), root.toString(), Map.of(), null, null, 60_000);
    }

    private void has(String program) throws IOException {
        Path file = root.resolve(program);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

package dev.gert.runtime;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The one place that starts processes (design.md, invariant 4). A child is its own session and process
 * group; it waits at a gate until {@link Child#run} lets it go, and the {@link Keeper} knows it before
 * that, so that nothing has an effect that the journal does not know, and nothing outlives gert.
 */
public final class Spawner implements AutoCloseable {
    /**
     * Waits for a line, then becomes the program. The line is a word that only gert and this shell
     * know; printed on stderr it says that the program could not be executed, which an exit code
     * alone can't. What the shell adds to the environment is taken out again, as far as it can be:
     * where {@code sh} is bash, {@code _} and {@code SHLVL} stay.
     */
    private static final String GATE = "read -r _gert_go && [ \"$_gert_go\" ] || exit 125;"
            + " [ \"${BASH_VERSION-}\" ] && shopt -s execfail;"
            + " unset PWD OLDPWD SHLVL;"
            + " trap 'printf %s \"$_gert_go\" >&2' EXIT;"
            + " exec \"$@\";"
            + " exit 126";

    private static final String SHELL = "/bin/sh";
    private static final String KEEPER_PATH = "/usr/bin:/bin";

    private final ChildEnvironment environment;
    private final String shell;
    private final Machine machine;
    private final Keeper keeper;
    private final String word;
    private volatile boolean interrupted;
    private volatile boolean killed;
    private volatile boolean foreground;
    private final List<Runnable> onInterrupt = new CopyOnWriteArrayList<>();

    public Spawner(ChildEnvironment environment) {
        this(environment, SHELL, Machine.here());
    }

    Spawner(ChildEnvironment environment, String shell, Machine machine) {
        this.environment = environment;
        this.shell = shell;
        this.machine = machine;
        this.keeper = new Keeper(this::startKeeper);
        this.word = randomWord();
    }

    /** What came of a start. */
    public sealed interface Start {
        /** It waits at the gate. */
        record Waiting(Child child) implements Start {}

        /** There is no process; {@code reason} says why. */
        record Failed(String reason) implements Start {}
    }

    /** Starts a process that waits for its go; nothing of the program has run when this returns. */
    public Start start(Launch launch) {
        String problem = launch.problem();
        if (problem == null) {
            problem = ChildEnvironment.problem(launch.environment());
        }
        if (problem == null) {
            problem = machine.obstacle();
        }
        if (problem != null) {
            return new Start.Failed(problem);
        }
        List<String> words = new ArrayList<>(machine.session());
        words.add(shell);
        words.add("-c");
        words.add(GATE);
        words.add("gert");
        words.add(launch.program());
        words.addAll(launch.arguments());
        ProcessBuilder builder = new ProcessBuilder(words).directory(new File(launch.cwd()));
        environment.apply(builder.environment(), launch.traceparent(), launch.environment());
        String mark = mark(launch, builder);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Start.Failed(reason(launch, e));
        }
        try {
            keeper.add(process.pid());
            if (mark != null) {
                keeper.mark(mark);
            }
        } catch (IOException e) {
            process.destroyForcibly();
            keeper.remove(process.pid());
            return new Start.Failed("the supervisor could not be started: " + e.getMessage());
        }
        return new Start.Waiting(new Child(this, keeper, process, word, launch, mark));
    }

    /** Has every running command ended, and none begin any more; returns at once. For a first Ctrl-C. */
    public void interruptAll() {
        interrupted = true;
        for (Runnable each : onInterrupt) {
            each.run();
        }
    }

    /** Has something done when running commands are to end: what waits for a server's answer is woken. */
    public void onInterrupt(Runnable wake) {
        onInterrupt.add(wake);
    }

    /** Whether a command has the terminal at the moment: a Ctrl-C is then meant for it. */
    public boolean hasForeground() {
        return foreground;
    }

    /**
     * Runs a command with gert's own terminal, standard streams included; nothing of it is captured. It
     * begins at once, so its intent must be recorded before.
     */
    public End runInForeground(Launch launch) {
        String problem = launch.problem();
        if (problem == null) {
            problem = ChildEnvironment.problem(launch.environment());
        }
        if (problem == null) {
            problem = machine.obstacle();
        }
        if (problem != null) {
            return new End.NotStarted(problem);
        }
        if (interrupted) {
            return new End.Interrupted();
        }
        List<String> words = new ArrayList<>();
        words.add(launch.program());
        words.addAll(launch.arguments());
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(new File(launch.cwd())).inheritIO();
        environment.apply(builder.environment(), launch.traceparent(), launch.environment());
        String mark = mark(launch, builder);
        if (mark != null) {
            try {
                keeper.mark(mark);
            } catch (IOException e) {
                return new End.NotStarted("the supervisor could not be started: " + e.getMessage());
            }
        }
        foreground = true;
        try {
            Process process = builder.start();
            return new Foreground(process, mark).await(launch.timeoutMillis(), () -> interrupted, () -> killed);
        } catch (IOException e) {
            return new End.NotStarted(reason(launch, e));
        } finally {
            foreground = false;
            if (mark != null) {
                keeper.unmark(mark);
            }
        }
    }

    /** What a child and all that it starts are known by; null where it is not given one. */
    private static @Nullable String mark(Launch launch, ProcessBuilder builder) {
        String traceparent = launch.traceparent();
        return traceparent != null && traceparent.equals(builder.environment().get(ChildEnvironment.TRACEPARENT))
                ? traceparent
                : null;
    }

    /** Ends every running command without asking; for a second Ctrl-C. */
    public void killAll() {
        interrupted = true;
        killed = true;
        keeper.killAll();
    }

    /** Ends the supervisor, and with it what may still run; what waits for its go is never let go. */
    @Override
    public void close() {
        interrupted = true;
        keeper.close();
    }

    /** Whether running commands were asked to end. */
    public boolean isInterrupted() {
        return interrupted;
    }

    boolean isKilled() {
        return killed;
    }

    private Process startKeeper() throws IOException {
        String obstacle = machine.obstacle();
        if (obstacle != null) {
            throw new IOException(obstacle);
        }
        List<String> words = new ArrayList<>(machine.session());
        words.addAll(List.of(shell, "-c", KeeperScript.TEXT, "gert-keeper"));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(new File("/")).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("PATH", KEEPER_PATH);
        return builder.start();
    }

    private static String reason(Launch launch, IOException e) {
        if (!Files.isDirectory(Path.of(launch.cwd()))) {
            return "the working directory `" + launch.cwd() + "` is not there";
        }
        String message = String.valueOf(e.getMessage());
        // E2BIG, as Java 17 and as Java 25 say it.
        return message.contains("error=7,") || message.contains("error: 7 ")
                ? "the arguments and the environment are larger than the system takes"
                : "no process could be started: " + message;
    }

    private static String randomWord() {
        try (InputStream in = Files.newInputStream(Path.of("/dev/urandom"))) {
            return HexFormat.of().formatHex(in.readNBytes(16));
        } catch (IOException e) {
            return Long.toHexString(System.nanoTime() * 0x9E3779B97F4A7C15L)
                    + ProcessHandle.current().pid();
        }
    }
}

package dev.gert.runtime;

import dev.gert.engine.port.Dispatcher.Leftover;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that waits at the gate, and then the program that it becomes. Run or abandoned once, by one thread. */
public final class Child {
    private static final long SLICE_MILLIS = 50;
    private static final long TERM_MILLIS = 1000;
    private static final long KILL_MILLIS = 500;
    private static final long LEFTOVER_MILLIS = 2000;

    /** Within it the machine has not given all its process numbers. */
    private static final long RECENT_NANOS = 10_000_000_000L;

    /** What a pipe takes at once whatever its size; more is written by a thread. */
    private static final int SMALL = 2048;

    private final Spawner spawner;
    private final Keeper keeper;
    private final Process process;
    private final String word;
    private final Launch launch;
    private final @Nullable String mark;
    private final long began = System.nanoTime();
    private List<Leftover> leftovers = List.of();

    /** {@code mark}: the {@code TRACEPARENT} that it has, and whatever it starts; null: it has none. */
    Child(Spawner spawner, Keeper keeper, Process process, String word, Launch launch, @Nullable String mark) {
        this.spawner = spawner;
        this.keeper = keeper;
        this.process = process;
        this.word = word;
        this.launch = launch;
        this.mark = mark;
    }

    /** The process, session and process group, before its go and after. */
    public long pid() {
        return process.pid();
    }

    /** Where it stands, behind all links; null where the system does not tell. */
    public @Nullable String workingFolder() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .toString();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** What of it lives on in sessions of its own, after {@link #run}. */
    public List<Leftover> leftovers() {
        return leftovers;
    }

    /** Ends it where it waits; nothing has happened. */
    public void abandon() {
        process.destroyForcibly();
        release();
    }

    /** Lets it go and waits for its end and the end of what it started. What the sinks were given is kept on return. */
    public End run(ByteSink out, ByteSink err) {
        if (spawner.isInterrupted()) {
            abandon();
            return new End.Interrupted();
        }
        if (!process.isAlive()) {
            release();
            return new End.NotStarted("the process that waited to become the command was ended from outside");
        }
        Pump outPump = new Pump("gert-stdout", process.getInputStream(), out);
        Pump errPump = new Pump("gert-stderr", process.getErrorStream(), err);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(launch.timeoutMillis());
        outPump.listen();
        errPump.listen();
        letGo();
        End end = awaitEnd(deadline, outPump, errPump);
        settle(end instanceof End.Exited, outPump, errPump);
        leftovers = alive();
        release();
        Throwable failure = outPump.failure() != null ? outPump.failure() : errPump.failure();
        if (failure != null) {
            return new End.Unrecorded(failure);
        }
        String refusal = end instanceof End.Exited ? refusal(errPump.everything()) : null;
        return refusal == null ? end : new End.NotStarted("it could not be executed: " + refusal);
    }

    /** Lets it go as a server, which is spoken with; null when it was ended before. */
    public @Nullable ServerProcess serve() {
        if (spawner.isInterrupted() || !process.isAlive()) {
            abandon();
            return null;
        }
        try {
            process.getOutputStream().write((word + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            abandon();
            return null;
        }
        return new ServerProcess(this, process);
    }

    void endServer(long patienceMillis) {
        try {
            process.waitFor(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // its tree has to be ended all the same
        }
        if (process.isAlive() || !ProcessTree.of(pid()).isEmpty()) {
            endTree(false);
        }
        release();
    }

    private void letGo() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((word + "\n").getBytes(StandardCharsets.US_ASCII));
        String stdin = launch.stdin();
        if (stdin != null) {
            bytes.writeBytes(stdin.getBytes(StandardCharsets.UTF_8));
        }
        if (bytes.size() <= SMALL) {
            feed(bytes);
        } else {
            Thread feeder = new Thread(() -> feed(bytes), "gert-stdin");
            feeder.setDaemon(true);
            feeder.start();
        }
    }

    private void feed(ByteArrayOutputStream bytes) {
        try (OutputStream stdin = process.getOutputStream()) {
            bytes.writeTo(stdin);
        } catch (IOException e) {
            // a command need not read what it is given
        }
    }

    private End awaitEnd(long deadline, Pump outPump, Pump errPump) {
        try {
            while (true) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (process.waitFor(Math.max(1, Math.min(left, SLICE_MILLIS)), TimeUnit.MILLISECONDS)) {
                    return new End.Exited(process.exitValue());
                }
                if (spawner.isInterrupted()) {
                    return new End.Interrupted();
                }
                if (left <= 0) {
                    return new End.TimedOut();
                }
                Throwable failure = outPump.failure() != null ? outPump.failure() : errPump.failure();
                if (failure != null) {
                    return new End.Unrecorded(failure);
                }
            }
        } catch (InterruptedException e) {
            // Passed on as a value: an interrupted thread would close the journal's channel.
            return new End.Interrupted();
        }
    }

    /**
     * Ends what is left of the tree, and hears the streams to their end. Of a command that came to its end by
     * itself a daemon that it meant to leave behind may live on.
     */
    private void settle(boolean exited, Pump outPump, Pump errPump) {
        boolean quiet = exited && heard(outPump, LEFTOVER_MILLIS) && heard(errPump, LEFTOVER_MILLIS);
        if (!quiet || keeper.hasMembers(pid()) && !ProcessTree.of(pid()).isEmpty()) {
            endTree(!exited);
            heard(outPump, KILL_MILLIS);
            heard(errPump, KILL_MILLIS);
        }
        outPump.close();
        errPump.close();
    }

    /** Whether the stream comes to its end in that time; a signal to gert cuts the time short. */
    private boolean heard(Pump pump, long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            try {
                if (pump.awaitEnd(Math.max(0, Math.min(left, SLICE_MILLIS)))) {
                    return true;
                }
            } catch (InterruptedException e) {
                // the stream has to be heard all the same
            }
            if (left <= 0 || spawner.isInterrupted() && millis > KILL_MILLIS) {
                return false;
            }
        }
    }

    private List<Leftover> alive() {
        boolean recent = System.nanoTime() - began < RECENT_NANOS;
        return Leftovers.of(mark, recent ? pid() : 0);
    }

    /** {@code daemons}: those that are not of the tree any more as well. */
    private List<Long> strays(boolean daemons) {
        Set<Long> strays = new LinkedHashSet<>(ProcessTree.of(pid()).strays());
        for (Leftover each : daemons ? alive() : List.<Leftover>of()) {
            if (!ProcessTree.isOfGroup(each.pid(), pid())) {
                strays.add(each.pid());
            }
        }
        return new ArrayList<>(strays);
    }

    private void endTree(boolean daemons) {
        List<Long> strays = strays(daemons);
        keeper.terminate(pid());
        ProcessTree.terminate(strays);
        if (isGone(TERM_MILLIS, strays)) {
            strays = strays(daemons);
            if (strays.isEmpty()) {
                return;
            }
        }
        keeper.kill(pid(), strays);
        if (!isGone(KILL_MILLIS, strays)) {
            ProcessTree last = ProcessTree.of(pid(), strays);
            process.toHandle().destroyForcibly();
            ProcessTree.kill(last.strays());
            isGone(KILL_MILLIS, strays);
        }
    }

    private boolean isGone(long millis, List<Long> strays) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long pause = 2;
        while (true) {
            if (!process.isAlive() && ProcessTree.of(pid(), strays).isEmpty()) {
                return true;
            }
            if (System.nanoTime() - deadline >= 0 || spawner.isKilled() && millis > KILL_MILLIS) {
                return false;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                // the tree has to be ended all the same
            }
            pause = Math.min(pause * 2, SLICE_MILLIS / 2);
        }
    }

    private void release() {
        keeper.remove(pid());
        if (mark != null) {
            keeper.unmark(mark);
        }
    }

    /** What the gate said when it could not become the program; null when it did. */
    private @Nullable String refusal(byte @Nullable [] stderr) {
        if (stderr == null) {
            return null;
        }
        String said = new String(stderr, StandardCharsets.UTF_8);
        if (!said.endsWith(word)) {
            return null;
        }
        String line = said.substring(0, said.indexOf(word)).strip();
        int colon = line.lastIndexOf(": ");
        return colon < 0 ? "the system refused" : line.substring(colon + 2);
    }
}

package dev.gert.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The supervisor: a small shell in a session of its own that knows the children's process groups and
 * ends them when its pipe from gert closes, however gert ended (design.md, "Means that Java lacks").
 * It also sends what Java can't: a signal to a group.
 */
final class Keeper implements AutoCloseable {
    private static final long REPLY_NANOS = 5_000_000_000L;
    private static final long POLL_NANOS = 20_000L;

    private final Starter starter;
    private final Set<Long> groups = new LinkedHashSet<>();
    private final Set<String> marks = new LinkedHashSet<>();
    private @Nullable Process process;
    private boolean closed;

    /** Starts the supervisor's shell; the spawner's, since nothing else starts processes. */
    interface Starter {
        Process start() throws IOException;
    }

    Keeper(Starter starter) {
        this.starter = starter;
    }

    /**
     * From now on the group ends with gert.
     *
     * @throws IOException when there is no supervisor and none can be started
     */
    synchronized void add(long group) throws IOException {
        if (closed) {
            throw new IOException("it was closed");
        }
        send("+ " + group);
        groups.add(group);
    }

    /**
     * From now on what began with that {@code TRACEPARENT} ends with gert.
     *
     * @throws IOException when there is no supervisor and none can be started
     */
    synchronized void mark(String traceparent) throws IOException {
        if (closed) {
            throw new IOException("it was closed");
        }
        send("m " + traceparent);
        marks.add(traceparent);
    }

    /** What still has it may live on. */
    synchronized void unmark(String traceparent) {
        if (marks.remove(traceparent)) {
            trySend("u " + traceparent);
        }
    }

    /** The group has ended; its number may come to mean another. */
    synchronized void remove(long group) {
        if (groups.remove(group)) {
            trySend("- " + group);
        }
    }

    /** Asks the group to end. */
    synchronized void terminate(long group) {
        if (groups.contains(group)) {
            trySend("T " + group);
        }
    }

    /** Ends the group, its session, what descends from it, and the processes that are known to have. */
    synchronized void kill(long group, List<Long> known) {
        if (groups.contains(group)) {
            StringBuilder line = new StringBuilder("K ").append(group);
            for (long pid : known) {
                line.append(' ').append(pid);
            }
            trySend(line.toString());
        }
    }

    /** Ends every group. */
    synchronized void killAll() {
        for (long group : groups) {
            trySend("K " + group);
        }
    }

    /** Whether the group has members; those that ended and that nobody waited for count. True when unknown. */
    synchronized boolean hasMembers(long group) {
        if (closed || !trySend("? " + group)) {
            return true;
        }
        Process asked = process;
        if (asked == null) {
            return true;
        }
        try {
            InputStream in = asked.getInputStream();
            long deadline = System.nanoTime() + REPLY_NANOS;
            int answer = -1;
            while (answer != '\n') {
                while (in.available() == 0) {
                    if (System.nanoTime() - deadline > 0 || !asked.isAlive()) {
                        discard(asked);
                        return true;
                    }
                    LockSupport.parkNanos(POLL_NANOS);
                }
                int next = in.read();
                if (next == '\n') {
                    return answer != '0';
                }
                answer = next;
            }
        } catch (IOException e) {
            discard(asked);
        }
        return true;
    }

    /** Ends the supervisor, and with it whatever it still knows. */
    @Override
    public synchronized void close() {
        closed = true;
        Process ended = process;
        process = null;
        if (ended != null) {
            hangUp(ended);
        }
    }

    private boolean trySend(String line) {
        if (closed) {
            return false;
        }
        try {
            send(line);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends a line; to a new supervisor, which is told of every group, if the one that was there is gone. */
    private void send(String line) throws IOException {
        Process current = process;
        if (current != null && current.isAlive()) {
            try {
                write(current, line);
                return;
            } catch (IOException e) {
                discard(current);
            }
        }
        Process fresh = starter.start();
        process = fresh;
        StringBuilder lines = new StringBuilder();
        for (long group : groups) {
            lines.append("+ ").append(group).append('\n');
        }
        for (String mark : marks) {
            lines.append("m ").append(mark).append('\n');
        }
        write(fresh, lines.append(line).toString());
    }

    private void discard(Process lost) {
        lost.destroyForcibly();
        if (process == lost) {
            process = null;
        }
    }

    private static void write(Process to, String line) throws IOException {
        OutputStream out = to.getOutputStream();
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void hangUp(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it is gone already
        }
    }
}

package dev.gert.runtime;

import dev.gert.engine.port.Dispatcher.Leftover;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waits for a command that has the terminal, and ends all that it started when its time is over. */
final class Foreground {
    private static final long SLICE_MILLIS = 50;
    private static final long TERM_MILLIS = 1000;
    private static final long KILL_MILLIS = 500;

    private final Process process;
    private final @Nullable String mark;

    /** {@code mark}: the {@code TRACEPARENT} that it has, and whatever it starts; null: it has none. */
    Foreground(Process process, @Nullable String mark) {
        this.process = process;
        this.mark = mark;
    }

    /** {@code killed}: nobody waits for it to end by itself. */
    End await(long timeoutMillis, BooleanSupplier interrupted, BooleanSupplier killed) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (true) {
            try {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (process.waitFor(Math.max(1, Math.min(left, SLICE_MILLIS)), TimeUnit.MILLISECONDS)) {
                    return new End.Exited(process.exitValue());
                }
                if (interrupted.getAsBoolean() || left <= 0) {
                    end(killed);
                    return left <= 0 ? new End.TimedOut() : new End.Interrupted();
                }
            } catch (InterruptedException e) {
                end(killed);
                return new End.Interrupted();
            }
        }
    }

    private void end(BooleanSupplier killed) {
        Set<ProcessHandle> all = alive();
        all.forEach(ProcessHandle::destroy);
        if (isGone(all, TERM_MILLIS, killed)) {
            all = alive();
        }
        all.addAll(alive());
        all.forEach(ProcessHandle::destroyForcibly);
        isGone(all, KILL_MILLIS, () -> false);
    }

    private Set<ProcessHandle> alive() {
        Set<ProcessHandle> all = new LinkedHashSet<>();
        if (process.isAlive()) {
            all.add(process.toHandle());
            process.descendants().forEach(all::add);
        }
        for (Leftover each : Leftovers.of(mark, 0)) {
            ProcessHandle.of(each.pid()).ifPresent(all::add);
        }
        return all;
    }

    private static boolean isGone(Set<ProcessHandle> all, long millis, BooleanSupplier killed) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - deadline < 0 && !killed.getAsBoolean()) {
            if (all.stream().noneMatch(ProcessHandle::isAlive)) {
                return true;
            }
            try {
                Thread.sleep(SLICE_MILLIS / 10);
            } catch (InterruptedException e) {
                // what it started has to be ended all the same
            }
        }
        return false;
    }
}

package dev.gert.runtime;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a command that has the terminal, and ends its tree when its time is over. */
final class Foreground {
    private static final long SLICE_MILLIS = 50;
    private static final long TERM_MILLIS = 1000;

    private Foreground() {}

    static End await(Process process, long timeoutMillis, BooleanSupplier interrupted) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (true) {
            try {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (process.waitFor(Math.max(1, Math.min(left, SLICE_MILLIS)), TimeUnit.MILLISECONDS)) {
                    return new End.Exited(process.exitValue());
                }
                if (interrupted.getAsBoolean() || left <= 0) {
                    end(process);
                    return left <= 0 ? new End.TimedOut() : new End.Interrupted();
                }
            } catch (InterruptedException e) {
                end(process);
                return new End.Interrupted();
            }
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(TERM_MILLIS, TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}

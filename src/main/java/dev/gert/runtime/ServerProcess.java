package dev.gert.runtime;

import java.io.InputStream;
import java.io.OutputStream;

/** A program that answers calls for as long as a run lasts; ended, with all that it started, by {@link #end}. */
public final class ServerProcess {
    private final Child child;
    private final Process process;

    ServerProcess(Child child, Process process) {
        this.child = child;
        this.process = process;
    }

    public long pid() {
        return process.pid();
    }

    /** What it is told; closing it is how it learns that nothing more comes. */
    public OutputStream in() {
        return process.getOutputStream();
    }

    public InputStream out() {
        return process.getInputStream();
    }

    public InputStream err() {
        return process.getErrorStream();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits that long for it to end by itself, and ends its tree. */
    public void end(long patienceMillis) {
        child.endServer(patienceMillis);
    }
}

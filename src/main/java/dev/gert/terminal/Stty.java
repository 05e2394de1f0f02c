package dev.gert.terminal;

import dev.gert.runtime.ByteSink;
import dev.gert.runtime.ChildEnvironment;
import dev.gert.runtime.End;
import dev.gert.runtime.Launch;
import dev.gert.runtime.Spawner;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Controls the terminal through stty(1). Its processes are not commands of a run: they have a spawner
 * of their own, which no signal stops, so that a terminal is always put right again.
 */
final class Stty implements TerminalControl {
    private static final long TIMEOUT_MILLIS = 2000;
    private static final int LONGEST = 4096;

    /** The folders of stty(1) and cat(1); nobody's PATH is asked. */
    private static final String PATH = "PATH=/usr/bin:/bin; ";

    /**
     * A line that was not ended can't be read: it can when lines do not count, and is read away then.
     * All in a child of the shell, because the first process of a session would take the terminal as
     * its own.
     */
    private static final String DISCARD =
            "( exec <\"$1\" && s=$(stty -g) && stty -icanon min 0 time 0 && cat >/dev/null; stty \"$s\" )";

    private static final String HIDE = "( exec <\"$1\" && stty -echo )";
    private static final String SHOW = "( exec <\"$1\" && stty echo )";
    private static final String SIZE = "( exec <\"$1\" && stty size )";

    private final String device;
    private final Thread restoring = new Thread(() -> run(SHOW), "gert-stty");
    private @Nullable Spawner spawner;

    /** {@code device}: the terminal's path. */
    Stty(String device) {
        this.device = device;
    }

    @Override
    public void discardTyped() {
        run(DISCARD);
    }

    @Override
    public boolean hideTyping() {
        try {
            Runtime.getRuntime().addShutdownHook(restoring);
        } catch (IllegalStateException e) {
            return false; // the JVM is ending
        }
        boolean hidden = run(HIDE) != null;
        if (!hidden) {
            forgetHook();
        }
        return hidden;
    }

    @Override
    public void showTyping() {
        run(SHOW);
        forgetHook();
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(restoring);
        } catch (IllegalStateException e) {
            // the JVM is ending, and the hook runs as well
        }
    }

    @Override
    public int columns() {
        String size = run(SIZE);
        int blank = size == null ? -1 : size.indexOf(' ');
        if (size == null || blank < 0) {
            return 0;
        }
        try {
            return Integer.parseInt(size.substring(blank + 1).strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** What the script prints, or null where it fails. */
    private synchronized @Nullable String run(String script) {
        if (spawner == null) {
            spawner = new Spawner(new ChildEnvironment(List.of(), "/usr/bin:/bin", name -> false));
        }
        Launch launch = new Launch(
                "/bin/sh",
                List.of("-c", PATH + script, "gert-stty", device),
                "/",
                Map.of(),
                null,
                null,
                TIMEOUT_MILLIS);
        if (!(spawner.start(launch) instanceof Spawner.Start.Waiting waiting)) {
            return null;
        }
        Heard out = new Heard();
        End end = waiting.child().run(out, new Heard());
        return end instanceof End.Exited exited && exited.code() == 0 ? out.text() : null;
    }

    /** The beginning of what a process prints. */
    private static final class Heard implements ByteSink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

        @Override
        public synchronized void write(byte[] chunk, int length) {
            bytes.write(chunk, 0, Math.min(length, LONGEST - bytes.size()));
        }

        @Override
        public void finish() {}

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}

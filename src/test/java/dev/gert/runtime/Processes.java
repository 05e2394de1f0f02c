package dev.gert.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Looks at the machine's processes, as a test's own eyes: shares no code with what it tests. */
public final class Processes {
    private static final long GUARD_SECONDS = 30;
    private static final AtomicLong NEXT = new AtomicLong();

    private Processes() {}

    /** A number of seconds to sleep that no other process on the machine has among its words. */
    public static String marker() {
        return "1000." + ProcessHandle.current().pid() + "0" + NEXT.incrementAndGet() + System.nanoTime() % 1000;
    }

    /** The living processes that have the word among theirs. */
    public static List<Long> withWord(String word) {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (words(process).contains(word)) {
                    found.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    /** Fields 3 to 6 of {@code /proc/PID/stat}: state, parent, group, session. */
    public static String[] stat(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    /** Asks until it is so; fails after a time in which nothing but a hang explains that it is not. */
    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + GUARD_SECONDS * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + GUARD_SECONDS + " s: " + what);
            }
            Thread.onSpinWait();
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static void awaitNone(String word) {
        await("nothing is left of " + word, () -> withWord(word).isEmpty());
    }

    /** So that a test that fails leaves nothing on the machine either. */
    public static void endAll(String word) {
        for (long pid : withWord(word)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static String words(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}

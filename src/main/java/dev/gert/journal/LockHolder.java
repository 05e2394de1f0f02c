package dev.gert.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The process that a run's lock names. A number alone is given to another process some day; with the
 * boot and the time at which the process was started in it, it is one process for ever.
 *
 * @param boot the id of the system's start; empty where the system tells none
 * @param start in clock ticks since then; empty where the system tells none
 */
record LockHolder(long pid, String boot, String start) {
    private static final int START_TIME = 19;

    static LockHolder self() {
        long pid = ProcessHandle.current().pid();
        return new LockHolder(pid, bootId(), started(pid));
    }

    /** What a lock file holds; null where that is not whole: it is written after the lock is taken. */
    static @Nullable LockHolder read(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4
                || !lines[0].startsWith("pid ")
                || !lines[1].startsWith("boot ")
                || !lines[2].startsWith("start ")) {
            return null;
        }
        try {
            return new LockHolder(Long.parseLong(lines[0].substring(4)), lines[1].substring(5), lines[2].substring(6));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    String text() {
        return "pid " + pid + "\nboot " + boot + "\nstart " + start + "\n";
    }

    /** Whether that very process is there now: false where that can't be told. */
    boolean isAlive() {
        return !boot.isEmpty() && boot.equals(bootId()) && !start.isEmpty() && start.equals(started(pid));
    }

    /** As a sentence names it. */
    String describe() {
        return boot.equals(bootId()) ? "process " + pid : "process " + pid + " of another machine";
    }

    private static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String started(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The program's name stands in parentheses and may hold anything, parentheses too.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields.length > START_TIME ? fields[START_TIME] : "";
        } catch (IOException | StringIndexOutOfBoundsException e) {
            return "";
        }
    }
}

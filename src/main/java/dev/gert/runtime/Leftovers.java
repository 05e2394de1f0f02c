package dev.gert.runtime;

import dev.gert.engine.port.Dispatcher.Leftover;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The living processes that began with an attempt's {@code TRACEPARENT}, which no other attempt has: one that
 * began a session of its own and lost its parent shows by nothing else. What was given another
 * {@code TRACEPARENT}, or wrote over its environment, is not seen; nor is anything where there is no
 * {@code /proc}.
 */
public final class Leftovers {
    /** Before it is read by eye it says no more: an attempt that left more processes left too many to name. */
    static final int MOST = 20;

    private static final File PROC = new File("/proc");
    private static final int COMMAND_BYTES = 1024;

    private Leftovers() {}

    /** Of an attempt, whenever it was; {@code traceparent}: what its command was given. */
    public static List<Leftover> of(String traceparent) {
        return of(traceparent, 0);
    }

    /** {@code since}: a process that is older than any of them and began not long ago; 0: look at all. */
    static List<Leftover> of(@Nullable String traceparent, long since) {
        String[] names = traceparent == null ? null : PROC.list();
        if (names == null) {
            return List.of();
        }
        byte[] wanted = (ChildEnvironment.TRACEPARENT + "=" + traceparent).getBytes(StandardCharsets.UTF_8);
        // Numbers are given in a circle: those of processes that are younger lie between, or begin again below.
        long from = newest() >= since ? since : 0;
        List<Leftover> found = new ArrayList<>();
        for (String name : names) {
            if (name.charAt(0) < '1' || name.charAt(0) > '9' || Long.parseLong(name) < from) {
                continue;
            }
            if (holds(read(name + "/environ", Integer.MAX_VALUE), wanted) && found.size() < MOST) {
                found.add(new Leftover(Long.parseLong(name), command(name)));
            }
        }
        return found;
    }

    private static String command(String name) {
        byte[] words = read(name + "/cmdline", COMMAND_BYTES);
        String line =
                new String(words, StandardCharsets.UTF_8).replace('\0', ' ').strip();
        return line.isEmpty() ? new String(read(name + "/comm", COMMAND_BYTES), StandardCharsets.UTF_8).strip() : line;
    }

    /** The number that was given last, or 0. */
    private static long newest() {
        String load = new String(read("loadavg", COMMAND_BYTES), StandardCharsets.US_ASCII).strip();
        try {
            return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Nothing where it can't be read: it is another user's, or ended while we looked. */
    private static byte[] read(String file, int most) {
        try (FileInputStream in = new FileInputStream(new File(PROC, file))) {
            return in.readNBytes(most);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** Whether it is one of the texts, which end with NUL. */
    private static boolean holds(byte[] texts, byte[] wanted) {
        int start = 0;
        while (start < texts.length) {
            int end = start;
            while (end < texts.length && texts[end] != 0) {
                end++;
            }
            if (Arrays.equals(texts, start, end, wanted, 0, wanted.length)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }
}

package dev.gert.runtime;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The living processes of one child, at one moment: what is in its session, and what descends from
 * those even where it began a session of its own. Read from {@code /proc}; empty where there is none.
 */
final class ProcessTree {
    private static final File PROC = new File("/proc");

    private final long leader;
    private final List<Entry> members;

    private ProcessTree(long leader, List<Entry> members) {
        this.leader = leader;
        this.members = members;
    }

    private record Entry(long pid, long parent, long group, long session) {}

    static ProcessTree of(long leader) {
        return of(leader, List.of());
    }

    /** The tree, with those that were members before and descend from nothing known any more. */
    static ProcessTree of(long leader, List<Long> before) {
        Map<Long, Entry> all = living();
        Map<Long, Entry> found = new LinkedHashMap<>();
        for (long pid : before) {
            Entry entry = all.get(pid);
            if (entry != null) {
                found.put(pid, entry);
            }
        }
        boolean more = true;
        while (more) {
            more = false;
            for (Entry entry : all.values()) {
                if ((entry.session == leader || found.containsKey(entry.parent) || entry.parent == leader)
                        && !found.containsKey(entry.pid)) {
                    found.put(entry.pid, entry);
                    more = true;
                }
            }
        }
        return new ProcessTree(leader, new ArrayList<>(found.values()));
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** Whether a signal to the group that {@code leader} leads reaches the process. */
    static boolean isOfGroup(long pid, long leader) {
        Entry entry = living().get(pid);
        return entry != null && entry.group == leader;
    }

    /** Those that a signal to the leader's group does not reach. */
    List<Long> strays() {
        List<Long> strays = new ArrayList<>();
        for (Entry entry : members) {
            if (entry.group != leader) {
                strays.add(entry.pid);
            }
        }
        return strays;
    }

    static void terminate(List<Long> pids) {
        for (long pid : pids) {
            Optional<ProcessHandle> handle = ProcessHandle.of(pid);
            if (handle.isPresent()) {
                handle.get().destroy();
            }
        }
    }

    static void kill(List<Long> pids) {
        for (long pid : pids) {
            Optional<ProcessHandle> handle = ProcessHandle.of(pid);
            if (handle.isPresent()) {
                handle.get().destroyForcibly();
            }
        }
    }

    private static Map<Long, Entry> living() {
        Map<Long, Entry> all = new LinkedHashMap<>();
        String[] names = PROC.list();
        if (names == null) {
            return all;
        }
        byte[] buffer = new byte[1024];
        for (String name : names) {
            if (name.charAt(0) < '1' || name.charAt(0) > '9') {
                continue;
            }
            try (FileInputStream in = new FileInputStream("/proc/" + name + "/stat")) {
                int length = in.readNBytes(buffer, 0, buffer.length);
                String stat = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                // The second field is the program's name in parentheses, which may hold anything.
                String[] fields = fields(stat, stat.lastIndexOf(')') + 2);
                if (!fields[0].equals("Z") && !fields[0].equals("X")) {
                    long pid = Long.parseLong(name);
                    all.put(
                            pid,
                            new Entry(
                                    pid,
                                    Long.parseLong(fields[1]),
                                    Long.parseLong(fields[2]),
                                    Long.parseLong(fields[3])));
                }
            } catch (IOException | NumberFormatException e) {
                // it ended while we looked
            }
        }
        return all;
    }

    private static String[] fields(String stat, int from) throws IOException {
        String[] fields = new String[4];
        int start = from;
        for (int i = 0; i < fields.length; i++) {
            int end = start < 2 ? -1 : stat.indexOf(' ', start);
            if (end < 0) {
                throw new IOException("cut short");
            }
            fields[i] = stat.substring(start, end);
            start = end + 1;
        }
        return fields;
    }
}

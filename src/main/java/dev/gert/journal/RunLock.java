package dev.gert.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One writer for a run's folder, for as long as its process lives. It is a file of its own, since the
 * system drops a process's locks on a file when that process closes it anywhere, and journals are read
 * in many places. What stands in it names the holder; the lock itself is the system's and ends with it.
 */
final class RunLock implements AutoCloseable {
    private static final String NAME = "lock";
    private static final Set<OpenOption> OPEN =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    /** What this process holds: the file of a held lock must not even be opened and closed again. */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path folder;
    private final FileChannel channel;

    private RunLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Takes the lock, or returns null when another process, or this one already, holds it. */
    static @Nullable RunLock take(Path folder) throws IOException {
        Path real = folder.toRealPath();
        synchronized (HELD) {
            if (HELD.contains(real)) {
                return null;
            }
            FileChannel channel = FileChannel.open(folder.resolve(NAME), OPEN, PrivateFiles.FILE);
            try {
                if (channel.tryLock() == null) {
                    return null;
                }
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(holder().getBytes(StandardCharsets.UTF_8)), 0);
                HELD.add(real);
                return new RunLock(real, channel);
            } finally {
                if (!HELD.contains(real)) {
                    channel.close();
                }
            }
        }
    }

    /** Who holds it, as far as that can be read: {@code process 4711}. */
    static String holder(Path folder) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(folder.toRealPath())) {
                return "this process";
            }
            String text = Files.readString(folder.resolve(NAME));
            int end = text.indexOf('\n');
            return text.startsWith("pid ") && end > 0 ? "process " + text.substring(4, end) : "another process";
        }
    }

    /**
     * The process that holds it, 0: none does. It is asked without taking or even opening the lock: a name of
     * a process of this boot that lives, and that the system says holds a lock.
     */
    static long heldBy(Path folder) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(folder.toRealPath())) {
                return ProcessHandle.current().pid();
            }
        }
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        String[] lines = Files.readString(file).split("\n", -1);
        if (lines.length < 2 || !lines[0].startsWith("pid ") || !lines[1].equals("boot " + boot())) {
            return 0;
        }
        long pid;
        try {
            pid = Long.parseLong(lines[0].substring(4));
        } catch (NumberFormatException e) {
            return 0;
        }
        boolean lives = pid != ProcessHandle.current().pid()
                && ProcessHandle.of(pid).isPresent();
        return lives && holdsLocks(pid) ? pid : 0;
    }

    /** A process that got a dead one's number holds no lock; a system that does not tell is believed to say yes. */
    private static boolean holdsLocks(long pid) {
        try {
            return Files.readString(Path.of("/proc/locks")).contains(" " + pid + " ");
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            HELD.remove(folder);
            channel.close();
        }
    }

    private static String holder() {
        return "pid " + ProcessHandle.current().pid() + "\nboot " + boot() + "\n";
    }

    private static String boot() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return ""; // a system without it can't tell boots apart
        }
    }
}

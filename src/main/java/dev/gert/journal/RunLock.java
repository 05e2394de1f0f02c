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

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            HELD.remove(folder);
            channel.close();
        }
    }

    private static String holder() {
        String boot = "";
        try {
            boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            // a system without it can't tell boots apart
        }
        return "pid " + ProcessHandle.current().pid() + "\nboot " + boot + "\n";
    }
}

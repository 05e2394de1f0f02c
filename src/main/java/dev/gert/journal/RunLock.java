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
 * in many places. The lock is the system's and ends with its holder; what stands in the file says who that
 * is, and is asked as well: a program that reads the run's folder in the holder's own process takes the
 * system's lock away without a word.
 */
final class RunLock implements AutoCloseable {
    private static final String NAME = "lock";
    private static final Set<OpenOption> OPEN = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final int LONGEST = 4096;

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
                LockHolder before = LockHolder.read(text(channel));
                LockHolder self = LockHolder.self();
                if (before != null && !before.equals(self) && before.isAlive()) {
                    return null;
                }
                channel.truncate(0);
                write(channel, self.text());
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
            LockHolder holder = LockHolder.read(Files.readString(folder.resolve(NAME)));
            return holder == null ? "another process" : holder.describe();
        }
    }

    /** The process that holds it, 0: none does. The lock is not taken, nor its file opened by one who holds it. */
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
        LockHolder holder = LockHolder.read(Files.readString(file));
        return holder != null && holder.isAlive() && !holder.equals(LockHolder.self()) ? holder.pid() : 0;
    }

    /** Nobody is named any more by what stays: the process may live on. */
    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            HELD.remove(folder);
            try (channel) {
                channel.truncate(0);
            }
        }
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
            // until the end
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
    }
}

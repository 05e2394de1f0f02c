package dev.gert.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a run writes: folders 0700 and files 0600 from the moment they exist, and never through a link. */
public final class PrivateFiles {
    static final FileAttribute<Set<PosixFilePermission>> FILE = PosixFilePermissions.asFileAttribute(
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE));

    static final Disk DISK = new Real();

    private PrivateFiles() {}

    /**
     * Makes a folder that must not be there yet, and what is missing above it. The caller puts the names
     * on disk by {@link #force} once it holds its first files.
     *
     * @return the folders that have new entries, the innermost first
     */
    static List<Path> createFolder(Disk disk, Path folder) throws IOException {
        List<Path> changed = new ArrayList<>();
        changed.add(folder);
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            if (Files.isSymbolicLink(parent)) {
                throw new IOException(parent + " is a link");
            }
            changed.add(parent);
            for (Path above = parent; above != null && !Files.exists(above); above = above.getParent()) {
                Path holder = above.getParent();
                if (holder != null) {
                    changed.add(holder);
                }
            }
            Files.createDirectories(parent);
        }
        disk.createFolder(folder);
        return changed;
    }

    /**
     * Makes sure that a folder is there, in one that is, and that it is a folder and not a link to one.
     *
     * @return whether it is new
     */
    public static boolean ensureFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, FOLDER);
            return true;
        } catch (FileAlreadyExistsException e) {
            requireFolder(folder);
            return false;
        }
    }

    /** Makes a file that must not be there yet, not even as a link, and opens it for writing at its end. */
    public static FileChannel createFile(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
                FILE);
    }

    /** Returns when the folder's entries are on disk. */
    public static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Refuses what is not a folder itself, a link to one included. */
    /** What a file holds, read from its beginning; not through a link, of which an archive has none. */
    public static InputStream read(Path file) throws IOException {
        return file.getFileSystem() == FileSystems.getDefault()
                ? Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)
                : Files.newInputStream(file);
    }

    static void requireFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(folder + " is not a folder");
        }
    }

    private static final class Real implements Disk {
        @Override
        public void createFolder(Path folder) throws IOException {
            Files.createDirectory(folder, FOLDER);
        }

        @Override
        public DiskFile createFile(Path file) throws IOException {
            return new Opened(PrivateFiles.createFile(file));
        }

        @Override
        public DiskFile openFile(Path file) throws IOException {
            return new Opened(FileChannel.open(file, Set.of(StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)));
        }

        @Override
        public void force(Path folder) throws IOException {
            PrivateFiles.force(folder);
        }

        @Override
        public void rename(Path file, Path to) throws IOException {
            Files.move(file, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void link(Path name, Path file) throws IOException {
            Files.createLink(name, file);
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }
    }

    private record Opened(FileChannel channel) implements DiskFile {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return channel.write(bytes);
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

package dev.gert.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder that is made beside its place, and is moved there when it is whole. */
final class RecordingFolder implements AutoCloseable {
    private final Path target;
    private final Path made;

    private RecordingFolder(Path target, Path made) {
        this.target = target;
        this.made = made;
    }

    /** Why nothing can be recorded at {@code target}, or null. */
    static @Nullable String obstacle(Path target) {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            for (Path above = target.getParent(); above != null; above = above.getParent()) {
                if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
                    return Files.isDirectory(above) ? null : "`" + above + "` is not a folder";
                }
            }
            return null;
        }
        if (Files.isSymbolicLink(target)) {
            return "is a link";
        }
        if (!Files.isDirectory(target)) {
            return "is a file";
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(target)) {
            return files.iterator().hasNext() ? "is a folder that holds files" : null;
        } catch (IOException e) {
            return "can't be read: " + TextFiles.reason(e);
        }
    }

    /** {@code target}: absolute. The new folder's name begins with a dot, so that no test looks into it. */
    static RecordingFolder beside(Path target) throws IOException {
        Path parent = target.getParent();
        Path name = target.getFileName();
        if (parent == null || name == null) {
            throw new IOException("a file system's root is no scenario");
        }
        Files.createDirectories(parent);
        for (int i = 0; i < 100; i++) {
            Path made = parent.resolve("." + name + ".new" + (i == 0 ? "" : i));
            if (!Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
                return new RecordingFolder(target, Files.createDirectory(made));
            }
        }
        throw new IOException("there are too many unfinished recordings beside it");
    }

    Path path() {
        return made;
    }

    /** {@code name}: from the folder. */
    void write(String name, String text) throws IOException {
        Path file = made.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
    }

    void copy(String name, Path from) throws IOException {
        Path file = made.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        try (var in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(in, file);
        }
    }

    /** Puts it in its place; whoever put something there meanwhile keeps it. */
    void finish() throws IOException {
        String obstacle = obstacle(target);
        if (obstacle != null) {
            throw new IOException("`" + target + "` " + obstacle);
        }
        Files.deleteIfExists(target);
        Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes away what was not finished. */
    @Override
    public void close() throws IOException {
        if (!Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(made, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

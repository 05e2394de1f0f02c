package dev.gert.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays a first repository's files into a folder. A file that is there stays as it is; of the example, one that is there
 * keeps all the others away, since half an example is none. Either everything that is to be written is there in the
 * end, or nothing of it.
 */
final class FirstFiles {
    private final Path folder;
    private final List<Path> made = new ArrayList<>();

    /** {@code folder}: absolute; made with its parents if it is not there. */
    FirstFiles(Path folder) {
        this.folder = folder;
    }

    /** Those of the files that are to be written. */
    List<FirstFile> missing(List<FirstFile> files) {
        boolean exampleThere = false;
        for (FirstFile file : files) {
            exampleThere |= file.example() && isThere(file);
        }
        List<FirstFile> missing = new ArrayList<>();
        for (FirstFile file : files) {
            if (!isThere(file) && !(file.example() && exampleThere)) {
                missing.add(file);
            }
        }
        return missing;
    }

    /** Whether something has its name, be it a link that leads nowhere. */
    boolean isThere(FirstFile file) {
        return Files.exists(folder.resolve(file.target()), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Writes them.
     *
     * @throws IOException when one can't be written, or is there; what was made before it is gone again
     */
    void write(List<FirstFile> files) throws IOException {
        try {
            if (!files.isEmpty()) {
                create(folder);
            }
            for (FirstFile file : files) {
                Path target = folder.resolve(file.target());
                createWithin(target.getParent());
                byte[] bytes = file.bytes();
                Files.write(target, new byte[0], StandardOpenOption.CREATE_NEW);
                made.add(target);
                Files.write(target, bytes, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            takeBack();
            throw e;
        }
    }

    /** A folder below the repository's: none of its parents is a link, or what is written would end up elsewhere. */
    private void createWithin(@Nullable Path wanted) throws IOException {
        if (wanted == null || wanted.equals(folder)) {
            return;
        }
        createWithin(wanted.getParent());
        if (Files.isSymbolicLink(wanted)) {
            throw new IOException(
                    folder.relativize(wanted) + " is a link, and what is written must not end up elsewhere");
        }
        if (Files.exists(wanted) && !Files.isDirectory(wanted)) {
            throw new IOException(folder.relativize(wanted) + " is not a folder");
        }
        create(wanted);
    }

    private void create(Path wanted) throws IOException {
        if (Files.isDirectory(wanted)) {
            return;
        }
        Path parent = wanted.getParent();
        if (parent != null) {
            create(parent);
        }
        Files.createDirectory(wanted);
        made.add(wanted);
    }

    private void takeBack() {
        for (int i = made.size() - 1; i >= 0; i--) {
            try {
                Files.deleteIfExists(made.get(i));
            } catch (IOException e) {
                // somebody else has put something there: it stays
            }
        }
    }
}

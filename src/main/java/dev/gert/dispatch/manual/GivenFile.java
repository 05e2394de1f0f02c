package dev.gert.dispatch.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that somebody named as evidence. What a path says is what is taken: a path into the folder it
 * starts from does not lead out of it through a link, and another one is no link itself.
 *
 * @param file without any link on the way
 * @param problem why it can't be taken, a whole sentence; null: it can
 */
record GivenFile(Path file, @Nullable String problem) {
    static GivenFile find(Path base, String path) {
        try {
            Path named = base.resolve(path).normalize();
            Path real = named.toRealPath();
            boolean inside = named.startsWith(base.normalize());
            boolean out = inside ? !real.startsWith(base.toRealPath()) : Files.isSymbolicLink(named);
            if (out) {
                return refused(base, path, "is a link to elsewhere");
            }
            return Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)
                    ? new GivenFile(real, null)
                    : refused(base, path, Files.isDirectory(real) ? "is a folder" : "is not a regular file");
        } catch (NoSuchFileException e) {
            return new GivenFile(base, "there is no file `" + path + "`");
        } catch (InvalidPathException e) {
            return refused(base, path, "can't be a path");
        } catch (IOException e) {
            return refused(base, path, "can't be read");
        }
    }

    private static GivenFile refused(Path base, String path, String why) {
        return new GivenFile(base, "`" + path + "` " + why);
    }
}

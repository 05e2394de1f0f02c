package dev.gert.scenario;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where policies and rosters are read: the files as they are, or as a commit has them. */
public interface PolicyFiles {
    /** The files as they are. */
    static PolicyFiles onDisk(Path cwd) {
        return new OnDisk(cwd);
    }

    /** Whether something has that name, be it a link that leads nowhere. */
    boolean exists(Path file);

    /** Null, with a diagnostic, when it can't be read. */
    @Nullable
    Source read(Path file, Diagnostics diagnostics);

    /** The path of a file that {@link #read} named so. */
    Path path(String name);

    /** See {@link #onDisk}. {@code cwd}: absolute; files below it are named from there. */
    record OnDisk(Path cwd) implements PolicyFiles {
        @Override
        public boolean exists(Path file) {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public @Nullable Source read(Path file, Diagnostics diagnostics) {
            return TextFiles.read(file, name(file), diagnostics);
        }

        @Override
        public Path path(String name) {
            return cwd.resolve(name).toAbsolutePath();
        }

        String name(Path file) {
            return file.startsWith(cwd) && !file.equals(cwd)
                    ? cwd.relativize(file).toString()
                    : file.toString();
        }
    }
}

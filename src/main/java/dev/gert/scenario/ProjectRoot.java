package dev.gert.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The project root: the folder of the nearest {@code gert.yaml}, else the git top level, else the current folder (formats.md). */
public final class ProjectRoot {
    private ProjectRoot() {}

    /** {@code cwd}: absolute. */
    public static Path find(Path cwd) {
        for (Path at = cwd; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("gert.yaml"))) {
                return at;
            }
        }
        for (Path at = cwd; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return cwd;
    }

    /** The outermost git top level on the way up, or null without git. */
    static @Nullable Path outermostGit(Path from) {
        Path found = null;
        for (Path at = from; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                found = at;
            }
        }
        return found;
    }
}

package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Policies as a commit has them; what lies outside its repository, as it is. A file that the working tree has
 * word for word goes by its usual name, any other by git's: {@code REF:path}.
 */
public final class CommitFiles implements PolicyFiles {
    private static final int MOST_LINKS = 10;
    private static final int LIMIT = 1 << 20;

    private final GitCommit commit;
    private final PolicyFiles.OnDisk disk;

    /** {@code cwd}: absolute. */
    public CommitFiles(Path cwd, GitCommit commit) {
        this.commit = commit;
        this.disk = new PolicyFiles.OnDisk(cwd);
    }

    @Override
    public boolean exists(Path file) {
        String path = inside(file);
        return path == null ? disk.exists(file) : commit.entry(path) != null;
    }

    @Override
    public @Nullable Source read(Path file, Diagnostics diagnostics) {
        String path = inside(file);
        if (path == null) {
            return disk.read(file, diagnostics);
        }
        String name = commit.ref() + ":" + path;
        byte[] bytes = bytes(file);
        if (bytes == null) {
            diagnostics.error(Code.R204, null, name + " can't be read: the commit has no such file");
            return null;
        }
        if (bytes.length > LIMIT) {
            diagnostics.error(Code.R204, null, name + " can't be read: it is larger than " + LIMIT + " bytes");
            return null;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        Source now = Files.isRegularFile(file) ? disk.read(file, new Diagnostics()) : null;
        boolean same = now != null && now.text().equals(text);
        return YamlReader.decode(same ? disk.name(file) : name, bytes, diagnostics);
    }

    @Override
    public Path path(String name) {
        String prefix = commit.ref() + ":";
        return name.startsWith(prefix) ? commit.top().resolve(name.substring(prefix.length())) : disk.path(name);
    }

    /** The file's path in the repository; null: it lies outside. */
    private @Nullable String inside(Path file) {
        Path real = file;
        try {
            Path folder = file.getParent();
            Path name = file.getFileName();
            real = folder == null || name == null ? file : folder.toRealPath().resolve(name);
        } catch (java.io.IOException e) {
            // a folder that only the commit has
        }
        if (!real.startsWith(commit.top()) || real.equals(commit.top())) {
            return null;
        }
        StringBuilder path = new StringBuilder();
        for (Path part : commit.top().relativize(real)) {
            path.append(path.length() == 0 ? "" : "/").append(part);
        }
        return path.toString();
    }

    /** Behind all links; null: there is no such file. */
    private byte @Nullable [] bytes(Path file) {
        Path at = file;
        for (int links = 0; links <= MOST_LINKS; links++) {
            String path = inside(at);
            GitCommit.Entry entry = path == null ? null : commit.entry(path);
            if (entry == null || !entry.isFile() && !entry.isLink()) {
                return null;
            }
            byte[] bytes = commit.bytes(entry);
            if (entry.isFile() || bytes == null) {
                return bytes;
            }
            Path folder = commit.top().resolve(path == null ? "" : path).getParent();
            try {
                at = (folder == null ? commit.top() : folder)
                        .resolve(new String(bytes, StandardCharsets.UTF_8))
                        .normalize();
            } catch (InvalidPathException e) {
                return null;
            }
        }
        return null;
    }
}

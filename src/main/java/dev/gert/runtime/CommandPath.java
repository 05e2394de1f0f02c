package dev.gert.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folders in which programs are looked for (formats.md, section 6, {@code command_path}). */
public final class CommandPath {
    private final List<String> folders;

    private CommandPath(List<String> folders) {
        this.folders = List.copyOf(folders);
    }

    /** The operator's {@code PATH} without what is relative, empty, missing or writable for everyone. */
    public static CommandPath ofOperator(@Nullable String path) {
        List<String> named = new ArrayList<>();
        if (path != null) {
            int start = 0;
            for (int colon = path.indexOf(':'); colon >= 0; colon = path.indexOf(':', start)) {
                named.add(path.substring(start, colon));
                start = colon + 1;
            }
            named.add(path.substring(start));
        }
        return of(named);
    }

    /** The same for a list, as {@code gert.yaml} has it. */
    public static CommandPath of(List<String> named) {
        List<String> folders = new ArrayList<>();
        for (String folder : named) {
            if (folder.startsWith("/") && !folders.contains(folder) && isTrusted(folder)) {
                folders.add(folder);
            }
        }
        return new CommandPath(folders);
    }

    /** In the order of the search. */
    public List<String> folders() {
        return folders;
    }

    /** As a child's {@code PATH}. */
    public String text() {
        return String.join(":", folders);
    }

    private static boolean isTrusted(String folder) {
        try {
            Path path = Path.of(folder);
            return Files.isDirectory(path)
                    && !Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
            return false;
        }
    }
}

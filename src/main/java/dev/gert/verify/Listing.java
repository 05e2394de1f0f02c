package dev.gert.verify;

import dev.gert.projection.Verification.Fault;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a run's folder besides the journal, as it was before the journal was read: of a run that goes on,
 * the records of what is listed are there by then.
 */
final class Listing {
    private static final List<String> FOLDERS = List.of(
            NamedFiles.APPROVALS, NamedFiles.ATTACHMENTS, NamedFiles.OUTPUT, PinnedFolder.NAME, PinnedFolder.EARLIER);

    private final Map<String, List<String>> names = new TreeMap<>();
    private @Nullable Fault fault;

    static Listing of(Path run) throws IOException {
        Listing listing = new Listing();
        for (String name : FOLDERS) {
            Path folder = run.resolve(name);
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                listing.read(folder, name);
            } else if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                listing.wrong(name, "is not a folder");
            }
        }
        return listing;
    }

    private void read(Path folder, String name) throws IOException {
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                files.add(String.valueOf(entry.getFileName()));
            }
        }
        Collections.sort(files);
        for (String file : files) {
            if (!Files.isRegularFile(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                wrong(name + "/" + file, "is not a file");
            }
        }
        names.put(name, files);
    }

    private void wrong(String file, String reason) {
        if (fault == null) {
            fault = new Fault(file, 0, 0, reason);
        }
    }

    /** The first that is a link, or a folder where a file should be. */
    @Nullable
    Fault fault() {
        return fault;
    }

    boolean has(String folder) {
        return names.containsKey(folder);
    }

    /** Sorted. */
    List<String> of(String folder) {
        return names.getOrDefault(folder, List.of());
    }
}

package dev.gert.verify;

import dev.gert.event.RunEvent;
import dev.gert.journal.JournalRecord;
import dev.gert.projection.Verification.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts that governed a run, each under its digest: {@code pinned/}, and {@code policy/} of earlier versions
 * (docs/journal.md, "Files").
 */
final class PinnedFolder {
    static final String NAME = "pinned";
    static final String EARLIER = "policy";

    private static final String ENDING = ".yaml";

    private final Path run;
    private final Set<String> wanted = new LinkedHashSet<>();
    private @Nullable Fault fault;
    private int files;

    PinnedFolder(Path run) {
        this.run = run;
    }

    void take(JournalRecord record) {
        if (record.envelope().event() instanceof RunEvent.RunStarted started) {
            wanted.add(started.runbook().sha256());
            if (started.roster() != null) {
                wanted.add(started.roster().sha256());
            }
        }
    }

    /**
     * Reads them all.
     *
     * @param listing what lies in the run's folder
     */
    void check(Listing listing) throws IOException {
        Set<String> digests = new HashSet<>();
        for (String folder : List.of(NAME, EARLIER)) {
            for (String name : listing.of(folder)) {
                String digest = digest(name);
                if (digest == null) {
                    continue;
                }
                if (folder.equals(NAME)) {
                    digests.add(digest);
                }
                RunFile file = RunFile.read(run, folder + "/" + name, folder);
                if (file.fault() != null) {
                    wrong(folder + "/" + name, file.fault());
                } else if (!file.digest().equals(digest)) {
                    wrong(folder + "/" + name, "is not the text of that digest");
                } else {
                    files++;
                }
            }
        }
        if (listing.has(NAME)) {
            for (String each : wanted) {
                if (!digests.contains(each)) {
                    wrong(NAME + "/" + each + ENDING, "is gone");
                }
            }
        }
    }

    /** The digest that a file's name is, null: it is no such name. */
    static @Nullable String digest(String name) {
        int length = name.length() - ENDING.length();
        if (length != 64 || !name.endsWith(ENDING)) {
            return null;
        }
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return null;
            }
        }
        return name.substring(0, length);
    }

    private void wrong(String file, String reason) {
        if (fault == null) {
            fault = new Fault(file, 0, 0, reason);
        }
    }

    @Nullable
    Fault fault() {
        return fault;
    }

    int files() {
        return files;
    }
}

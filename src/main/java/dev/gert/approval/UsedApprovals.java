package dev.gert.approval;

import dev.gert.journal.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** {@code reports/used-approvals/}: a request is spent once, also where a run's folder is brought back from a copy. */
public final class UsedApprovals {
    private final Path reports;
    private final Path folder;

    public UsedApprovals(Path reports) {
        this.reports = reports;
        this.folder = reports.resolve("used-approvals");
    }

    boolean has(String request) {
        return Files.exists(folder.resolve(request), LinkOption.NOFOLLOW_LINKS);
    }

    /** False where it was spent before; when true is returned, that it is spent is on disk. */
    boolean spend(String request) throws IOException {
        if (PrivateFiles.ensureFolder(folder)) {
            PrivateFiles.force(reports);
        }
        try (FileChannel file = PrivateFiles.createFile(folder.resolve(request))) {
            file.force(true);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        PrivateFiles.force(folder);
        return true;
    }
}

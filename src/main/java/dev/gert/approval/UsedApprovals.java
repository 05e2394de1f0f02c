package dev.gert.approval;

import dev.gert.journal.Disk;
import dev.gert.journal.DiskFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** {@code reports/used-approvals/}: a request is spent once, also where a run's folder is brought back from a copy. */
public final class UsedApprovals {
    private final Disk disk;
    private final Path folder;

    public UsedApprovals(Path reports) {
        this(Disk.real(), reports);
    }

    /** The same on that disk. */
    public UsedApprovals(Disk disk, Path reports) {
        this.disk = disk;
        this.folder = reports.resolve("used-approvals");
    }

    boolean has(String request) {
        return Files.exists(folder.resolve(request), LinkOption.NOFOLLOW_LINKS);
    }

    /** False where it was spent before; when true is returned, that it is spent is on disk. */
    boolean spend(String request) throws IOException {
        disk.ensureFolder(folder);
        try (DiskFile file = disk.createFile(folder.resolve(request))) {
            file.force();
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        disk.force(folder);
        return true;
    }
}

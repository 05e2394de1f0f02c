package dev.gert.cli;

import dev.gert.journal.GlanceReader;
import dev.gert.journal.PrivateFiles;
import dev.gert.journal.RunFolders;
import dev.gert.projection.Checkup;
import dev.gert.projection.RunGlance;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.TextFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where runs are written, what runs there are that are not over, and the clock that dates them. */
final class ReportsChecks {
    private static final long LITTLE = 1L << 28;
    private static final long NONE = 1L << 24;
    private static final long APART = 10_000_000;
    private static final long OLDEST = 1_767_225_600_000_000L; // 2026: no journal is older than gert

    private final Checkup checkup;
    private final Path reports;
    private final SystemClock clock = new SystemClock();

    ReportsChecks(Checkup checkup, Path reports) {
        this.checkup = checkup;
        this.reports = reports;
    }

    void add() {
        Path existing = existing();
        boolean there = existing.equals(reports);
        if (Files.isSymbolicLink(reports)) {
            checkup.error("reports", reports + " is a link", "`--reports DIR` names the folder itself");
            return;
        }
        if (!Files.isDirectory(existing)) {
            checkup.error("reports", existing + " is not a folder", "`--reports DIR` names another one");
            return;
        }
        Long fileTime = written(existing, there);
        space(existing);
        permissions(reports);
        permissions(reports.resolve("runs"));
        String last = runs();
        time(fileTime, last);
    }

    private Path existing() {
        Path at = reports;
        while (!Files.exists(at, LinkOption.NOFOLLOW_LINKS) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    /** Writes a file, asks for it to be on disk, and removes it; its time, or null where that failed. */
    private @Nullable Long written(Path folder, boolean there) {
        Path probe = folder.resolve(".gert-doctor-" + ProcessHandle.current().pid());
        try {
            try (FileChannel channel = PrivateFiles.createFile(probe)) {
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
                channel.force(true);
            }
            long micros = Files.getLastModifiedTime(probe).toMillis() * 1000;
            PrivateFiles.force(folder);
            checkup.ok(
                    "reports",
                    reports + (there ? "" : ", not there yet; " + folder + " is") + ": can be written, fsync works");
            return micros;
        } catch (IOException e) {
            checkup.error(
                    "reports",
                    folder + " can't be written: " + TextFiles.reason(e),
                    "runs end with exit code 6: give yourself the right, or `--reports DIR`");
            return null;
        } finally {
            try {
                Files.deleteIfExists(probe);
            } catch (IOException e) {
                checkup.warning("reports", probe + " can't be removed: " + TextFiles.reason(e), "remove it");
            }
        }
    }

    private void space(Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            long free = store.getUsableSpace();
            String said = store.type() + ", " + (free >> 20) + " MiB free";
            if (free < NONE) {
                checkup.error("disk", said, "runs end with exit code 6 where nothing can be written: make room");
            } else if (free < LITTLE) {
                checkup.warning("disk", said, "make room: `gert runs prune --older 90d` removes old runs");
            } else {
                checkup.ok("disk", said);
            }
        } catch (IOException e) {
            checkup.warning("disk", "can't be asked: " + TextFiles.reason(e), "look at it");
        }
    }

    private void permissions(Path folder) {
        try {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)) {
                checkup.error("reports", "everybody can write to " + folder, "chmod o-w " + folder);
            }
        } catch (IOException | UnsupportedOperationException e) {
            checkup.warning("reports", "the permissions of " + folder + " can't be read", "look at them");
        }
    }

    /** The time of the newest run's last record, or null. */
    private @Nullable String runs() {
        Map<RunGlance.State, Integer> counts = new EnumMap<>(RunGlance.State.class);
        String last = null;
        try {
            RunFolders folders = new RunFolders(reports);
            List<String> ids = folders.newestFirst();
            for (String id : ids) {
                RunGlance run = GlanceReader.read(folders.folder(id));
                counts.merge(run.state(), 1, Integer::sum);
                last = last == null || run.last().compareTo(last) > 0 ? run.last() : last;
            }
            checkup.ok("runs", ids.size() + (ids.size() == 1 ? " run" : " runs"));
        } catch (IOException e) {
            checkup.error("runs", "can't be read: " + TextFiles.reason(e), "`--reports DIR` names another folder");
        }
        for (Map.Entry<RunGlance.State, Integer> each : counts.entrySet()) {
            String state = each.getKey().word();
            String said = each.getValue() + " " + state;
            String look = "`gert runs --state " + state + "` lists them; ";
            switch (each.getKey()) {
                case OVER -> {}
                case RUNNING -> checkup.ok("runs", said);
                case WAITING -> checkup.warning("runs", said, look + "`gert resume RUN` goes on");
                case INTERRUPTED -> checkup.warning("runs", said, look + "`gert resume RUN` goes on");
                case IN_DOUBT -> checkup.warning("runs", said, look + "`gert decide RUN STEP` settles a step");
                case UNREADABLE -> checkup.warning("runs", said, look + "`gert verify RUN` says where");
            }
        }
        return last;
    }

    private void time(@Nullable Long fileTime, @Nullable String last) {
        long now = clock.epochMicros();
        String said = RunFolders.time(now);
        if (now < OLDEST) {
            checkup.error("clock", said + " can't be", "set the clock: it dates records, and approvals expire by it");
        } else if (fileTime != null && Math.abs(now - fileTime) > APART) {
            checkup.warning(
                    "clock",
                    said + ", and the file system says " + RunFolders.time(fileTime),
                    "set the clocks of this machine and of the file server");
        } else if (last != null && last.compareTo(said) > 0) {
            checkup.warning(
                    "clock", said + ", and a run's last record is of " + last, "the clock was set back: set it");
        } else {
            checkup.ok("clock", said);
        }
    }
}

package dev.gert.cli;

import dev.gert.approval.OpenRequest;
import dev.gert.event.RunEvent;
import dev.gert.projection.AuditSurroundings;
import dev.gert.scenario.TextFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Whether the files of a run's folder are those that its journal speaks of. */
final class WrittenFiles implements AuditSurroundings.Files {
    private final Path folder;

    WrittenFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public @Nullable String fault(RunEvent.RequestFile request) {
        Path path = folder.resolve(request.file()).normalize();
        if (!path.startsWith(folder)) {
            return "is not in the run's folder";
        }
        try {
            OpenRequest read = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    ? OpenRequest.of(Files.readString(path))
                    : null;
            return read == null
                    ? "is gone"
                    : read.sha256().equals(request.sha256()) ? null : "is not what was decided on";
        } catch (IOException e) {
            return "can't be read: " + TextFiles.reason(e);
        }
    }

    @Override
    public @Nullable String fault(RunEvent.OutputFile file) {
        Path path = folder.resolve(file.file()).normalize();
        if (!path.startsWith(folder)) {
            return "is not in the run's folder";
        }
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest()).equals(file.sha256()) ? null : "is not what was written";
        } catch (NoSuchFileException e) {
            return "is gone";
        } catch (IOException e) {
            return "can't be read: " + TextFiles.reason(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

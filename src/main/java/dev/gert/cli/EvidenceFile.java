package dev.gert.cli;

import dev.gert.journal.Disk;
import dev.gert.journal.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file that is made from the journal: there as a whole or as it was before. */
final class EvidenceFile {
    private EvidenceFile() {}

    static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Disk disk = Disk.real();
        disk.delete(fresh);
        try (DiskFile out = disk.createFile(fresh)) {
            out.writeAll(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            out.force();
        }
        disk.rename(fresh, file);
    }
}

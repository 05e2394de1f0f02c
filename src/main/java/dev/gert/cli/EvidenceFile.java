package dev.gert.cli;

import dev.gert.journal.Disk;
import dev.gert.journal.DiskFile;
import dev.gert.verify.BundleWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file that is made from the journal: there as a whole or as it was before. */
final class EvidenceFile {
    private EvidenceFile() {}

    /** Two sessions that make it at the same time do not meet. */
    static void replace(Path file, BundleWriter.Content content) throws IOException {
        Path fresh = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        Disk disk = Disk.real();
        disk.delete(fresh);
        try (DiskFile out = disk.createFile(fresh)) {
            content.write(new Pieces(out));
            out.force();
        }
        disk.rename(fresh, file);
    }

    private record Pieces(DiskFile file) implements Appendable {
        @Override
        public Appendable append(CharSequence piece) throws IOException {
            file.writeAll(ByteBuffer.wrap(piece.toString().getBytes(StandardCharsets.UTF_8)));
            return this;
        }

        @Override
        public Appendable append(CharSequence piece, int start, int end) throws IOException {
            return append(piece.subSequence(start, end));
        }

        @Override
        public Appendable append(char c) throws IOException {
            return append(String.valueOf(c));
        }
    }
}

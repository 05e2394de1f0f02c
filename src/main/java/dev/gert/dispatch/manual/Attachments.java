package dev.gert.dispatch.manual;

import dev.gert.event.RunEvent.OutputFile;
import dev.gert.journal.Disk;
import dev.gert.journal.DiskFile;
import dev.gert.model.EvidenceAnswer;
import dev.gert.policy.RedactingStream;
import dev.gert.policy.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * {@code attachments/} in a run's folder (formats.md, section 5): copies of the files that people give
 * as evidence, without the run's secrets. Made with the first of them.
 */
public final class Attachments {
    /** The largest file that is taken, in bytes. */
    static final long LARGEST = 64L << 20;

    private static final String NAME = "attachments";
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_ENDING = 10;
    private static final int MOST = 100_000;

    private final Disk disk;
    private final Path runFolder;

    public Attachments(Path runFolder) {
        this(Disk.real(), runFolder);
    }

    /** The same on that disk. */
    public Attachments(Disk disk, Path runFolder) {
        this.disk = disk;
        this.runFolder = runFolder;
    }

    /** What came of copying. */
    sealed interface Copy {
        /** It is on disk, name and bytes. */
        record Kept(OutputFile file) implements Copy {}

        /** It can't be taken; {@code reason} is a whole sentence. */
        record Refused(String reason) implements Copy {}
    }

    /**
     * Copies the file at {@code path}, which is relative to {@code base}.
     *
     * @param recorded what is known of it already; null: nothing
     */
    synchronized Copy copy(
            Path base, String path, @Nullable EvidenceAnswer recorded, String stepId, String name, Redactor redactor) {
        GivenFile given = GivenFile.find(base, path);
        if (given.problem() != null) {
            return new Copy.Refused(given.problem());
        }
        Path kept = null;
        try {
            Opened opened = create(stepId, name, ending(given.file()));
            kept = opened.path();
            Copied copied;
            try (InputStream in = Files.newInputStream(given.file(), LinkOption.NOFOLLOW_LINKS);
                    DiskFile out = opened.file()) {
                copied = copy(in, out, redactor);
                out.force();
            }
            String problem = copied.problem(path, recorded);
            if (problem != null) {
                disk.delete(kept);
                return new Copy.Refused(problem);
            }
            disk.force(runFolder.resolve(NAME));
            return new Copy.Kept(new OutputFile(opened.name(), copied.bytes(), copied.sha256(), copied.redacted()));
        } catch (IOException | UncheckedIOException e) {
            forget(kept);
            return new Copy.Refused("`" + path + "` can't be copied into the run's folder: " + e.getMessage());
        }
    }

    /** Takes a copy away that no record will name. */
    void discard(OutputFile file) {
        forget(runFolder.resolve(file.file()));
    }

    private void forget(@Nullable Path copy) {
        try {
            if (copy != null) {
                disk.delete(copy);
            }
        } catch (IOException e) {
            // it stays, as one does that a killed process leaves: no record names it
        }
    }

    /** {@code raw}: the SHA-256 of what was read; {@code sha256}: that of what was written. */
    private record Copied(long read, String raw, long bytes, String sha256, boolean redacted) {
        @Nullable
        String problem(String path, @Nullable EvidenceAnswer recorded) {
            if (read > LARGEST) {
                return "`" + path + "` is over 64 MiB";
            }
            if (read == 0) {
                return "`" + path + "` is empty";
            }
            Long size = recorded == null ? null : recorded.size();
            String digest = recorded == null ? null : recorded.sha256();
            if (size != null && size != read) {
                return "`" + path + "` has " + read + " bytes, and its `size` is " + size;
            }
            return digest != null && !digest.equals(raw) ? "`" + path + "` does not have its `sha256`" : null;
        }
    }

    private static Copied copy(InputStream in, DiskFile out, Redactor redactor) throws IOException {
        MessageDigest before = sha256();
        MessageDigest after = sha256();
        long[] written = new long[1];
        RedactingStream stream = redactor.stream((bytes, offset, length) -> {
            after.update(bytes, offset, length);
            written[0] += length;
            write(out, ByteBuffer.wrap(bytes, offset, length));
        });
        byte[] chunk = new byte[1 << 16];
        long read = 0;
        for (int n = in.read(chunk); n >= 0 && read <= LARGEST; n = in.read(chunk)) {
            read += n;
            before.update(chunk, 0, n);
            stream.write(chunk, 0, n);
        }
        stream.finish();
        HexFormat hex = HexFormat.of();
        return new Copied(
                read, hex.formatHex(before.digest()), written[0], hex.formatHex(after.digest()), stream.redacted());
    }

    private static void write(DiskFile out, ByteBuffer buffer) {
        try {
            out.writeAll(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Opened(String name, Path path, DiskFile file) {}

    /** Makes {@code NNN-step-name.ending}, with the number after the highest that is there. */
    private Opened create(String stepId, String name, String ending) throws IOException {
        Path folder = runFolder.resolve(NAME);
        disk.ensureFolder(folder);
        for (int number = highest(folder) + 1; number < MOST; number++) {
            String digits = Integer.toString(number);
            String file = "000".substring(Math.min(3, digits.length())) + digits + "-" + plain(stepId) + "-"
                    + plain(name) + ending;
            try {
                return new Opened(NAME + "/" + file, folder.resolve(file), disk.createFile(folder.resolve(file)));
            } catch (FileAlreadyExistsException e) {
                // somebody put it there meanwhile
            }
        }
        throw new IOException("there are too many attachments");
    }

    private static int highest(Path folder) throws IOException {
        int highest = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                int dash = name.indexOf('-');
                try {
                    highest = Math.max(highest, dash < 0 ? 0 : Integer.parseInt(name.substring(0, dash)));
                } catch (NumberFormatException e) {
                    // not one of these
                }
            }
        }
        return highest;
    }

    /** Ids have no other characters, names may; whatever comes here, it is one plain name. */
    private static String plain(String text) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length() && i < LONGEST_NAME; i++) {
            char c = text.charAt(i);
            name.append(isPlain(c) || c == '_' ? c : '_');
        }
        return name.toString();
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName());
        int point = name.lastIndexOf('.');
        if (point <= 0 || name.length() - point - 1 > LONGEST_ENDING || point == name.length() - 1) {
            return "";
        }
        for (int i = point + 1; i < name.length(); i++) {
            if (!isPlain(name.charAt(i))) {
                return "";
            }
        }
        return name.substring(point);
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.gert.verify;

import dev.gert.journal.FileJournal;
import dev.gert.journal.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs a run for somebody who has nothing of it: its records and files as {@code gert verify} and
 * {@code verify_run.py} read them, and that program (docs/how-to/evidence.md). The run's HMAC key stays where it is.
 * Two bundles of the same records are the same bytes.
 */
public final class BundleWriter {
    /** What checks a run without gert, as it lies in a bundle. */
    public static final String VERIFIER = "verify_run.py";

    static final String README = "README.txt";

    /** Later than what an entry's two-second clock begins with: that would add a time that the zone has a say in. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    static final Set<String> FOLDERS = Set.of(
            NamedFiles.APPROVALS, NamedFiles.ATTACHMENTS, NamedFiles.OUTPUT, PinnedFolder.NAME, PinnedFolder.EARLIER);

    private final String run;
    private final Path folder;
    private final Set<String> before;

    /** Says what a file holds. */
    public interface Content {
        void write(Appendable out) throws IOException;
    }

    /** Made before the journal is read: of a run that goes on, what lies there by now is of records that are read. */
    public BundleWriter(String run, Path folder) throws IOException {
        this.run = run;
        this.folder = folder;
        this.before = Set.copyOf(files().keySet());
    }

    /** The files of the folders that a run has, by their names from it. */
    private Map<String, Path> files() throws IOException {
        Map<String, Path> files = new TreeMap<>();
        Listing listing = Listing.of(folder);
        if (listing.fault() != null) {
            throw new IOException(listing.fault().file() + " " + listing.fault().reason());
        }
        for (String each : FOLDERS) {
            for (String name : listing.of(each)) {
                files.put(each + "/" + name, folder.resolve(each).resolve(name));
            }
        }
        return files;
    }

    /**
     * Writes the bundle, as a whole or not at all.
     *
     * @param bytes how much of the journal was read
     * @param dispatches how many of these records are dispatches
     * @param made what is made from these records, by name
     */
    public void write(Path bundle, long bytes, long dispatches, Map<String, Content> made) throws IOException {
        Path fresh = bundle.resolveSibling(
                "." + bundle.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        Files.deleteIfExists(fresh);
        try (ZipOutputStream zip = new ZipOutputStream(
                new BufferedOutputStream(Channels.newOutputStream(PrivateFiles.createFile(fresh))))) {
            text(README, out -> out.append(readme()), zip);
            entry(FileJournal.NAME, zip);
            copy(folder.resolve(FileJournal.NAME), bytes, zip);
            for (Map.Entry<String, Content> each : made.entrySet()) {
                text(each.getKey(), each.getValue(), zip);
            }
            entry(VERIFIER, zip);
            try (InputStream in = BundleWriter.class.getResourceAsStream("/dev/gert/tools/" + VERIFIER)) {
                if (in == null) {
                    throw new FileNotFoundException(VERIFIER + " is not in this JAR");
                }
                in.transferTo(zip);
            }
            for (Map.Entry<String, Path> each : files().entrySet()) {
                if (before.contains(each.getKey()) || RunVerifier.dispatchOf(each.getKey()) <= dispatches) {
                    entry(each.getKey(), zip);
                    copy(each.getValue(), Long.MAX_VALUE, zip);
                }
            }
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        Files.move(fresh, bundle, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void entry(String name, ZipOutputStream zip) throws IOException {
        ZipEntry entry = new ZipEntry(run + "/" + name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
    }

    private void text(String name, Content content, ZipOutputStream zip) throws IOException {
        entry(name, zip);
        Writer out = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
        content.write(out);
        out.flush();
    }

    private static void copy(Path file, long bytes, ZipOutputStream zip) throws IOException {
        byte[] chunk = new byte[1 << 16];
        long left = bytes;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            while (left > 0) {
                int n = in.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (n < 0 && bytes < Long.MAX_VALUE) {
                    throw new EOFException(file.getFileName() + " became shorter");
                }
                if (n < 0) {
                    return;
                }
                zip.write(chunk, 0, n);
                left -= n;
            }
        }
    }

    private String readme() {
        return "The evidence of run " + run + ", packed by gert.\n\n"
                + "  report.html    the run, to read in a browser; it asks for nothing from anywhere\n"
                + "  journal.jsonl  what was recorded, each record hashed over the one before: the source of all else\n"
                + "  evidence.json  the same by step, as `gert schema evidence` describes it\n"
                + "  trace.json     the same as OpenTelemetry has it\n"
                + "  output/        what commands printed, redacted as the policy wanted\n"
                + "  attachments/   files that people gave as evidence\n"
                + "  approvals/     what people were asked, and the decisions, with their signatures\n"
                + "  pinned/        the runbook, the policy and the roster as they were, each under its SHA-256\n"
                + "  verify_run.py  checks all of it, with Python 3.8 and OpenSSH or without\n\n"
                + "Check the bundle as it is, or this folder:\n\n"
                + "  gert verify BUNDLE.zip\n"
                + "  python3 verify_run.py BUNDLE.zip\n\n"
                + "A program that came with what it checks proves little: take gert's own, or another copy of\n"
                + "verify_run.py, where it matters. What a check proves, and what not, is said with its verdict.\n";
    }
}

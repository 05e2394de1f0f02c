package dev.gert.verify;

import dev.gert.journal.FileJournal;
import dev.gert.journal.RunFolders;
import dev.gert.projection.Verification;
import dev.gert.projection.Verification.Fault;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A run as {@link BundleWriter} packed it, read in place: nothing is unpacked. What its list of files says is looked at
 * first, since readers differ in what they make of a name that is there twice or leads elsewhere.
 */
public final class Bundle implements Closeable {
    private static final int MOST_FILES = 1_000_000;
    /** Unpacked, in bytes; a bundle of more has to be unpacked by who trusts it. */
    private static final long MOST_BYTES = 64L << 30;

    private final Path file;
    private final @Nullable FileSystem zip;
    private final Path folder;
    private final @Nullable Fault fault;

    private Bundle(Path file, @Nullable FileSystem zip, Path folder, @Nullable Fault fault) {
        this.file = file;
        this.zip = zip;
        this.folder = folder;
        this.fault = fault;
    }

    /**
     * Opens a file.
     *
     * @throws IOException when it can't be read
     * @throws ZipException when it is no zip file
     */
    public static Bundle open(Path file) throws IOException {
        String run = "";
        String problem = null;
        String named = "";
        Set<String> names = new HashSet<>();
        long bytes = 0;
        try (ZipFile list = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = list.entries();
            while (entries.hasMoreElements() && problem == null) {
                ZipEntry entry = entries.nextElement();
                named = entry.getName();
                int slash = named.indexOf('/');
                run = run.isEmpty() && slash > 0 ? named.substring(0, slash) : run;
                bytes += Math.max(0, entry.getSize());
                if (!named.startsWith(run + "/") || !isPlain(named.substring(run.length() + 1))) {
                    problem = "is not a file of a bundle";
                } else if (!names.add(named)) {
                    problem = "is there twice";
                } else if (names.size() > MOST_FILES || bytes > MOST_BYTES) {
                    problem = "makes the bundle larger than one is: unpack it, and verify the folder";
                }
            }
        } catch (IllegalArgumentException e) {
            throw new ZipException("its list of files can't be read");
        }
        if (problem == null && !RunFolders.isId(run)) {
            named = run;
            problem = "is not called as a run is";
        }
        if (problem == null && !names.contains(run + "/" + FileJournal.NAME)) {
            named = run + "/" + FileJournal.NAME;
            problem = "is not there";
        }
        if (problem != null) {
            return new Bundle(file, null, file, new Fault(named, 0, 0, problem));
        }
        try {
            FileSystem zip = FileSystems.newFileSystem(file);
            return new Bundle(file, zip, zip.getPath("/" + run), null);
        } catch (ProviderNotFoundException e) {
            throw new ZipException("this Java lacks the module jdk.zipfs");
        }
    }

    /** A file beside the journal, or in one of the folders that a run has. */
    private static boolean isPlain(String name) {
        int slash = name.indexOf('/');
        String within = slash < 0 ? "" : name.substring(0, slash);
        String last = name.substring(slash + 1);
        for (int i = 0; i < last.length(); i++) {
            char c = last.charAt(i);
            if (c <= ' ' || c > '~' || c == '/' || c == '\\') {
                return false;
            }
        }
        boolean known = slash < 0 || BundleWriter.FOLDERS.contains(within);
        return known && !last.isEmpty() && !last.equals(".") && !last.equals("..");
    }

    /** Holds it against what was recorded; as {@link RunVerifier}. */
    public Verification verify(@Nullable AllowedSigners signers, @Nullable String outside) throws IOException {
        return new RunVerifier(folder, signers, outside).bundled(file, fault).verify();
    }

    @Override
    public void close() throws IOException {
        if (zip != null) {
            zip.close();
        }
    }
}

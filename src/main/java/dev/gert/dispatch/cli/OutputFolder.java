package dev.gert.dispatch.cli;

import dev.gert.journal.Disk;
import dev.gert.journal.DiskFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** {@code output/} in a run's folder (formats.md, section 5); made when a command first prints something. */
final class OutputFolder {
    private static final String NAME = "output";
    private static final int MAX_STEP_NAME = 100;
    private static final int MAX_TRIES = 1000;

    private final Disk disk;
    private final Path runFolder;
    private boolean made;

    OutputFolder(Disk disk, Path runFolder) {
        this.disk = disk;
        this.runFolder = runFolder;
    }

    /** A new file, by its path from the run's folder. */
    record Opened(String name, Path path, DiskFile file) {}

    /**
     * Makes {@code NNN-step.ending}. A file that is there already was left by a process that ended
     * before it could say so; it stays, and the new one is {@code NNN-step.2.ending}.
     */
    synchronized Opened create(int number, String stepId, String ending) throws IOException {
        if (!made) {
            disk.ensureFolder(runFolder.resolve(NAME));
            made = true;
        }
        String stem = NAME + "/" + padded(number) + "-" + plain(stepId) + ".";
        String name = stem + ending;
        for (int next = 2; next <= MAX_TRIES; next++) {
            Path path = runFolder.resolve(name);
            try {
                return new Opened(name, path, disk.createFile(path));
            } catch (FileAlreadyExistsException e) {
                name = stem + next + "." + ending;
            }
        }
        throw new FileAlreadyExistsException(name);
    }

    /** Returns when the names of the files are on disk. */
    void force() throws IOException {
        disk.force(runFolder.resolve(NAME));
    }

    void delete(Opened opened) throws IOException {
        disk.delete(opened.path());
    }

    private static String padded(int number) {
        String digits = Integer.toString(number);
        return "000".substring(Math.min(3, digits.length())) + digits;
    }

    /** Step ids have no other characters; whatever comes here, it is one plain name. */
    private static String plain(String stepId) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < stepId.length() && i < MAX_STEP_NAME; i++) {
            char c = stepId.charAt(i);
            boolean kept = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
            name.append(kept ? c : '_');
        }
        return name.toString();
    }
}

package dev.gert.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * What a run does to the disk in its folder, each in one operation of the system, so that tests can let
 * any of them fail, or be the last one before a crash. Nothing is read through it.
 */
public interface Disk {
    /** Makes a folder 0700 that must not be there yet, in one that is. */
    void createFolder(Path folder) throws IOException;

    /** Makes a file 0600 that must not be there yet, not even as a link. */
    DiskFile createFile(Path file) throws IOException;

    /** Opens a file that is there and no link. */
    DiskFile openFile(Path file) throws IOException;

    /** Returns when the folder's entries are on disk. */
    void force(Path folder) throws IOException;

    /** Gives a file another name in place of whatever has that name. */
    void rename(Path file, Path to) throws IOException;

    /** Gives a file one name more, which nothing may have yet. */
    void link(Path name, Path file) throws IOException;

    /** Takes a file away if it is there. */
    void delete(Path file) throws IOException;

    /** The machine's own. */
    static Disk real() {
        return PrivateFiles.DISK;
    }

    /** Makes sure that a folder is there, its name on disk, and that it is a folder and not a link to one. */
    default void ensureFolder(Path folder) throws IOException {
        try {
            createFolder(folder);
        } catch (FileAlreadyExistsException e) {
            PrivateFiles.requireFolder(folder);
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            force(parent);
        }
    }
}

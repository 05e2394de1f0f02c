package dev.gert.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that is open for writing at its end. */
public interface DiskFile extends Closeable {
    /** Writes some of the bytes at the end; returns how many. */
    int write(ByteBuffer bytes) throws IOException;

    /** Returns when all that was written is on disk. */
    void force() throws IOException;

    /** Takes away what is after the first {@code size} bytes. */
    void truncate(long size) throws IOException;

    /** Writes all of the bytes, however few of them the system takes at once. */
    default void writeAll(ByteBuffer bytes) throws IOException {
        int idle = 0;
        while (bytes.hasRemaining()) {
            idle = write(bytes) > 0 ? 0 : idle + 1;
            if (idle > 16) {
                throw new IOException("the file takes no more bytes");
            }
        }
    }
}

package dev.gert.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What the journal asks of the file it appends to. */
interface JournalFile extends Closeable {
    /** Writes some of the bytes at the end; returns how many. */
    int write(ByteBuffer bytes) throws IOException;

    /** Returns when all that was written is on disk. */
    void force() throws IOException;
}

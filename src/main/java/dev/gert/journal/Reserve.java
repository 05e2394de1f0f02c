package dev.gert.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Room in a run's folder that is kept while a session lasts, for the result of the step under way when a disk gets full. */
final class Reserve {
    static final String NAME = "reserve";
    private static final int BYTES = 1 << 16;

    private final Disk disk;
    private final Path file;

    private Reserve(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    static Reserve make(Disk disk, Path folder) throws IOException {
        Reserve reserve = new Reserve(disk, folder.resolve(NAME));
        disk.delete(reserve.file);
        try (DiskFile file = disk.createFile(reserve.file)) {
            file.writeAll(ByteBuffer.wrap(noise()));
        }
        return reserve;
    }

    /** Bytes that no file system stores as fewer. */
    private static byte[] noise() {
        byte[] noise = new byte[BYTES];
        int state = 1;
        for (int i = 0; i < BYTES; i++) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            noise[i] = (byte) state;
        }
        return noise;
    }

    void giveUp() throws IOException {
        disk.delete(file);
    }
}

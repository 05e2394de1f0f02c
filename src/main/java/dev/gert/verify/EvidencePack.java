package dev.gert.verify;

import dev.gert.journal.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code evidence.json}, of which only the end is asked: the hash of the record that it was made from. */
final class EvidencePack {
    static final String NAME = "evidence.json";
    static final EvidencePack NONE = new EvidencePack("", null);

    private static final String KEY = "\"last_hash\": \"";
    private static final int HEX = 64;
    private static final int TAIL = 4096;

    private final String hash;
    private final @Nullable String fault;
    private boolean found;

    private EvidencePack(String hash, @Nullable String fault) {
        this.hash = hash;
        this.fault = fault;
    }

    static EvidencePack of(Path run) throws IOException {
        Path file = run.resolve(NAME);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return NONE;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new EvidencePack("", "is not a file");
        }
        String tail = tail(file);
        int from = tail.lastIndexOf(KEY) + KEY.length();
        boolean whole = from >= KEY.length() && tail.length() > from + HEX && tail.charAt(from + HEX) == '"';
        return whole
                ? new EvidencePack(tail.substring(from, from + HEX), null)
                : new EvidencePack("", "does not say which record it was made from");
    }

    private static String tail(Path file) throws IOException {
        try (InputStream in = PrivateFiles.read(file)) {
            in.skipNBytes(Math.max(0, Files.size(file) - TAIL));
            return new String(in.readNBytes(TAIL), StandardCharsets.ISO_8859_1);
        }
    }

    void take(String recordHash) {
        found |= recordHash.equals(hash);
    }

    /** After the last record: why it can't have been made from this journal, null: it can, or is not there. */
    @Nullable
    String fault() {
        return fault != null || hash.isEmpty() || found
                ? fault
                : "was made from a record that the journal does not hold";
    }

    boolean isThere() {
        return fault != null || !hash.isEmpty();
    }
}

package dev.gert.dispatch.replay;

import dev.gert.model.EvidenceAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A file that a scenario holds as evidence: it is there, and it is the one that was recorded. */
final class RecordedAttachment {
    private RecordedAttachment() {}

    /** What is wrong with it, or null. */
    static @Nullable String problem(Path folder, EvidenceAnswer answer) {
        String said = "the recorded attachment `" + answer.path() + "` of `" + answer.name() + "` ";
        try {
            Path file = folder.resolve(answer.path());
            if (!Files.isRegularFile(file)) {
                return said + (Files.exists(file) ? "is not a file" : "is not there");
            }
            Long size = answer.size();
            if (size != null && Files.size(file) != size) {
                return said + "has " + Files.size(file) + " bytes, and " + size + " are recorded";
            }
            String digest = answer.sha256();
            if (digest != null && !sha256(file).equals(digest)) {
                return said + "does not have the SHA-256 that is recorded";
            }
            return null;
        } catch (InvalidPathException e) {
            return said + "has a name that can't be";
        } catch (IOException e) {
            return said + "can't be read";
        }
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        byte[] chunk = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                digest.update(chunk, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

package dev.gert.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** SHA-256 of files, kept by device, inode, size and times for as long as the process lives. */
final class Digests {
    /** A file changed less than this ago may change again without showing it in its times. */
    private static final long SETTLED_MILLIS = 2000;

    private final Map<String, String> known = new HashMap<>();

    /** The digest in hex of the file's bytes as they are now. */
    synchronized String of(Path file) throws IOException {
        Map<String, Object> before = attributes(file);
        String key = key(before);
        String digest = known.get(key);
        if (digest == null) {
            digest = read(file);
            if (isSettled(before) && key.equals(key(attributes(file)))) {
                known.put(key, digest);
            }
        }
        return digest;
    }

    private static Map<String, Object> attributes(Path file) throws IOException {
        return Files.readAttributes(file, "unix:dev,ino,size,ctime,lastModifiedTime");
    }

    private static boolean isSettled(Map<String, Object> attributes) {
        return attributes.get("ctime") instanceof FileTime changed
                && System.currentTimeMillis() - changed.toMillis() > SETTLED_MILLIS;
    }

    private static String key(Map<String, Object> attributes) {
        StringBuilder key = new StringBuilder();
        for (String name : new String[] {"dev", "ino", "size", "ctime", "lastModifiedTime"}) {
            key.append(attributes.get(name)).append(' ');
        }
        return key.toString();
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[1 << 16];
            int length = in.read(chunk);
            while (length >= 0) {
                digest.update(chunk, 0, length);
                length = in.read(chunk);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

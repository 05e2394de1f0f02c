package dev.gert.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of the JAR that this process runs from; made on a thread of its own while the runbook is read. */
final class JarDigest {
    private final Thread thread;
    private volatile @Nullable String hex;

    private JarDigest() {
        thread = new Thread(() -> hex = digest(), "jar-digest");
        thread.setDaemon(true);
    }

    static JarDigest begin() {
        JarDigest digest = new JarDigest();
        digest.thread.start();
        return digest;
    }

    /** In hex; null when gert does not run from a JAR. */
    @Nullable
    String hex() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return hex;
    }

    private static @Nullable String digest() {
        CodeSource source = JarDigest.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return null;
        }
        try {
            URI location = source.getLocation().toURI();
            Path jar = Path.of(location);
            if (!Files.isRegularFile(jar)) {
                return null;
            }
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            try (InputStream in = Files.newInputStream(jar)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    sha.update(buffer, 0, n);
                }
            }
            StringBuilder text = new StringBuilder(64);
            for (byte b : sha.digest()) {
                text.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
            }
            return text.toString();
        } catch (IOException | URISyntaxException | NoSuchAlgorithmException | RuntimeException e) {
            return null;
        }
    }
}

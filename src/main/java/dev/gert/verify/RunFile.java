package dev.gert.verify;

import dev.gert.journal.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One file of a run's folder, by the name that a record has for it. Nothing is read through a link. */
final class RunFile {
    private static final int KEPT = 8 << 20;

    private final long bytes;
    private final String sha256;
    private final @Nullable String text;
    private final @Nullable String fault;

    private RunFile(long bytes, String sha256, @Nullable String text, @Nullable String fault) {
        this.bytes = bytes;
        this.sha256 = sha256;
        this.text = text;
        this.fault = fault;
    }

    /** Reads it once; {@code within}: the one folder that it may lie in. */
    static RunFile read(Path run, String name, String within) throws IOException {
        return read(run, name, within, "", false);
    }

    /** Reads it once and keeps its text; {@code before}: what is hashed before the file's bytes. */
    static RunFile text(Path run, String name, String within, String before) throws IOException {
        return read(run, name, within, before, true);
    }

    private static RunFile read(Path run, String name, String within, String before, boolean keep) throws IOException {
        if (!isPlain(name, within)) {
            return fault("is not a file of `" + within + "/`");
        }
        Path folder = run.resolve(within);
        Path file = run.resolve(name);
        if (Files.isSymbolicLink(folder) || Files.isSymbolicLink(file)) {
            return fault("is a link");
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return fault("is gone");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return fault("is not a file");
        }
        MessageDigest digest = sha256();
        digest.update(before.getBytes(StandardCharsets.US_ASCII));
        byte[] chunk = new byte[1 << 16];
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        long bytes = 0;
        try (InputStream in = PrivateFiles.read(file)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                digest.update(chunk, 0, n);
                bytes += n;
                if (keep && bytes <= KEPT) {
                    kept.write(chunk, 0, n);
                }
            }
        }
        String text = keep && bytes <= KEPT ? kept.toString(StandardCharsets.UTF_8) : null;
        return new RunFile(bytes, HexFormat.of().formatHex(digest.digest()), text, null);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static RunFile fault(String reason) {
        return new RunFile(0, "", null, reason);
    }

    /** {@code within/name}, with nothing in it that leads anywhere else. */
    private static boolean isPlain(String name, String within) {
        if (!name.startsWith(within + "/")) {
            return false;
        }
        String last = name.substring(within.length() + 1);
        for (int i = 0; i < last.length(); i++) {
            char c = last.charAt(i);
            if (c <= ' ' || c > '~' || c == '/') {
                return false;
            }
        }
        return !last.isEmpty() && !last.equals(".") && !last.equals("..");
    }

    /** Why it can't be read as a file of the run, null: it was read. */
    @Nullable
    String fault() {
        return fault;
    }

    long bytes() {
        return bytes;
    }

    String digest() {
        return sha256;
    }

    /** Its text; null where it was not asked for, or is over 8 MiB. */
    @Nullable
    String text() {
        return text;
    }
}

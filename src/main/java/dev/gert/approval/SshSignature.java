package dev.gert.approval;

import dev.gert.policy.SshKey;
import dev.gert.policy.SshWire;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A signature in a file of its own, as {@code ssh-keygen -Y sign} writes it (OpenSSH's PROTOCOL.sshsig).
 * It says which key made it; whether that key counts is the roster's to say. Nothing here throws,
 * whatever the file holds.
 */
public final class SshSignature {
    /** A signature of the largest key in text is a third of it. */
    public static final int LARGEST = 32_768;

    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final int SHOWN = 60;

    private final SshKey key;
    private final String namespace;
    private final String hash;
    private final byte[] signature;

    private SshSignature(SshKey key, String namespace, String hash, byte[] signature) {
        this.key = key;
        this.namespace = namespace;
        this.hash = hash;
        this.signature = signature;
    }

    /** What a file holds. */
    public sealed interface Reading {
        /** A signature that nothing has been asked of yet. */
        record Whole(SshSignature signature) implements Reading {}

        /** {@code reason}: a sentence's end, safe to print. */
        record Broken(String reason) implements Reading {}
    }

    /** What a signature says of a message. */
    public sealed interface Verdict {
        /** The holder of {@code key} signed this very message in this namespace. */
        record Signed(SshKey key) implements Verdict {}

        /** {@code reason}: a sentence's end, safe to print. */
        record Refused(String reason) implements Verdict {}
    }

    /** The file's bytes: one armored block, with nothing after it but white space. */
    public static Reading read(byte[] file) {
        if (file.length > LARGEST) {
            return new Reading.Broken("it is larger than " + LARGEST + " bytes");
        }
        SshArmor armor = SshArmor.read(file);
        byte[] blob = armor.blob();
        return blob == null ? new Reading.Broken(armor.fault()) : ofBlob(blob);
    }

    /** {@link #read} and {@link #verify} in one. */
    public static Verdict verify(byte[] file, byte[] message, String namespace) {
        Reading reading = read(file);
        return reading instanceof Reading.Whole whole
                ? whole.signature().verify(message, namespace)
                : new Verdict.Refused(((Reading.Broken) reading).reason());
    }

    private static Reading ofBlob(byte[] blob) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (i >= blob.length || blob[i] != MAGIC[i]) {
                return new Reading.Broken("it is not a signature of `ssh-keygen -Y sign`");
            }
        }
        SshWire wire = new SshWire(blob, MAGIC.length);
        long version = wire.uint32();
        if (wire.ok() && version != 1) {
            return new Reading.Broken("it is of version " + version + ", not 1");
        }
        byte[] keyBlob = wire.string();
        String namespace = wire.text();
        byte[] reserved = wire.string();
        String hash = wire.text();
        byte[] signature = wire.string();
        if (!wire.done()) {
            return new Reading.Broken("it is damaged, cut or too long");
        }
        if (namespace.isEmpty()) {
            return new Reading.Broken("it has no namespace");
        }
        if (reserved.length > 0) {
            return new Reading.Broken("its reserved part is not empty");
        }
        if (!hash.equals("sha256") && !hash.equals("sha512")) {
            return new Reading.Broken("its hash is `" + shown(hash) + "`, neither `sha256` nor `sha512`");
        }
        SshKey.Reading reading = SshKey.ofBlob(keyBlob);
        return reading instanceof SshKey.Reading.Good good
                ? new Reading.Whole(new SshSignature(good.key(), namespace, hash, signature))
                : new Reading.Broken("its key may not sign: " + ((SshKey.Reading.Bad) reading).reason());
    }

    /** The key that it says it was made with. */
    public SshKey key() {
        return key;
    }

    /** What it says it was made for. */
    public String namespace() {
        return namespace;
    }

    /** Whether the key signed {@code message} for {@code namespace}. */
    public Verdict verify(byte[] message, String namespace) {
        if (!this.namespace.equals(namespace)) {
            return new Verdict.Refused(
                    "it was made for the namespace `" + shown(this.namespace) + "`, not `" + namespace + "`");
        }
        String fault = SshVerifier.fault(key, signature, toSign(message, namespace, hash));
        return fault.isEmpty() ? new Verdict.Signed(key) : new Verdict.Refused(fault);
    }

    /** What the key signs of a message (PROTOCOL.sshsig, "Signed Data, of which the signature goes into the blob"). */
    static byte[] toSign(byte[] message, String namespace, String hash) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        put(out, namespace.getBytes(StandardCharsets.US_ASCII));
        put(out, new byte[0]);
        put(out, hash.getBytes(StandardCharsets.US_ASCII));
        put(out, digest(hash.equals("sha256") ? "SHA-256" : "SHA-512", message));
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, byte[] string) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(string.length >>> shift);
        }
        out.writeBytes(string);
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private static String shown(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }
}

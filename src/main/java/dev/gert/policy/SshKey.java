package dev.gert.policy;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An SSH public key (RFC 4253, section 6.6; RFC 5656; RFC 8709; OpenSSH's PROTOCOL.u2f). One exists only
 * if it is whole, well formed and strong enough, and is written in one way: two keys are the same where
 * their blobs are.
 */
public final class SshKey {
    private static final int LONGEST_LINE = 16_384;
    private static final int RSA_LEAST = 2048;
    private static final int RSA_MOST = 16_384;
    private static final int RSA_EXPONENT_MOST = 64;

    private final SshKeyType type;
    private final byte[] blob;
    private final Material material;
    private final String application;

    private SshKey(SshKeyType type, byte[] blob, Material material, String application) {
        this.type = type;
        this.blob = blob;
        this.material = material;
        this.application = application;
    }

    /** What a signature is checked with. */
    public sealed interface Material {
        /** A point of RFC 8032. */
        final class Ed25519 implements Material {
            private final byte[] point;

            private Ed25519(byte[] point) {
                this.point = point;
            }

            /** Its 32 bytes, a copy. */
            public byte[] point() {
                return point.clone();
            }
        }

        /** A point of the curve of {@code bits} bits. */
        record Ecdsa(int bits, BigInteger x, BigInteger y) implements Material {}

        record Rsa(BigInteger modulus, BigInteger exponent) implements Material {}
    }

    /** A key, or why there is none. */
    public sealed interface Reading {
        record Good(SshKey key) implements Reading {}

        /** {@code reason}: a sentence's end, safe to print: {@code DSA keys are too weak}. */
        record Bad(String reason) implements Reading {}
    }

    /** A line as of a {@code .pub} file: type, base64, and a comment that is dropped. */
    public static Reading ofLine(String line) {
        if (line.length() > LONGEST_LINE) {
            return new Reading.Bad("it is longer than " + LONGEST_LINE + " characters");
        }
        if (line.contains("-----BEGIN")) {
            return new Reading.Bad(
                    line.contains("PRIVATE")
                            ? "it is a private key, which nobody else may have seen"
                            : "it is a key of another format, not the line of a `.pub` file");
        }
        if (!CodePoints.printableAscii(line)) {
            return new Reading.Bad("it holds " + CodePoints.named(line));
        }
        String[] words = SshKeyLine.words(line);
        SshKeyType type = SshKeyType.of(words[0]);
        if (type == null) {
            return new Reading.Bad(SshKeyLine.notAType(line, words));
        }
        if (words[1].isEmpty()) {
            return new Reading.Bad("nothing follows the type `" + type.word() + "`");
        }
        byte[] blob = SshKeyLine.base64(words[1]);
        if (blob == null) {
            return new Reading.Bad("what follows the type is not base64, or was cut");
        }
        Reading reading = ofBlob(blob);
        if (reading instanceof Reading.Good good && good.key().type != type) {
            return new Reading.Bad("it calls itself `" + type.word() + "`, but inside is one of the type `"
                    + good.key().type.word() + "`");
        }
        return reading;
    }

    /** The wire format, as signatures hold it; nothing may follow the key. */
    public static Reading ofBlob(byte[] blob) {
        SshWire wire = new SshWire(blob, 0);
        String word = wire.text();
        SshKeyType type = wire.ok() ? SshKeyType.of(word) : null;
        if (type == null) {
            return new Reading.Bad(wire.ok() ? SshKeyLine.notAType(word) : "the key inside the base64 is damaged");
        }
        Material material = null;
        String reason = "the point is not one that a key may have";
        switch (type.family()) {
            case ED25519 -> {
                byte[] point = wire.string();
                material = SshCurves.isEd25519(point) ? new Material.Ed25519(point) : null;
            }
            case ECDSA -> material = wire.text().equals(type.curve()) ? ecdsa(type.bits(), wire.string()) : null;
            case RSA -> {
                BigInteger exponent = wire.positive();
                BigInteger modulus = wire.positive();
                reason = rsaFault(exponent, modulus);
                material = reason.isEmpty() ? new Material.Rsa(modulus, exponent) : null;
            }
        }
        String application = type.hardware() ? wire.text() : "";
        if (!wire.done()) {
            return new Reading.Bad("the key inside the base64 is damaged, cut or too long");
        }
        return material == null
                ? new Reading.Bad(reason)
                : new Reading.Good(new SshKey(type, blob.clone(), material, application));
    }

    /** Null if the bytes are not an uncompressed point of the curve. */
    private static @Nullable Material ecdsa(int bits, byte[] point) {
        int length = (bits + 7) / 8;
        if (point.length != 1 + 2 * length || point[0] != 4) {
            return null;
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + length));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + length, point.length));
        return SshCurves.holds(bits, x, y) ? new Material.Ecdsa(bits, x, y) : null;
    }

    /** Empty if the key can be used. */
    private static String rsaFault(BigInteger exponent, BigInteger modulus) {
        int bits = modulus.bitLength();
        if (bits < RSA_LEAST || bits > RSA_MOST) {
            return "the RSA key is of " + bits + " bits; from " + RSA_LEAST + " to " + RSA_MOST + " are accepted";
        }
        if (!modulus.testBit(0)) {
            return "the RSA key's modulus is even";
        }
        boolean odd = exponent.testBit(0) && !exponent.equals(BigInteger.ONE);
        return odd && exponent.bitLength() <= RSA_EXPONENT_MOST ? "" : "the RSA key's exponent can't be one";
    }

    public SshKeyType type() {
        return type;
    }

    /** A copy of the wire format. */
    public byte[] blob() {
        return blob.clone();
    }

    public Material material() {
        return material;
    }

    /** Of a key in hardware what it was made for, {@code ssh:}; else empty. */
    public String application() {
        return application;
    }

    /** The wire format in base64: what names the key. */
    public String base64() {
        return Base64.getEncoder().encodeToString(blob);
    }

    /** {@code type base64}, without a comment. */
    public String text() {
        return type.word() + " " + base64();
    }

    /** {@code SHA256:…}, as {@code ssh-keygen -l} prints it. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SshKey key && Arrays.equals(blob, key.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }

    @Override
    public String toString() {
        return text();
    }
}

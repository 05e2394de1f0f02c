package dev.gert.approval;

import dev.gert.policy.SshKey;
import dev.gert.policy.SshKeyType;
import dev.gert.policy.SshWire;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;

/**
 * Makes SSH keys and signatures, written from PROTOCOL.sshsig and PROTOCOL.u2f apart from what checks
 * them; a key of a security key's type is held in memory, and is touched or not as asked.
 */
final class SshSigner {
    private final SshKeyType type;
    private final String algorithm;
    private final KeyPair pair;
    private final byte[] blob;
    private int flags = 1;
    private int counter = 7;

    private SshSigner(SshKeyType type, String algorithm, KeyPair pair, byte[] blob) {
        this.type = type;
        this.algorithm = algorithm;
        this.pair = pair;
        this.blob = blob;
    }

    /** {@code word}: a type, or {@code rsa-sha2-256:2048}. */
    static SshSigner of(String word) throws GeneralSecurityException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        if (word.startsWith("rsa-")) {
            int colon = word.indexOf(':');
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(Integer.parseInt(word.substring(colon + 1)));
            KeyPair pair = generator.generateKeyPair();
            RSAPublicKey key = (RSAPublicKey) pair.getPublic();
            SignatureParts.string(blob, "ssh-rsa");
            SignatureParts.string(blob, key.getPublicExponent().toByteArray());
            SignatureParts.string(blob, key.getModulus().toByteArray());
            return new SshSigner(SshKeyType.RSA, word.substring(0, colon), pair, blob.toByteArray());
        }
        SshKeyType type = Arrays.stream(SshKeyType.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow();
        SignatureParts.string(blob, word);
        KeyPair pair;
        if (type.family() == SshKeyType.Family.ED25519) {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] x509 = pair.getPublic().getEncoded();
            SignatureParts.string(blob, Arrays.copyOfRange(x509, x509.length - 32, x509.length));
        } else {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp" + type.bits() + "r1"));
            pair = generator.generateKeyPair();
            int length = (type.bits() + 7) / 8;
            byte[] point = new byte[1 + 2 * length];
            point[0] = 4;
            ECPublicKey key = (ECPublicKey) pair.getPublic();
            put(key.getW().getAffineX(), point, 1 + length);
            put(key.getW().getAffineY(), point, 1 + 2 * length);
            SignatureParts.string(blob, "nistp" + type.bits());
            SignatureParts.string(blob, point);
        }
        if (type.hardware()) {
            SignatureParts.string(blob, "ssh:");
        }
        return new SshSigner(type, word, pair, blob.toByteArray());
    }

    private static void put(BigInteger number, byte[] into, int end) {
        byte[] digits = number.toByteArray();
        int skipped = Math.max(0, digits.length - (into.length - 1) / 2);
        System.arraycopy(digits, skipped, into, end - (digits.length - skipped), digits.length - skipped);
    }

    SshKey key() {
        return ((SshKey.Reading.Good) SshKey.ofBlob(blob)).key();
    }

    byte[] blob() {
        return blob.clone();
    }

    /** What the security key says of itself from now on. */
    void says(int newFlags, int newCounter) {
        flags = newFlags;
        counter = newCounter;
    }

    SignatureParts sign(byte[] message, String namespace, String hash) throws GeneralSecurityException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("SSHSIG".getBytes(StandardCharsets.US_ASCII));
        SignatureParts.string(out, namespace);
        SignatureParts.string(out, "");
        SignatureParts.string(out, hash);
        SignatureParts.string(out, SshSignature.digest(hash.equals("sha256") ? "SHA-256" : "SHA-512", message));
        return new SignatureParts(1, blob(), namespace, new byte[0], hash, raw(out.toByteArray()));
    }

    /** The signature's blob over bytes, as the agent would give it. */
    private byte[] raw(byte[] bytes) throws GeneralSecurityException {
        byte[] signed = bytes;
        if (type.hardware()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(SshSignature.digest("SHA-256", "ssh:".getBytes(StandardCharsets.US_ASCII)));
            out.write(flags);
            SignatureParts.uint32(out, counter);
            out.writeBytes(SshSignature.digest("SHA-256", bytes));
            signed = out.toByteArray();
        }
        Signature signature = Signature.getInstance(
                switch (type) {
                    case ED25519, HARDWARE_ED25519 -> "Ed25519";
                    case ECDSA_256, HARDWARE_ECDSA -> "SHA256withECDSAinP1363Format";
                    case ECDSA_384 -> "SHA384withECDSAinP1363Format";
                    case ECDSA_521 -> "SHA512withECDSAinP1363Format";
                    case RSA -> algorithm.equals("rsa-sha2-256") ? "SHA256withRSA" : "SHA512withRSA";
                });
        signature.initSign(pair.getPrivate());
        signature.update(signed);
        byte[] made = signature.sign();
        if (type.family() == SshKeyType.Family.ECDSA) {
            int half = made.length / 2;
            made = pair(
                    new BigInteger(1, Arrays.copyOf(made, half)),
                    new BigInteger(1, Arrays.copyOfRange(made, half, made.length)));
        }
        return blob(algorithm, made, type.hardware() ? new int[] {flags, counter} : new int[0]);
    }

    static byte[] pair(BigInteger r, BigInteger s) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SignatureParts.string(out, r.toByteArray());
        SignatureParts.string(out, s.toByteArray());
        return out.toByteArray();
    }

    /** {@code hardware}: nothing, or flags and counter. */
    static byte[] blob(String algorithm, byte[] made, int... hardware) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SignatureParts.string(out, algorithm);
        SignatureParts.string(out, made);
        if (hardware.length > 0) {
            out.write(hardware[0]);
            SignatureParts.uint32(out, hardware[1]);
        }
        return out.toByteArray();
    }

    /** The numbers of an ECDSA signature. */
    static BigInteger[] numbers(byte[] signature) {
        SshWire wire = new SshWire(signature, 0);
        wire.text();
        SshWire inner = new SshWire(wire.string(), 0);
        return new BigInteger[] {inner.positive(), inner.positive()};
    }
}

package dev.gert.approval;

import dev.gert.policy.SshKey;
import dev.gert.policy.SshKey.Material;
import dev.gert.policy.SshKeyType;
import dev.gert.policy.SshWire;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;

/**
 * Checks one signature over bytes: RFC 8709 (Ed25519), RFC 5656 (ECDSA), RFC 8332 (RSA with SHA-2), and
 * OpenSSH's PROTOCOL.u2f for keys in hardware.
 */
final class SshVerifier {
    private static final String BAD = "the signature does not fit the key and the message";
    private static final int ED25519_BYTES = 64;
    private static final int USER_PRESENT = 0x01;

    /** What stands before the point of an Ed25519 key in X.509 (RFC 8410). */
    private static final byte[] X509 = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    private SshVerifier() {}

    /** Why {@code signature}, a blob with its algorithm, is not one of {@code key} over {@code signed}; else empty. */
    static String fault(SshKey key, byte[] signature, byte[] signed) {
        SshWire wire = new SshWire(signature, 0);
        String algorithm = wire.text();
        byte[] raw = wire.string();
        boolean hardware = key.type().hardware();
        int flags = hardware ? wire.octet() : 0;
        long counter = hardware ? wire.uint32() : 0;
        String digest = digest(key, algorithm);
        if (wire.ok() && digest.isEmpty()) {
            return algorithm.equals("ssh-rsa")
                    ? "it was made with SHA-1, which is too weak"
                    : "its algorithm is not one of a key of the type `"
                            + key.type().word() + "`";
        }
        if (!wire.done()) {
            return "the signature inside is damaged, cut or too long";
        }
        if (hardware && (flags & USER_PRESENT) == 0) {
            return "nobody touched the security key for it";
        }
        byte[] bytes = hardware ? fromHardware(key, flags, counter, signed) : signed;
        try {
            return verifies(key.material(), digest, raw, bytes) ? "" : BAD;
        } catch (GeneralSecurityException | RuntimeException e) {
            // Of hostile numbers a provider may throw what it likes: that is no signature either.
            return BAD;
        }
    }

    /** The digest that goes with an algorithm, empty if the key has no such algorithm. */
    private static String digest(SshKey key, String algorithm) {
        if (key.type() == SshKeyType.RSA) {
            return algorithm.equals("rsa-sha2-256") ? "SHA256" : algorithm.equals("rsa-sha2-512") ? "SHA512" : "";
        }
        if (!algorithm.equals(key.type().word())) {
            return "";
        }
        return switch (key.type().bits()) {
            case 384 -> "SHA384";
            case 521 -> "SHA512";
            default -> "SHA256";
        };
    }

    /** What a security key signs (PROTOCOL.u2f, "SSH U2F Signatures"). */
    private static byte[] fromHardware(SshKey key, int flags, long counter, byte[] signed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SshSignature.digest("SHA-256", key.application().getBytes(StandardCharsets.US_ASCII)));
        out.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write((int) (counter >>> shift));
        }
        out.writeBytes(SshSignature.digest("SHA-256", signed));
        return out.toByteArray();
    }

    private static boolean verifies(Material material, String digest, byte[] raw, byte[] signed)
            throws GeneralSecurityException {
        if (material instanceof Material.Ed25519 key) {
            return raw.length == ED25519_BYTES && verifies("Ed25519", ed25519(key), raw, signed);
        }
        if (material instanceof Material.Ecdsa key) {
            byte[] pair = pair(raw, (key.bits() + 7) / 8);
            return pair.length > 0 && verifies(digest + "withECDSAinP1363Format", ecdsa(key), pair, signed);
        }
        Material.Rsa key = (Material.Rsa) material;
        boolean whole = raw.length == (key.modulus().bitLength() + 7) / 8;
        return whole && verifies(digest + "withRSA", rsa(key), raw, signed);
    }

    private static boolean verifies(String algorithm, PublicKey key, byte[] raw, byte[] signed)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initVerify(key);
        signature.update(signed);
        return signature.verify(raw);
    }

    private static PublicKey ed25519(Material.Ed25519 key) throws GeneralSecurityException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.writeBytes(X509);
        encoded.writeBytes(key.point());
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded.toByteArray()));
    }

    private static PublicKey ecdsa(Material.Ecdsa key) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp" + key.bits() + "r1"));
        ECParameterSpec parameters = curve.getParameterSpec(ECParameterSpec.class);
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(new ECPoint(key.x(), key.y()), parameters));
    }

    private static PublicKey rsa(Material.Rsa key) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(key.modulus(), key.exponent()));
    }

    /** The numbers r and s one behind the other, each of {@code length} bytes; empty if they are not two such. */
    private static byte[] pair(byte[] raw, int length) {
        SshWire wire = new SshWire(raw, 0);
        BigInteger r = wire.positive();
        BigInteger s = wire.positive();
        if (!wire.done() || r.bitLength() > length * 8 || s.bitLength() > length * 8) {
            return new byte[0];
        }
        byte[] pair = new byte[2 * length];
        put(r, pair, length);
        put(s, pair, 2 * length);
        return pair;
    }

    private static void put(BigInteger number, byte[] into, int end) {
        byte[] digits = number.toByteArray();
        int skipped = digits[0] == 0 ? 1 : 0;
        int length = digits.length - skipped;
        System.arraycopy(digits, skipped, into, end - length, length);
    }
}

package dev.gert.approval;

import dev.gert.policy.SshWire;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A signature's blob in its parts (PROTOCOL.sshsig), to be put together as it should not be. */
record SignatureParts(int version, byte[] key, String namespace, byte[] reserved, String hash, byte[] signature) {
    private static final int MAGIC = 6;

    static SignatureParts of(byte[] blob) {
        SshWire wire = new SshWire(blob, MAGIC);
        SignatureParts parts = new SignatureParts(
                (int) wire.uint32(), wire.string(), wire.text(), wire.string(), wire.text(), wire.string());
        if (!wire.done()) {
            throw new IllegalArgumentException("not a signature");
        }
        return parts;
    }

    static SignatureParts ofArmored(String text) {
        String inside = text.replace("-----BEGIN SSH SIGNATURE-----", "").replace("-----END SSH SIGNATURE-----", "");
        return of(Base64.getMimeDecoder().decode(inside));
    }

    SignatureParts withVersion(int other) {
        return new SignatureParts(other, key, namespace, reserved, hash, signature);
    }

    SignatureParts withKey(byte[] other) {
        return new SignatureParts(version, other, namespace, reserved, hash, signature);
    }

    SignatureParts withNamespace(String other) {
        return new SignatureParts(version, key, other, reserved, hash, signature);
    }

    SignatureParts withReserved(byte[] other) {
        return new SignatureParts(version, key, namespace, other, hash, signature);
    }

    SignatureParts withHash(String other) {
        return new SignatureParts(version, key, namespace, reserved, other, signature);
    }

    SignatureParts withSignature(byte[] other) {
        return new SignatureParts(version, key, namespace, reserved, hash, other);
    }

    byte[] blob() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("SSHSIG".getBytes(StandardCharsets.US_ASCII));
        uint32(out, version);
        string(out, key);
        string(out, namespace);
        string(out, reserved);
        string(out, hash);
        string(out, signature);
        return out.toByteArray();
    }

    String armored() {
        return armored(blob());
    }

    static String armored(byte[] blob) {
        return "-----BEGIN SSH SIGNATURE-----\n"
                + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(blob)
                + "\n-----END SSH SIGNATURE-----\n";
    }

    static void uint32(ByteArrayOutputStream out, int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(value >>> shift);
        }
    }

    static void string(ByteArrayOutputStream out, byte[] string) {
        uint32(out, string.length);
        out.writeBytes(string);
    }

    static void string(ByteArrayOutputStream out, String string) {
        string(out, string.getBytes(StandardCharsets.ISO_8859_1));
    }
}

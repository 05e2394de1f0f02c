package dev.gert.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.approval.SshSignature.Verdict;
import dev.gert.policy.SshKey;
import dev.gert.policy.SshWire;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gert and the machine's OpenSSH say the same of signatures that either made, and of damaged ones. */
class SshSignatureOpenSshTest {
    private static final String NAMESPACE = "gert-approval-v1";
    private static final List<String> HASHES = List.of("sha256", "sha512");
    private static final List<String> TYPES = List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "rsa-sha2-256:2048",
            "rsa-sha2-512:2048",
            "rsa-sha2-512:3072",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    private static final List<SshSigner> signers = new ArrayList<>();

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("gert.seed", 20261123L);
    private final Random random = new Random(seed);

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        for (String type : TYPES) {
            signers.add(SshSigner.of(type));
        }
    }

    private byte[] message() {
        byte[] message = new byte[random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(3000)];
        random.nextBytes(message);
        return message;
    }

    private static Verdict verify(String signature, byte[] message, String namespace) {
        return SshSignature.verify(signature.getBytes(StandardCharsets.ISO_8859_1), message, namespace);
    }

    private static List<String> lines(List<SshSigner> signers) {
        return signers.stream().map(signer -> signer.key().text()).toList();
    }

    @Test
    void whatOpenSshSignsIsSigned() throws Exception {
        OpenSsh ssh = new OpenSsh(folder);
        Map<String, String> keys = new TreeMap<>();
        keys.put("ed25519", ssh.newKey("ed25519", "ed25519", 256));
        for (int bits : List.of(256, 384, 521)) {
            keys.put("ecdsa" + bits, ssh.newKey("ecdsa" + bits, "ecdsa", bits));
        }
        for (int bits : List.of(2048, 3072, 4096)) {
            keys.put("rsa" + bits, ssh.newKey("rsa" + bits, "rsa", bits));
        }
        int checked = 0;
        for (Map.Entry<String, String> entry : keys.entrySet()) {
            SshKey key = ((SshKey.Reading.Good) SshKey.ofLine(entry.getValue())).key();
            assertThat(entry.getValue()).startsWith(key.text() + " ");
            assertThat(key.fingerprint()).isEqualTo(ssh.fingerprint(entry.getValue()));
            for (String hash : HASHES) {
                List<byte[]> messages = new ArrayList<>();
                for (int i = 0; i < 15; i++) {
                    messages.add(message());
                }
                List<String> signatures = ssh.sign(entry.getKey(), NAMESPACE, hash, messages);
                for (int i = 0; i < messages.size(); i++) {
                    assertThat(SignatureParts.ofArmored(signatures.get(i)).hash())
                            .isEqualTo(hash);
                    assertThat(verify(signatures.get(i), messages.get(i), NAMESPACE))
                            .as("%s %s, seed %s", entry.getKey(), hash, seed)
                            .isEqualTo(new Verdict.Signed(key));
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(210);
    }

    @Test
    void whatIsSignedInJavaOpenSshAccepts() throws Exception {
        OpenSsh ssh = new OpenSsh(folder);
        ssh.allow(lines(signers));
        int checked = 0;
        for (SshSigner signer : signers) {
            assertThat(signer.key().fingerprint())
                    .isEqualTo(ssh.fingerprint(signer.key().text()));
            for (int i = 0; i < 23; i++) {
                byte[] message = message();
                signer.says(i % 2 == 0 ? 0x01 : 0x05, random.nextInt());
                String signature =
                        signer.sign(message, NAMESPACE, HASHES.get(i % 2)).armored();
                assertThat(ssh.accepts(signature, message, NAMESPACE))
                        .as("%s, seed %s", signer.key().type(), seed)
                        .isTrue();
                assertThat(verify(signature, message, NAMESPACE))
                        .as("%s, seed %s", signer.key().type(), seed)
                        .isEqualTo(new Verdict.Signed(signer.key()));
                checked++;
            }
        }
        assertThat(checked).isEqualTo(207);
    }

    @Test
    void ofDamagedSignaturesBothSayTheSame() throws Exception {
        OpenSsh ssh = new OpenSsh(folder);
        ssh.allow(lines(signers));
        Set<SshKey> allowed = signers.stream().map(SshSigner::key).collect(Collectors.toSet());
        Map<String, Integer> figures = new TreeMap<>();
        for (int i = 0; i < 117; i++) {
            SshSigner signer = signers.get(i % signers.size());
            byte[] message = message();
            Change change = Change.values()[i / signers.size() % Change.values().length];
            SignatureParts parts = signer.sign(message, NAMESPACE, HASHES.get(random.nextInt(2)));
            String signature = changed(change, parts);
            byte[] said = change == Change.MESSAGE ? flipped(append(message, 1), -1) : message;
            String namespace = change == Change.ASKED_NAMESPACE ? "file" : NAMESPACE;

            Verdict verdict = verify(signature, said, namespace);
            boolean ours = verdict instanceof Verdict.Signed signed && allowed.contains(signed.key());
            boolean theirs = ssh.accepts(signature, said, namespace);
            assertThat(ours)
                    .as("%s of %s, seed %s: %s\n%s", change, signer.key().type(), seed, verdict, signature)
                    .isEqualTo(theirs);
            figures.merge(change + (ours ? " accepted" : " refused"), 1, Integer::sum);
        }
        System.out.println("damaged signatures, -Dgert.seed=" + seed + ": " + figures);
        assertThat(figures.keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Change.values())
                        .map(change -> change + (change.harmless ? " accepted" : " refused"))
                        .toList());
    }

    /** The table of {@link SshSignatureTest}: gert accepts nothing that OpenSSH does not, and is stricter in these. */
    @Test
    void ofTheTableGertAcceptsNothingMore() throws Exception {
        OpenSsh ssh = new OpenSsh(folder);
        List<String> stricter = new ArrayList<>();
        int both = 0;
        for (SshSignatureTest.Case one : SshSignatureTest.cases()) {
            String signature = new String(one.signature(), StandardCharsets.ISO_8859_1);
            ssh.allow(keyOf(one.signature()));
            boolean ours = one.said().startsWith("signed by");
            boolean theirs = ssh.accepts(signature, one.message(), one.namespace());
            assertThat(theirs || !ours).as(one.name()).isTrue();
            both += ours ? 1 : 0;
            if (theirs && !ours) {
                stricter.add(one.name());
            }
        }
        assertThat(both).isGreaterThan(10);
        assertThat(stricter)
                .containsExactlyInAnyOrder(
                        "version 0",
                        "a reserved part",
                        "a signature's number over the order",
                        "a key that everybody signs for",
                        "a security key that nobody touched",
                        "a security key that asked for a PIN and no touch",
                        "twice",
                        "another one behind it",
                        "words behind it",
                        "a space in a line");
    }

    /** The key that OpenSSH would find in a file, where there is one. */
    private static List<String> keyOf(byte[] file) {
        try {
            String text = new String(file, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("-----END SSH SIGNATURE-----");
            byte[] blob = SignatureParts.ofArmored(text.substring(0, end)).key();
            SshWire wire = new SshWire(blob, 0);
            return List.of(wire.text() + " " + Base64.getEncoder().encodeToString(blob));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return List.of();
        }
    }

    /** What is done to a signature; those that are harmless leave it one. */
    private enum Change {
        NONE(true),
        OTHER_LINES(true),
        LINE_ENDS_OF_DOS(false),
        BIT(false),
        BIT_OF_THE_SIGNATURE(false),
        MESSAGE(false),
        ASKED_NAMESPACE(false),
        NAMED_NAMESPACE(false),
        HASH(false),
        KEY(false),
        CUT(false),
        LONGER(false),
        VERSION(false);

        private final boolean harmless;

        Change(boolean harmless) {
            this.harmless = harmless;
        }
    }

    private String changed(Change change, SignatureParts parts) {
        byte[] blob = parts.blob();
        return switch (change) {
            case NONE, MESSAGE, ASKED_NAMESPACE -> parts.armored();
            case OTHER_LINES -> parts.armored().replaceAll("(?m)^([A-Za-z0-9+/=]{33})", "$1\n");
            case LINE_ENDS_OF_DOS -> parts.armored().replace("\n", "\r\n");
            case BIT -> SignatureParts.armored(flipped(blob, bitOutsideVersion(blob)));
            case BIT_OF_THE_SIGNATURE ->
                parts.withSignature(flipped(parts.signature(), random.nextInt(parts.signature().length * 8)))
                        .armored();
            case NAMED_NAMESPACE -> parts.withNamespace("file").armored();
            case HASH ->
                parts.withHash(parts.hash().equals("sha256") ? "sha512" : "sha256")
                        .armored();
            case KEY -> parts.withKey(other(parts.key())).armored();
            case CUT -> SignatureParts.armored(Arrays.copyOf(blob, random.nextInt(blob.length)));
            case LONGER -> SignatureParts.armored(append(blob, 1 + random.nextInt(40)));
            case VERSION -> parts.withVersion(2 + random.nextInt(3)).armored();
        };
    }

    /** OpenSSH takes version 0 for version 1. */
    private int bitOutsideVersion(byte[] blob) {
        int bit = random.nextInt(blob.length * 8 - 32);
        return bit < 6 * 8 ? bit : bit + 32;
    }

    private byte[] other(byte[] key) {
        byte[] other = key;
        while (Arrays.equals(other, key)) {
            other = signers.get(random.nextInt(signers.size())).blob();
        }
        return other;
    }

    /** {@code bit} -1: the last. */
    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        int at = bit < 0 ? bytes.length * 8 - 1 : bit;
        flipped[at / 8] ^= (byte) (1 << at % 8);
        return flipped;
    }

    private static byte[] append(byte[] bytes, int more) {
        return Arrays.copyOf(bytes, bytes.length + more);
    }

    /** A number with a needless zero before it. */
    @Test
    void numbersAreSpelledInOneWay() throws Exception {
        OpenSsh ssh = new OpenSsh(folder);
        SshSigner ecdsa = signers.get(1);
        ssh.allow(List.of(ecdsa.key().text()));
        byte[] message = message();
        SignatureParts parts = ecdsa.sign(message, NAMESPACE, "sha512");
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        for (BigInteger number : SshSigner.numbers(parts.signature())) {
            byte[] digits = number.toByteArray();
            SignatureParts.uint32(padded, digits.length + 1);
            padded.write(0);
            padded.writeBytes(digits);
        }
        String odd = parts.withSignature(SshSigner.blob("ecdsa-sha2-nistp256", padded.toByteArray()))
                .armored();
        assertThat(ssh.accepts(parts.armored(), message, NAMESPACE)).isTrue();
        assertThat(ssh.accepts(odd, message, NAMESPACE)).isTrue();
        assertThat(verify(odd, message, NAMESPACE))
                .isEqualTo(new Verdict.Refused("the signature does not fit the key and the message"));
    }
}

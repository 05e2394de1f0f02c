package dev.gert.approval;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.approval.SshSignature.Verdict;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is a signature, what is none, and why, as data; and that nothing that a file holds is thrown at anybody. */
class SshSignatureTest {
    private static final Path FILE = Path.of("src/test/cases/approval/signatures.yaml");

    record Case(String name, byte[] signature, byte[] message, String namespace, String said) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws IOException {
        YamlNode root = YamlReader.read(Source.of(FILE.toString(), Files.readString(FILE)), 0, new Diagnostics());
        List<Case> cases = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) requireNonNull(root)).items()) {
            YamlNode.Mapping map = (YamlNode.Mapping) item;
            cases.add(new Case(
                    text(map, "name", ""),
                    text(map, "signature", "").getBytes(StandardCharsets.ISO_8859_1),
                    text(map, "message", "yes\n").getBytes(StandardCharsets.UTF_8),
                    text(map, "namespace", "gert-approval-v1"),
                    text(map, "said", "")));
        }
        return cases;
    }

    private static String text(YamlNode.Mapping map, String key, String otherwise) {
        return map.get(key) instanceof YamlNode.Scalar scalar ? scalar.text() : otherwise;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhoSignedOrWhyNot(Case one) {
        Verdict verdict = SshSignature.verify(one.signature(), one.message(), one.namespace());
        String said = verdict instanceof Verdict.Signed signed
                ? "signed by " + signed.key().fingerprint()
                : ((Verdict.Refused) verdict).reason();
        assertThat(said).isEqualTo(one.said());
    }

    @Test
    void thereAreManyCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(40);
        assertThat(cases().stream().filter(one -> one.said().startsWith("signed by")))
                .hasSizeGreaterThan(6);
    }

    /** Good signatures of the table with one bit turned: each of those of Ed25519, some of the slower ones. */
    @Test
    void noBitMayTurn() throws IOException {
        int tried = 0;
        for (Case one : cases()) {
            if (!one.name().startsWith("made by")) {
                continue;
            }
            int step = one.name().endsWith("ssh-ed25519") ? 1 : 23;
            byte[] blob = SignatureParts.ofArmored(new String(one.signature(), StandardCharsets.ISO_8859_1))
                    .blob();
            for (int bit = 0; bit < blob.length * 8; bit += step) {
                byte[] turned = blob.clone();
                turned[bit / 8] ^= (byte) (1 << bit % 8);
                byte[] file = SignatureParts.armored(turned).getBytes(StandardCharsets.US_ASCII);
                assertThat(SshSignature.verify(file, one.message(), one.namespace()))
                        .as("%s, bit %s", one.name(), bit)
                        .isInstanceOf(Verdict.Refused.class);
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(2000);
    }

    @Test
    void nothingIsThrown() throws IOException {
        long seed = Long.getLong("gert.seed", 20261123L);
        Random random = new Random(seed);
        List<Case> cases = cases();
        for (int i = 0; i < 2000; i++) {
            Case one = cases.get(random.nextInt(cases.size()));
            byte[] file = one.signature().clone();
            for (int n = random.nextInt(5); n > 0 && file.length > 0; n--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            file = Arrays.copyOf(file, random.nextInt(4) == 0 ? random.nextInt(file.length + 5) : file.length);
            Verdict verdict = SshSignature.verify(file, one.message(), one.namespace());
            if (verdict instanceof Verdict.Refused refused) {
                assertThat(refused.reason()).as("seed %s", seed).isNotEmpty().matches("[ -~\u2026]+");
            } else {
                assertThat(one.said()).as("seed %s", seed).startsWith("signed by");
            }
        }
    }

    @Test
    void hugeFilesAreNotRead() {
        byte[] file = new byte[SshSignature.LARGEST + 1];
        Arrays.fill(file, (byte) '\n');
        assertThat(SshSignature.verify(file, new byte[0], "n"))
                .isEqualTo(new Verdict.Refused("it is larger than 32768 bytes"));
        assertThat(SshSignature.verify(new byte[SshSignature.LARGEST], new byte[0], "n"))
                .isEqualTo(new Verdict.Refused("it does not begin with `-----BEGIN SSH SIGNATURE-----`"));
    }
}

package dev.gert.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Public keys, and what looks like one, as data: the fingerprint that {@code ssh-keygen -l} prints, or why not. */
class SshKeyTest {
    private static final Path FILE = Path.of("src/test/cases/policy/ssh-keys.yaml");

    record Case(String name, String line, String said) {
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
            cases.add(new Case(text(map, "name"), text(map, "line"), text(map, "said")));
        }
        return cases;
    }

    private static String text(YamlNode.Mapping map, String key) {
        return ((YamlNode.Scalar) requireNonNull(map.get(key))).text();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAKeyOrSaysWhyNot(Case one) {
        SshKey.Reading reading = SshKey.ofLine(one.line());
        assertThat(
                        reading instanceof SshKey.Reading.Good good
                                ? good.key().fingerprint()
                                : ((SshKey.Reading.Bad) reading).reason())
                .isEqualTo(one.said());
        if (reading instanceof SshKey.Reading.Good good) {
            SshKey key = good.key();
            assertThat(one.line().replaceAll(" +", " ")).startsWith(key.text());
            SshKey again = ((SshKey.Reading.Good) SshKey.ofBlob(key.blob())).key();
            assertThat(again).isEqualTo(key).hasSameHashCodeAs(key);
        }
    }

    @Test
    void keysAreTheSameWhereTheirBlobsAre() throws IOException {
        List<SshKey> keys = new ArrayList<>();
        for (Case one : cases()) {
            if (SshKey.ofLine(one.line()) instanceof SshKey.Reading.Good good) {
                keys.add(good.key());
            }
        }
        assertThat(keys).hasSizeGreaterThan(8);
        for (SshKey one : keys) {
            for (SshKey other : keys) {
                assertThat(one.equals(other)).isEqualTo(one.text().equals(other.text()));
            }
        }
    }

    @Test
    void noBlobIsThrown() throws IOException {
        long seed = Long.getLong("gert.seed", 20261123L);
        Random random = new Random(seed);
        List<byte[]> blobs = new ArrayList<>();
        for (Case one : cases()) {
            if (SshKey.ofLine(one.line()) instanceof SshKey.Reading.Good good) {
                blobs.add(good.key().blob());
            }
        }
        for (int i = 0; i < 3000; i++) {
            byte[] blob = blobs.get(random.nextInt(blobs.size())).clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                blob[random.nextInt(blob.length)] = (byte) random.nextInt(256);
            }
            SshKey.Reading reading = SshKey.ofBlob(blob);
            if (reading instanceof SshKey.Reading.Good good) {
                assertThat(good.key().blob()).as("seed %s", seed).isEqualTo(blob);
            } else {
                assertThat(((SshKey.Reading.Bad) reading).reason())
                        .as("seed %s", seed)
                        .matches("[ -~\u2026]+");
            }
        }
    }
}

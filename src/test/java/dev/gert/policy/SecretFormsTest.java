package dev.gert.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Secrets in every form and every cut; what holds none is let through as it is (threats.md, "Output"). */
class SecretFormsTest {
    private static final long SEED = Long.getLong("gert.seed", 20260305L);
    private static final String LETTERS = "abcXYZ0189 '\"\\/+&<>%$`\n\té\u20ac\uD83D\uDE00_-=?~#";

    private static String random(Random random, int least, int most) {
        StringBuilder secret = new StringBuilder();
        int length = least + random.nextInt(most - least + 1);
        while (secret.codePointCount(0, secret.length()) < length) {
            int c = LETTERS.codePointAt(random.nextInt(LETTERS.length()));
            boolean half = Character.isBmpCodePoint(c) && Character.isSurrogate((char) c);
            secret.appendCodePoint(half ? 'q' : random.nextInt(3) == 0 ? c : 'g' + random.nextInt(20));
        }
        return "Z" + secret.toString().strip() + "Q";
    }

    private static String through(Redactor redactor, byte[] input, Random cuts, int most) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RedactingStream stream = redactor.stream(out::write);
        int i = 0;
        while (i < input.length) {
            int length = Math.min(input.length - i, 1 + cuts.nextInt(most));
            stream.write(input, i, length);
            i += length;
        }
        stream.finish();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void noFormOfASecretComesThroughWhateverTheCuts() {
        Random random = new Random(SEED);
        for (int round = 0; round < 60; round++) {
            String secret = random(random, 6, round % 10 == 0 ? 150 : 30);
            Redactor redactor =
                    Redactor.of(List.of()).withSecret(random(random, 6, 20)).withSecret(secret);
            for (String form : SecretForms.of(secret)) {
                String text = "<<" + form + "|" + form + ">>";
                String seen = through(redactor, text.getBytes(StandardCharsets.UTF_8), random, 1 + random.nextInt(9));
                assertThat(seen).as("%s of %s, seed %s", form, secret, SEED).doesNotContain(form);
                assertThat(seen)
                        .as("%s of %s, seed %s", form, secret, SEED)
                        .startsWith("<<***")
                        .endsWith("***>>");
            }
        }
    }

    @Test
    void noFormComesThroughCutAtEveryPlace() {
        String secret = "Zk'9 \"é/+\\\nq\uD83D\uDE00-end&Q";
        Redactor redactor = Redactor.of(List.of()).withSecret(secret);
        for (String form : SecretForms.of(secret)) {
            byte[] bytes = ("a" + form + "b").getBytes(StandardCharsets.UTF_8);
            for (int cut = 1; cut < bytes.length; cut++) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                RedactingStream stream = redactor.stream(out::write);
                stream.write(bytes, 0, cut);
                stream.write(bytes, cut, bytes.length - cut);
                stream.finish();
                assertThat(out).as("%s, cut at %s", form, cut).hasToString("a***b");
            }
        }
    }

    /** Base64 of a text that the secret is somewhere in: what stays can't be decoded to it. */
    @Test
    void noLongTextInBase64GivesItAway() {
        Random random = new Random(SEED);
        for (int round = 0; round < 400; round++) {
            String secret = random(random, 12, 40);
            Redactor redactor = Redactor.of(List.of()).withSecret(secret);
            byte[] text = ("p".repeat(random.nextInt(100)) + secret + "s".repeat(random.nextInt(100)))
                    .getBytes(StandardCharsets.UTF_8);
            int width = random.nextBoolean() ? 64 : 76;
            Base64.Encoder encoder = Base64.getMimeEncoder(width, new byte[] {'\n'});
            String seen = through(redactor, encoder.encode(text), random, 20);
            assertThat(seen).as("seed %s", SEED).contains("***");
            List<String> around = new ArrayList<>(List.of(seen.replace("\n", "").split("\\*\\*\\*", -1)));
            String own = Base64.getEncoder().encodeToString(text);
            assertThat(around).as("%s in %s, seed %s", secret, own, SEED).hasSize(2);
            int hidden = own.length() - around.get(0).length() - around.get(1).length();
            int length = secret.getBytes(StandardCharsets.UTF_8).length;
            assertThat(hidden).as("seed %s", SEED).isGreaterThanOrEqualTo((length * 8 - 10) / 6);
        }
    }

    @Test
    void whatHoldsNoSecretIsLetThroughAsItIs() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            Redactor redactor = Redactor.of(List.of());
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                redactor = redactor.withSecret(random(random, 10, 60));
            }
            byte[] bytes = new byte[random.nextInt(2000)];
            random.nextBytes(bytes);
            String bits = Base64.getMimeEncoder().encodeToString(bytes) + "\n" + random(random, 300, 400)
                    + "\\u0041%41\\x41'\\''\\n \\\\";
            assertThat(through(redactor, bits.getBytes(StandardCharsets.UTF_8), random, 50))
                    .as("seed %s", SEED)
                    .isEqualTo(bits);
        }
    }

    /** More states than are kept, and a secret whose every end is a beginning. */
    @Test
    void memoryIsBoundedAndNothingIsLostByIt() {
        Random random = new Random(SEED);
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            secrets.add(random(random, 20, 40).replace('\n', 'n'));
        }
        Redactor redactor = Redactor.of(List.of()).withSecrets(secrets).withSecret("ab".repeat(5000));
        StringBuilder text = new StringBuilder();
        StringBuilder wanted = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            String secret = secrets.get(random.nextInt(secrets.size()));
            text.append(secret, 0, secret.length() - 1)
                    .append("!\n")
                    .append(secret)
                    .append(";");
            wanted.append(secret, 0, secret.length() - 1)
                    .append("!\n")
                    .append("***")
                    .append(";");
        }
        String seen = through(redactor, text.toString().getBytes(StandardCharsets.UTF_8), random, 5000);
        assertThat(seen.equals(wanted.toString())).as("seed %s", SEED).isTrue();
        assertThat(redactor.safe("x" + "ab".repeat(5000) + "x").text())
                .startsWith("x***")
                .endsWith("***x");
    }

    @Test
    void ofOutputThatIsASecretAsAWholeNothingIsSeen() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RedactingStream stream = Redactor.ofAll().stream(out::write);
        stream.write(new byte[] {'a'}, 0, 1);
        stream.write(new byte[] {'b'}, 0, 1);
        stream.finish();
        assertThat(out).hasToString("***\n");
        assertThat(stream.redacted()).isTrue();
    }
}

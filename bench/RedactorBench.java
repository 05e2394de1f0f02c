import dev.gert.diagnostic.Diagnostics;
import dev.gert.policy.RedactRule;
import dev.gert.policy.RedactingStream;
import dev.gert.policy.Redactor;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How fast output goes through the redactor, and how much memory that takes:
 * {@code java -Xmx64m -cp target/gert.jar bench/RedactorBench.java [ROUNDS]}, after {@code ./mvnw package}. Judges
 * nothing unless {@code GERT_BENCH_CHECK=1} asks it to fail where a budget is passed.
 */
public final class RedactorBench {
    private static final int CHUNK = 64 << 10;
    private static boolean passed = true;

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        byte[] log = log(false);
        byte[] passwords = log(true);
        byte[] line = new byte[CHUNK];
        Arrays.fill(line, (byte) 'x');
        Random random = new Random(7);
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            StringBuilder secret = new StringBuilder();
            for (int k = 0; k < 40; k++) {
                secret.append((char) ('!' + random.nextInt(94)));
            }
            secrets.add(secret.toString());
        }
        Redactor none = Redactor.of(List.of());
        Redactor one = none.withSecret(secrets.get(0));
        Redactor hundred = none.withSecrets(secrets);
        Redactor led = rules("password=([^&\\s]+)", "(?i)authorization: bearer \\S+");
        Redactor rest = rules("\\b[A-Z0-9]{20}\\b", "[a-z]+@[a-z]+\\.(com|org)");
        budget("one secret, in all its forms", one, log, 50, rounds);
        budget("100 secrets, in all their forms", hundred, log, 50, rounds);
        budget("rules with a required literal", led, log, 50, rounds);
        budget("the same, a match on every 20th line", led, passwords, 50, rounds);
        budget("both, on a line without an end", led.withSecrets(secrets), line, 50, rounds);
        budget("rules without a required literal", rest, log, 4, rounds);
        memory(led.withSecrets(secrets), line);
        if (!passed && "1".equals(System.getenv("GERT_BENCH_CHECK"))) {
            System.exit(1);
        }
    }

    private static byte[] log(boolean passwords) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 4 << 20; i++) {
            text.append("2026-11-23T10:15:0").append(i % 10).append(".123456Z INFO  [worker-").append(i % 32);
            text.append("] c.e.gateway.Router - GET /v1/nodes/").append(i * 7919L % 100_000).append(" 200 \"in ");
            text.append(i % 97).append(" ms\" path=C:\\\\x%20y");
            text.append(passwords && i % 20 == 0 ? " password=hunter2hunter2&next=1\n" : " id=4f21c9aa\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Redactor rules(String... patterns) {
        List<RedactRule> rules = new ArrayList<>();
        for (String pattern : patterns) {
            rules.add(RedactRule.parse(scalar(pattern), scalar("***"), new Diagnostics()));
        }
        return Redactor.of(rules);
    }

    private static YamlNode.Scalar scalar(String text) {
        return new YamlNode.Scalar(
                text, YamlNode.Scalar.Kind.TEXT, Source.of("bench", text).span(0, text.length()));
    }

    private static void budget(String name, Redactor redactor, byte[] input, double least, int rounds) {
        double[] rates = new double[rounds];
        int repeats = Math.max(1, (8 << 20) / input.length);
        for (int round = -2; round < rounds; round++) {
            long start = System.nanoTime();
            RedactingStream stream = redactor.stream((bytes, offset, length) -> {});
            for (int i = 0; i < repeats; i++) {
                for (int at = 0; at < input.length; at += CHUNK) {
                    stream.write(input, at, Math.min(CHUNK, input.length - at));
                }
            }
            stream.finish();
            if (round >= 0) {
                rates[round] = (double) repeats * input.length * 1e3 / (System.nanoTime() - start);
            }
        }
        Arrays.sort(rates);
        double median = rates[rounds / 2];
        boolean within = median >= least;
        passed &= within;
        System.out.printf(
                Locale.ROOT, "%-46s %7.1f MB/s  %s %.0f%n", name, median, within ? "at least" : "UNDER", least);
    }

    /** A gigabyte without a newline, in a virtual machine that is told how much it may have. */
    private static void memory(Redactor redactor, byte[] chunk) {
        long[] out = {0};
        RedactingStream stream = redactor.stream((bytes, offset, length) -> out[0] += length);
        for (int i = 0; i < (1 << 30) / CHUNK; i++) {
            stream.write(chunk, 0, chunk.length);
        }
        stream.finish();
        long most = Runtime.getRuntime().maxMemory() >> 20;
        boolean within = most <= 64 && out[0] == 1L << 30;
        passed &= within;
        System.out.printf(
                Locale.ROOT, "%-46s %7d MiB   %s 64%n", "1 GiB without a newline, most memory", most, within ? "within" : "OVER");
    }
}

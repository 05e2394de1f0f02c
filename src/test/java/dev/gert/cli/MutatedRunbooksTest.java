package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gert validate} of runbooks with random damage: always an answer, never a stack trace. */
class MutatedRunbooksTest {
    private static final int ROUNDS = Integer.getInteger("gert.mutations", 2000);
    private static final String[] SCRAPS = {
        "{{",
        "}}",
        "\"",
        "'",
        ": ",
        "- ",
        "\n",
        "\t",
        "&a ",
        "*a",
        "!!str ",
        "<<: ",
        "|",
        ">",
        "[",
        "]",
        "{",
        "}",
        "#",
        "\u0000",
        "\ud83d\ude00",
        "\u0085",
        "~",
        "null",
        "1e99999",
        "(((((",
        "and",
        "==",
        "$.a[",
        "---\n",
        "?",
        "%",
        "\\"
    };

    @Test
    void alwaysAnswers(@TempDir Path folder) throws IOException {
        long seed = Long.getLong("gert.seed", System.nanoTime());
        System.out.println("mutated runbooks: seed " + seed + ", " + ROUNDS + " rounds");
        Random random = new Random(seed);
        List<byte[]> originals = originals();
        Path file = folder.resolve("x.runbook.yaml");
        Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\ndeny_commands: [rm]\n");
        int broken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] text = originals.get(random.nextInt(originals.size()));
            for (int i = random.nextInt(3); i >= 0; i--) {
                text = mutate(text, originals, random);
            }
            Files.write(file, text);
            byte[] tried = text;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exit = org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(60),
                    () -> validate(folder, out, err),
                    () -> "a hang; seed " + seed + ":\n" + new String(tried, StandardCharsets.UTF_8));
            String said = out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
            assertThat(exit)
                    .as(
                            "seed %d, round %d:\n%s\nsaid:\n%s",
                            seed, round, new String(text, StandardCharsets.UTF_8), said)
                    .isIn(0, 1);
            assertThat(said).doesNotContain("Exception", "\tat ");
            assertThat(exit == 1).isEqualTo(said.contains("error["));
            broken += exit;
        }
        assertThat(broken).isGreaterThan(ROUNDS / 2);
    }

    private static int validate(Path folder, ByteArrayOutputStream out, ByteArrayOutputStream err) throws IOException {
        Map<String, String> env = Map.of("LANG", "C.UTF-8");
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                out,
                err,
                env,
                folder.toRealPath(),
                TerminalFacts.of(null, null, null, env));
        return Cli.run(new String[] {"validate", "x.runbook.yaml"}, io);
    }

    private static List<byte[]> originals() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(Path.of("src/test/cases/snippets"))) {
            files = Stream.concat(
                            Stream.of(Path.of("runbooks/host-triage.runbook.yaml")),
                            found.filter(p -> p.endsWith("x.runbook.yaml")))
                    .sorted()
                    .toList();
        }
        return files.stream()
                .map(file -> {
                    try {
                        return Files.readAllBytes(file);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .filter(bytes -> bytes.length > 0)
                .toList();
    }

    private static byte[] mutate(byte[] text, List<byte[]> others, Random random) {
        int at = random.nextInt(text.length + 1);
        int end = Math.min(text.length, at + random.nextInt(40));
        byte[] put = switch (random.nextInt(5)) {
            case 0 -> new byte[0];
            case 1 -> SCRAPS[random.nextInt(SCRAPS.length)].getBytes(StandardCharsets.UTF_8);
            case 2 -> new byte[] {(byte) random.nextInt(256)};
            case 3 -> java.util.Arrays.copyOfRange(text, at, end);
            default -> piece(others.get(random.nextInt(others.size())), random);
        };
        boolean replaces = random.nextBoolean();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text, 0, at);
        out.writeBytes(put);
        int rest = replaces ? end : at;
        out.write(text, rest, text.length - rest);
        return out.size() == 0 ? new byte[] {'x'} : out.toByteArray();
    }

    private static byte[] piece(byte[] of, Random random) {
        int from = random.nextInt(of.length);
        return java.util.Arrays.copyOfRange(of, from, Math.min(of.length, from + random.nextInt(80)));
    }
}

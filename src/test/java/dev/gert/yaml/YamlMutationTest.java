package dev.gert.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.render.DiagnosticJson;
import dev.gert.render.DiagnosticText;
import dev.gert.source.Source;
import dev.gert.source.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Damaged runbooks: always an answer, a place inside the file, and spans that fit into one another. */
class YamlMutationTest {
    private static final int MUTATIONS = Integer.getInteger("gert.yaml.mutations", 2000);

    private static final String RUNBOOK = """
            # a runbook
            apiVersion: runbook/v0
            tools: [curl, "kubectl"]
            meta:
              name: login-check
              description: >-
                Check the login rate,
                then act.
              vars: {region: westeurope, empty: '', quoted: "a\\tb\\u00e9"}
              inputs:
                server: {from: prompt, pattern: "^[a-z]+$", required: true}
            steps:
              - &first
                id: one
                type: cli
                title: "Check {{ .server }} \uD83D\uDE00"
                with:
                  argv: [kubectl, get, pods, -n, '{{ .server }}']
                  stdin: |
                    line one
                      line two

                capture: {out: stdout}
              - id: two
                type: manual
                instructions: it''s "fine"
                timeout: 10m
                outcomes:
                - {when: 'out == "0"', state: resolved}
                - ~
              - *first
            """;

    private static final String[] PIECES = {
        "- ",
        ": ",
        "\n",
        "\t",
        "  ",
        "[",
        "]",
        "{",
        "}",
        "'",
        "\"",
        "#",
        "&a ",
        "*a ",
        "!t ",
        "!!str ",
        "? ",
        "|",
        ">",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "<<: ",
        "\\",
        "\\x",
        "\\u12",
        "{{",
        "}}",
        ",",
        "@",
        "`",
        "\r",
        "\u0000",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\uD83D\uDE00",
        "~",
        "null",
        "0x",
        "\\UFFFFFFFF",
        "\"\\",
        "key:\n"
    };

    @Test
    void everyDamageIsAnswered() {
        long seed = Long.getLong("gert.seed", 20261123);
        System.out.println("YamlMutationTest seed " + seed + " (repeat it with -Dgert.seed=" + seed + ")");
        Random random = new Random(seed);
        byte[] original = RUNBOOK.getBytes(StandardCharsets.UTF_8);
        int read = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = original;
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                bytes = mutate(bytes, random);
            }
            byte[] damaged = bytes;
            read += Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> answer(damaged) ? 1 : 0,
                    () -> "mutation of seed " + seed + ":\n" + new String(damaged, StandardCharsets.UTF_8));
        }
        assertThat(read).isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(4) == 0 ? 60 : 3));
        byte[] before = Arrays.copyOf(bytes, at);
        byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
        byte[] after = Arrays.copyOfRange(bytes, at + length, bytes.length);
        return switch (random.nextInt(5)) {
            case 0 -> join(before, after);
            case 1 -> join(before, piece, piece, after);
            case 2 -> join(before, new byte[] {(byte) random.nextInt(256)}, piece, after);
            case 3 -> join(before, text(random), piece, after);
            default -> join(before, text(random), after);
        };
    }

    private static byte[] text(Random random) {
        return PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    /** Whether it could be read. */
    private static boolean answer(byte[] bytes) {
        Diagnostics diagnostics = new Diagnostics();
        Source source = YamlReader.decode("x.yaml", bytes, diagnostics);
        YamlNode node = source == null ? null : YamlReader.read(source, 50, diagnostics);
        List<Diagnostic> sorted = diagnostics.sorted();
        if (node == null) {
            assertThat(diagnostics.hasErrors()).isTrue();
        } else {
            checkSpans(node);
        }
        for (Diagnostic diagnostic : sorted) {
            assertThat(diagnostic.primary()).isNotNull();
            assertThat(diagnostic.message())
                    .as(() -> new String(bytes, StandardCharsets.UTF_8))
                    .isNotEqualTo("this is not valid YAML");
        }
        assertThat(DiagnosticText.render(sorted, true, false)).doesNotContain("\0", "\u0085");
        assertThat(DiagnosticJson.render(sorted, 1)).contains("\"files\": 1");
        return node != null && !diagnostics.hasErrors();
    }

    /** A node's span is in the text, begins and ends with its own characters, and holds its parts in order. */
    private static void checkSpans(YamlNode node) {
        Span span = node.span();
        String text = span.source().text();
        assertThat(span.start()).isBetween(0, span.end());
        assertThat(span.end()).isLessThanOrEqualTo(text.length());
        if (span.end() > span.start()) {
            String covered = text.substring(span.start(), span.end());
            assertThat(covered).doesNotStartWith(" ").doesNotStartWith("\n").doesNotStartWith("\t");
            assertThat(covered).doesNotEndWith(" ").doesNotEndWith("\n").doesNotEndWith("\r");
        }
        if (node instanceof YamlNode.Sequence sequence) {
            for (YamlNode item : sequence.items()) {
                checkSpans(item);
            }
        } else if (node instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                assertThat(entry.key().span().start()).isGreaterThanOrEqualTo(span.start());
                assertThat(entry.key().span().end()).isLessThanOrEqualTo(span.end());
                checkSpans(entry.key());
                checkSpans(entry.value());
            }
        }
    }
}

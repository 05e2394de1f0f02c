package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written as YAML is read back letter for letter. */
class YamlTextTest {
    private static final String[] PIECES = {
        "a",
        "B9",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "\r",
        "\r\n",
        "'",
        "\"",
        "\\",
        "#",
        " #",
        ": ",
        ":",
        "- ",
        "---",
        "...",
        "%",
        "&a",
        "*a",
        "!x",
        "|",
        ">",
        "[",
        "]",
        "{",
        "}",
        "{{ .x }}",
        ",",
        "?",
        "@",
        "`",
        "~",
        "null",
        "Null",
        "NULL",
        "TRUE",
        "yes",
        "1.10",
        "010",
        "0x1",
        "<<",
        "=",
        "\u0001",
        "\u001b[0m",
        "\u007f",
        "\u0085",
        "\u009f",
        "\u00a0",
        "\u00ad",
        "é",
        "\u061c",
        "\u200b",
        "\u200e",
        "\u2028",
        "\u2029",
        "\u202e",
        "\ufeff",
        "\ufdd0",
        "\ufffd",
        "\ufffe",
        "\uffff",
        "\ud83d\ude00",
        "日本",
        "x".repeat(500)
    };

    @Test
    void anyTextSurvives() {
        long seed = System.nanoTime();
        System.out.println("YamlTextTest seed " + seed);
        Random random = new Random(seed);
        for (String piece : PIECES) {
            survives(piece, seed);
        }
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n >= 0; n--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            survives(text.toString(), seed);
        }
    }

    private static void survives(String text, long seed) {
        // A key on its line has 1024 characters at most, whoever writes it.
        String key = "k" + (text.length() > 100 ? "" : text);
        String yaml = "a:\n  " + YamlText.of(key) + ": " + YamlText.of(text) + "\n  block: " + YamlText.block(text, 4)
                + "\n  list: " + YamlText.list(List.of(text, "b", text)) + "\nafter: x\n";
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of("x.yaml", yaml), 0, diagnostics);
        assertThat(diagnostics.sorted()).as("seed %d: %s", seed, yaml).isEmpty();
        YamlNode.Mapping map = (YamlNode.Mapping) root;
        YamlNode.Mapping inner = (YamlNode.Mapping) map.get("a");
        assertThat(text(inner.get(key))).as("seed %d: %s", seed, yaml).isEqualTo(text);
        assertThat(text(inner.get("block"))).as("seed %d: %s", seed, yaml).isEqualTo(text);
        YamlNode.Sequence list = (YamlNode.Sequence) inner.get("list");
        assertThat(text(list.items().get(2))).as("seed %d: %s", seed, yaml).isEqualTo(text);
        assertThat(text(map.get("after"))).isEqualTo("x");
    }

    private static String text(YamlNode node) {
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        assertThat(scalar.kind()).isEqualTo(YamlNode.Scalar.Kind.TEXT);
        return scalar.text();
    }

    @Test
    void linesThatPeopleReadAreABlock() {
        assertThat(YamlText.block("one\ntwo: 2\n", 6)).isEqualTo("|\n      one\n      two: 2");
        assertThat(YamlText.block("  one\n\ntwo", 6)).isEqualTo("|2-\n        one\n\n      two");
        assertThat(YamlText.block("one\ttwo\n", 6)).startsWith("\"");
    }
}

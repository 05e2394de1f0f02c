package dev.gert.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.render.DiagnosticText;
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

/** Broken tools, providers, project files and imports: nothing comes of them, and this is what is said. */
class BrokenFilesTest {
    private static final Path CASES = Path.of("src/test/cases/decode");

    record Case(String kind, String file, String said, String place) {
        @Override
        public String toString() {
            return place;
        }
    }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String kind : List.of("tool", "provider", "project", "imports", "tools")) {
            Path file = CASES.resolve(kind + ".yaml");
            Source source = Source.of(file.toString(), Files.readString(file));
            YamlNode root = requireNonNull(YamlReader.read(source, 0, new Diagnostics()));
            for (YamlNode item : ((YamlNode.Sequence) root).items()) {
                YamlNode.Mapping map = (YamlNode.Mapping) item;
                cases.add(new Case(
                        kind,
                        text(map, "file"),
                        text(map, "said"),
                        kind + ".yaml:" + map.span().position().line()));
            }
        }
        assertThat(cases).hasSizeGreaterThan(45);
        return cases;
    }

    private static String text(YamlNode.Mapping map, String key) {
        return ((YamlNode.Scalar) requireNonNull(map.get(key))).text();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysExactlyThis(Case broken) {
        Diagnostics diagnostics = new Diagnostics();
        boolean decoded = decode(broken.kind(), broken.file(), diagnostics);
        assertThat(DiagnosticText.render(diagnostics.sorted(), false, true)).isEqualTo(broken.said());
        assertThat(decoded).isFalse();
    }

    private static boolean decode(String kind, String text, Diagnostics diagnostics) {
        Source source = Source.of(kind.equals("project") ? "gert.yaml" : "x." + kind + ".yaml", text);
        switch (kind) {
            case "tool":
                return ToolDecoder.decode(source, diagnostics) != null;
            case "provider":
                return ProviderDecoder.decode(source, diagnostics) != null;
            case "project":
                return ProjectDecoder.decode(source, diagnostics) != null;
            default:
                YamlNode node = YamlReader.read(source, 0, diagnostics);
                Imports.Kind which = kind.equals("tools") ? Imports.Kind.TOOLS : Imports.Kind.IMPORTS;
                return node != null && Imports.decode(node, which, diagnostics) != null && !diagnostics.hasErrors();
        }
    }

    @Test
    void mutatedFilesNeverThrow() throws IOException {
        long seed = Long.getLong("gert.seed", 20260301L);
        Random random = new Random(seed);
        String letters = "[]{}:'\"-*&!|>%@`\n\t\\ é\u0000a1,?#~.$";
        int decoded = 0;
        for (String kind : List.of("tool", "provider", "project", "imports")) {
            String whole = Files.readString(CASES.resolve("whole-" + kind + ".yaml"));
            for (int i = 0; i < 800; i++) {
                StringBuilder text = new StringBuilder(whole);
                for (int n = random.nextInt(4); n > 0; n--) {
                    int at = random.nextInt(text.length());
                    char c = letters.charAt(random.nextInt(letters.length()));
                    switch (random.nextInt(3)) {
                        case 0 -> text.setCharAt(at, c);
                        case 1 -> text.insert(at, c);
                        default -> text.deleteCharAt(at);
                    }
                }
                Diagnostics diagnostics = new Diagnostics();
                boolean good = decode(kind, text.toString(), diagnostics);
                assertThat(good).as("seed %s\n%s", seed, text).isEqualTo(!diagnostics.hasErrors());
                decoded += good ? 1 : 0;
            }
        }
        assertThat(decoded).as("seed %s", seed).isPositive();
    }
}

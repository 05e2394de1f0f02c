package dev.gert.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.render.DiagnosticText;
import dev.gert.source.Source;
import dev.gert.yaml.YamlCaseFile.YamlCase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every case of src/test/cases/yaml: an input and the exact text that it gives. */
class YamlCasesTest {
    private static final Path FOLDER = Path.of("src", "test", "cases", "yaml");

    @TestFactory
    Stream<DynamicContainer> cases() throws IOException {
        List<DynamicContainer> files = new ArrayList<>();
        for (YamlCaseFile file : files()) {
            Stream<DynamicTest> tests = file.cases().stream()
                    .map(one -> DynamicTest.dynamicTest(
                            one.name(), () -> assertThat(run(one)).isEqualTo(one.output())));
            files.add(
                    DynamicContainer.dynamicContainer(file.path().getFileName().toString(), tests));
        }
        return files.stream();
    }

    /** The cases are really found; with {@code -Dgert.cases=rewrite} their outputs are made anew, and it fails. */
    @Test
    void allCasesAreFound() throws IOException {
        int count = 0;
        for (YamlCaseFile file : files()) {
            count += file.cases().size();
            if ("rewrite".equals(System.getProperty("gert.cases"))) {
                List<String> outputs = new ArrayList<>();
                for (YamlCase one : file.cases()) {
                    outputs.add(run(one));
                }
                file.save(outputs);
            }
        }
        assertThat(count).isGreaterThanOrEqualTo(100);
        if ("rewrite".equals(System.getProperty("gert.cases"))) {
            fail("the outputs of " + count + " cases were written anew: read the difference");
        }
    }

    private static List<YamlCaseFile> files() throws IOException {
        List<YamlCaseFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(FOLDER)) {
            for (Path path : paths.sorted().toList()) {
                files.add(YamlCaseFile.load(path));
            }
        }
        return files;
    }

    private static String run(YamlCase one) {
        Diagnostics diagnostics = new Diagnostics();
        Source source = YamlReader.decode("x.yaml", bytes(one.input()), diagnostics);
        YamlNode node = source == null ? null : YamlReader.read(source, one.aliases(), diagnostics);
        StringBuilder out = new StringBuilder();
        if (node == null) {
            assertThat(diagnostics.hasErrors()).isTrue();
            out.append("nothing read\n");
        } else if (one.nodes()) {
            out.append(NodeDump.of(node));
        }
        out.append(DiagnosticText.render(diagnostics.sorted(), false, true));
        return out.isEmpty() ? "ok\n" : out.toString();
    }

    /** The input with its {@code <U+…>} and {@code <0x…>} put in; {@code <end>} takes the last line's end away. */
    private static byte[] bytes(String input) {
        String text = input.endsWith("<end>\n") ? input.substring(0, input.length() - 6) : input;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            int close = text.indexOf('>', at);
            if (text.startsWith("<U+", at)) {
                String point = Character.toString(Integer.parseInt(text.substring(at + 3, close), 16));
                out.writeBytes(point.getBytes(StandardCharsets.UTF_8));
                at = close + 1;
            } else if (text.startsWith("<0x", at)) {
                out.write(Integer.parseInt(text.substring(at + 3, close), 16));
                at = close + 1;
            } else {
                int next = text.offsetByCodePoints(at, 1);
                out.writeBytes(text.substring(at, next).getBytes(StandardCharsets.UTF_8));
                at = next;
            }
        }
        return out.toByteArray();
    }
}

package dev.gert.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code src/test/cases/threats.yaml} names tests that are there. */
class ThreatsTest {
    private static final Path FILE = Path.of("src/test/cases/threats.yaml");

    @Test
    void everyThreatHasItsTests() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of(FILE.toString(), Files.readString(FILE)), 0, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        List<String> missing = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) root).items()) {
            YamlNode.Mapping row = (YamlNode.Mapping) item;
            assertThat(row.get("threat")).isInstanceOf(YamlNode.Scalar.class);
            YamlNode.Sequence tests = (YamlNode.Sequence) row.get("tests");
            assertThat(tests.items()).isNotEmpty();
            for (YamlNode test : tests.items()) {
                String name = ((YamlNode.Scalar) test).text();
                if (!isTest(name)) {
                    missing.add(name);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean isTest(String name) {
        int hash = name.indexOf('#');
        try {
            Class<?> type = Class.forName("dev.gert." + name.substring(0, hash));
            for (Method method : type.getDeclaredMethods()) {
                boolean marked = Arrays.stream(method.getAnnotations())
                        .anyMatch(each -> each.annotationType().getSimpleName().endsWith("Test")
                                || each.annotationType().getSimpleName().equals("TestFactory"));
                if (method.getName().equals(name.substring(hash + 1)) && marked) {
                    return true;
                }
            }
            return false;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}

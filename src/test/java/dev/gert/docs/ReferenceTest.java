package dev.gert.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gert.decode.ProjectDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code docs/reference}: the tables below {@code <!-- keys of POINTER -->} are those of the JSON Schema
 * that {@code gert schema} prints, every place where keys can stand has one, and there is no other
 * table of keys. {@code -Dgert.cases.update=true} writes them anew, and still fails.
 */
class ReferenceTest {
    private static final String MARK = "<!-- keys of ";

    @ParameterizedTest
    @ValueSource(strings = {"runbook", "tool", "project"})
    void hasEveryKeyOfTheSchemaAndNoOther(String kind) throws IOException {
        Map<String, String> tables = new SchemaTables(kind).tables();
        Path page = Path.of("docs/reference", kind + ".md");
        List<String> lines = Files.readAllLines(page);
        List<String> fresh = new ArrayList<>();
        Map<String, String> found = new TreeMap<>();
        int unmarked = 0;
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            fresh.add(line);
            unmarked += line.startsWith("| key |") ? 1 : 0;
            if (line.startsWith(MARK)) {
                String pointer = line.substring(MARK.length(), line.length() - " -->".length());
                StringBuilder table = new StringBuilder();
                while (at + 1 < lines.size() && lines.get(at + 1).startsWith("|")) {
                    table.append(lines.get(++at)).append('\n');
                }
                assertThat(found.put(pointer, table.toString())).as(pointer).isNull();
                tables.getOrDefault(pointer, "").lines().forEach(fresh::add);
            }
        }
        assertThat(unmarked).as("tables of keys without a mark").isZero();
        assertThat(found.keySet()).isEqualTo(tables.keySet());
        if (!found.equals(tables) && Boolean.getBoolean("gert.cases.update")) {
            Files.write(page, fresh);
            fail(page + " was rewritten: look at it");
        }
        assertThat(found).isEqualTo(tables);
    }

    @Test
    void theProjectFileShownIsOne() throws IOException {
        String page = Files.readString(Path.of("docs/reference/project.md"));
        String shown = page.substring(page.indexOf("```yaml\n") + 8, page.lastIndexOf("```"));
        Diagnostics diagnostics = new Diagnostics();
        assertThat(ProjectDecoder.decode(Source.of("gert.yaml", shown), diagnostics))
                .isNotNull();
        assertThat(diagnostics.sorted()).isEmpty();
    }
}

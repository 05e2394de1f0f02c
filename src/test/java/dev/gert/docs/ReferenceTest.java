package dev.gert.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gert.decode.ProjectDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.plan.BuiltIns;
import dev.gert.policy.PolicyLayer;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
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
    private static final Pattern FIRST_WORD = Pattern.compile("`([A-Za-z]+) ");
    private static final Pattern FUNCTION = Pattern.compile("(?m)^ {4}[A-Z_]+\\(\"([A-Za-z]+)\"");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    @ParameterizedTest
    @ValueSource(strings = {"runbook", "tool", "roster", "governance", "project", "coverage", "runs", "stats"})
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
    void namesEveryFunctionAndEveryNameThatIsAlwaysThere() throws IOException {
        String page = Files.readString(Path.of("docs/reference/runbook.md"));
        String table = page.substring(page.indexOf("| call | result |"), page.indexOf("Text that is a JSON list"));
        Set<String> shown = new TreeSet<>();
        for (String line : table.stripTrailing().lines().skip(2).toList()) {
            String calls = line.split("\\|")[1];
            FIRST_WORD.matcher(calls).results().forEach(found -> shown.add(found.group(1)));
        }
        Set<String> functions = new TreeSet<>();
        FUNCTION.matcher(Files.readString(Path.of("src/main/java/dev/gert/expr/Function.java")))
                .results()
                .forEach(found -> functions.add(found.group(1)));
        assertThat(functions).hasSizeGreaterThan(20);
        assertThat(shown).isEqualTo(functions);

        String always = page.substring(page.indexOf("Always there to read:"));
        Set<String> names = new TreeSet<>(BuiltIns.NAMES);
        names.addAll(Set.of(BuiltIns.OUTCOME, "finally"));
        Set<String> said = new TreeSet<>();
        NAME.matcher(always).results().forEach(found -> said.add(found.group(1)));
        assertThat(said).isEqualTo(names);
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

    @Test
    void thePolicyShownIsOne() throws IOException {
        String page = Files.readString(Path.of("docs/reference/governance.md"));
        String shown = page.substring(page.indexOf("```yaml\n") + 8, page.lastIndexOf("```"));
        Diagnostics diagnostics = new Diagnostics();
        assertThat(PolicyLayer.read(Source.of("governance.yaml", shown), diagnostics))
                .isNotNull();
        assertThat(diagnostics.sorted()).isEmpty();
    }
}

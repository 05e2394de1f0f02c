package dev.gert.policy;

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

/** A roster with anything wrong gives nobody a say, and says what is wrong in these words. */
class RosterErrorsTest {
    private static final Path FILE = Path.of("src/test/cases/policy/roster-errors.yaml");

    record Case(String roster, String errors, String place) {
        @Override
        public String toString() {
            return place + " " + roster.lines().reduce("", (before, line) -> line);
        }
    }

    static List<Case> cases() throws IOException {
        YamlNode root = YamlReader.read(Source.of(FILE.toString(), Files.readString(FILE)), 0, new Diagnostics());
        List<Case> cases = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) requireNonNull(root)).items()) {
            YamlNode.Mapping map = (YamlNode.Mapping) item;
            cases.add(new Case(
                    text(map, "roster"),
                    text(map, "errors"),
                    "line " + map.span().position().line()));
        }
        return cases;
    }

    private static String text(YamlNode.Mapping map, String key) {
        return ((YamlNode.Scalar) requireNonNull(map.get(key))).text();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsWrong(Case wrong) {
        Diagnostics diagnostics = new Diagnostics();
        Roster roster = Roster.read(Source.of("roster.yaml", wrong.roster()), diagnostics);
        assertThat(roster).as("fails closed").isNull();
        assertThat(DiagnosticText.render(diagnostics.sorted(), false, true)).isEqualTo(wrong.errors());
    }

    @Test
    void thereAreManyCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(80);
    }

    /** Cut anywhere, a roster is refused or knows nobody who was not in it, nor for longer. */
    @Test
    void aFileCutAnywhereGivesNobodyMore() {
        Roster whole = requireNonNull(Roster.read(Source.of("r", RosterTest.TEXT), new Diagnostics()));
        int accepted = 0;
        for (int end = 0; end < RosterTest.TEXT.length(); end++) {
            Roster roster = Roster.read(Source.of("r", RosterTest.TEXT.substring(0, end)), new Diagnostics());
            if (roster == null) {
                continue;
            }
            accepted++;
            for (Roster.Person person : roster.people()) {
                for (Roster.Key key : person.keys()) {
                    Roster.Person owner =
                            requireNonNull(whole.personOfKey(key.ssh().base64()));
                    assertThat(owner.name()).startsWith(person.name());
                }
            }
        }
        assertThat(accepted).isPositive();
    }

    @Test
    void mutatedFilesNeverThrow() {
        long seed = Long.getLong("gert.seed", 20261123L);
        Random random = new Random(seed);
        String letters = "[]{}:'\"-*&!|>%@`\n\t\\ \u00e9\u0000a1,?#~=+/";
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder(RosterTest.TEXT);
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                int at = random.nextInt(text.length());
                char c = letters.charAt(random.nextInt(letters.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    default -> text.deleteCharAt(at);
                }
            }
            Diagnostics diagnostics = new Diagnostics();
            Roster roster = Roster.read(Source.of("r", text.toString()), diagnostics);
            assertThat(roster == null).as("seed %s\n%s", seed, text).isEqualTo(diagnostics.hasErrors());
        }
    }
}

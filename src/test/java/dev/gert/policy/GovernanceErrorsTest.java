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

/** A policy file with anything wrong gives no layer, and says what is wrong in these words. */
class GovernanceErrorsTest {
    private static final Path FILE = Path.of("src/test/cases/policy/governance-errors.yaml");

    record Case(String policy, String errors, String place) {
        @Override
        public String toString() {
            return place + " " + policy.lines().findFirst().orElse("");
        }
    }

    static List<Case> cases() throws IOException {
        YamlNode root = YamlReader.read(Source.of(FILE.toString(), Files.readString(FILE)), 0, new Diagnostics());
        List<Case> cases = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) requireNonNull(root)).items()) {
            YamlNode.Mapping map = (YamlNode.Mapping) item;
            cases.add(new Case(
                    text(map, "policy"),
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
        PolicyLayer layer = PolicyLayer.read(Source.of("governance.yaml", wrong.policy()), diagnostics);
        assertThat(layer).as("fails closed").isNull();
        assertThat(DiagnosticText.render(diagnostics.sorted(), false, true)).isEqualTo(wrong.errors());
    }

    @Test
    void aRunbooksPatternsAreHeldToTheSameRules() {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode.Scalar bad = RedactorTest.scalar("r\u043c");
        PolicyLayer layer = PolicyLayer.ofRunbook(
                Source.of("x.yaml", ""),
                new dev.gert.model.RunbookGovernance(
                        null, List.of(bad), List.of(), null, null, dev.gert.model.Limits.none()),
                diagnostics);
        assertThat(layer).isNull();
        assertThat(diagnostics.sorted().get(0).message()).isEqualTo("the pattern `r\\u{043C}` holds U+043C");
    }

    /** Cut anywhere, a policy is refused or says all that it said up to there: it never allows more. */
    @Test
    void aFileCutAnywhereIsNeverWider() {
        String whole = Layers.HEAD + "default: deny\nallow_commands: [kubectl, 'git log *']\nopaque_commands: allow\n";
        ResolvedCommand denied = Layers.command(List.of("rm", "x"), "/bin/rm", null, dev.gert.model.Effect.MUTATE);
        int accepted = 0;
        for (int end = 0; end < whole.length(); end++) {
            PolicyLayer layer = PolicyLayer.read(Source.of("g", whole.substring(0, end)), new Diagnostics());
            if (layer != null && end > Layers.HEAD.length() + "default: deny".length() - 1) {
                accepted++;
                assertThat(Policy.meet(List.of(layer)).decide(denied).word())
                        .as("cut at %s", end)
                        .isEqualTo("deny");
            }
        }
        assertThat(accepted).isPositive();
    }

    @Test
    void mutatedFilesNeverThrow() {
        long seed = Long.getLong("gert.seed", 20260104L);
        Random random = new Random(seed);
        String whole = Layers.HEAD
                + "deny_commands: [rm, 'git *']\nallow_commands: [\"a\"]\nread_commands: []\ndefault: deny\n"
                + "redact: [{pattern: 'a(b|c)+{2}', replace: x}]\ndeny_env_vars: [A_*]\nopaque_commands: deny\n";
        String letters = "[]{}:'\"-*&!|>%@`\n\t\\ é\u0000a1,?#~";
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder(whole);
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
            PolicyLayer layer = PolicyLayer.read(Source.of("g", text.toString()), diagnostics);
            assertThat(layer == null).as("seed %s\n%s", seed, text).isEqualTo(diagnostics.hasErrors());
        }
    }
}

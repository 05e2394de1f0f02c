package dev.gert.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code action.yml} as GitHub reads it, and the workflows that use it. */
class ActionFileTest {
    private static final Path ACTION = Path.of("action.yml");
    private static final Path SCRIPT = Path.of(".ci/action");
    private static final Path WORKFLOW = Path.of("src/main/resources/dev/gert/init/github/workflows/runbooks.yaml");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");
    private static final Pattern OUTPUT = Pattern.compile("steps\\.([a-z]+)\\.outputs\\.([a-z]+)");
    private static final Pattern VARIABLE = Pattern.compile("GERT_ACTION_[A-Z_]+");

    /** What the action metadata syntax has for a composite action. */
    private static final Set<String> STEP_KEYS =
            Set.of("id", "name", "if", "run", "shell", "env", "working-directory", "uses", "with", "continue-on-error");

    private final YamlNode.Mapping action = mapping(read(ACTION));

    @Test
    void itIsACompositeActionWithoutKeysThatGitHubDoesNotKnow() {
        assertThat(keys(action)).containsExactlyInAnyOrder("name", "description", "inputs", "runs");
        assertThat(text(action, "name")).isNotBlank();
        assertThat(text(action, "description")).isNotBlank();
        assertThat(keys(runs())).containsExactlyInAnyOrder("using", "steps");
        assertThat(text(runs(), "using")).isEqualTo("composite");
        for (YamlNode.Mapping step : steps()) {
            assertThat(STEP_KEYS).containsAll(keys(step));
            assertThat(keys(step).contains("run")).isNotEqualTo(keys(step).contains("uses"));
            assertThat(keys(step).contains("shell")).isEqualTo(keys(step).contains("run"));
            if (keys(step).contains("uses")) {
                assertThat(text(step, "uses")).matches("actions/[a-z-]+@v\\d+");
            }
        }
    }

    @Test
    void everyInputIsDeclaredUsedAndRead() throws IOException {
        Map<String, String> handed = new TreeMap<>();
        for (YamlNode.Mapping step : steps()) {
            if (keys(step).contains("env")) {
                YamlNode.Mapping env = mapping(step.get("env"));
                for (String name : keys(env)) {
                    Matcher matcher = EXPRESSION.matcher(text(env, name));
                    assertThat(matcher.matches()).as(name).isTrue();
                    assertThat(handed.put(matcher.group(1), name)).isNull();
                }
            }
        }
        Set<String> declared = new TreeSet<>();
        YamlNode.Mapping inputs = mapping(action.get("inputs"));
        for (String input : keys(inputs)) {
            YamlNode.Mapping about = mapping(inputs.get(input));
            assertThat(keys(about)).as(input).containsExactlyInAnyOrder("description", "default");
            assertThat(text(about, "description")).endsWith(".");
            declared.add("inputs." + input);
            assertThat(handed.get("inputs." + input))
                    .isEqualTo("GERT_ACTION_" + input.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
        assertThat(handed.keySet()).isEqualTo(declared);

        Set<String> read = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(Files.readString(SCRIPT));
        while (matcher.find()) {
            read.add(matcher.group());
        }
        assertThat(read).isEqualTo(new TreeSet<>(handed.values()));
    }

    /** A value that stands in a line is read as shell: whoever opens a pull request would choose what runs. */
    @Test
    void noExpressionStandsInAShellLine() {
        for (YamlNode.Mapping step : steps()) {
            if (keys(step).contains("run")) {
                assertThat(text(step, "run")).doesNotContain("${{");
            }
        }
        assertThat(Files.isExecutable(SCRIPT)).isTrue();
        List<YamlNode.Mapping> steps = steps();
        assertThat(text(steps.get(steps.size() - 1), "run")).isEqualTo("\"$GITHUB_ACTION_PATH/" + SCRIPT + "\"");
    }

    @Test
    void whatAStepAsksOfAnotherIsWrittenBeforeIt() {
        Set<String> written = new HashSet<>();
        int asked = 0;
        for (YamlNode.Mapping step : steps()) {
            if (keys(step).contains("if")) {
                Matcher matcher = OUTPUT.matcher(text(step, "if"));
                while (matcher.find()) {
                    asked++;
                    assertThat(written).contains(matcher.group());
                }
            }
            if (keys(step).contains("id")) {
                Matcher matcher = Pattern.compile("echo \"([a-z]+)=.*\" >> \"\\$GITHUB_OUTPUT\"")
                        .matcher(text(step, "run"));
                while (matcher.find()) {
                    written.add("steps." + text(step, "id") + ".outputs." + matcher.group(1));
                }
            }
        }
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void theFirstWorkflowUsesWhatTheActionTakes() {
        YamlNode.Mapping workflow = mapping(read(WORKFLOW));
        assertThat(keys(workflow)).containsExactlyInAnyOrder("name", "on", "permissions", "jobs");
        YamlNode.Mapping job = mapping(mapping(workflow.get("jobs")).get("runbooks"));
        List<YamlNode.Mapping> steps = mappings(job.get("steps"));
        YamlNode.Mapping checkout = steps.get(1);
        YamlNode.Mapping last = steps.get(2);
        assertThat(text(last, "uses")).isEqualTo("./" + text(mapping(checkout.get("with")), "path"));
        assertThat(keys(mapping(action.get("inputs")))).containsAll(keys(mapping(last.get("with"))));
    }

    private YamlNode.Mapping runs() {
        return mapping(action.get("runs"));
    }

    private List<YamlNode.Mapping> steps() {
        return mappings(runs().get("steps"));
    }

    private static YamlNode read(Path file) {
        try {
            Diagnostics diagnostics = new Diagnostics();
            YamlNode root = YamlReader.read(Source.of(file.toString(), Files.readString(file)), 0, diagnostics);
            assertThat(diagnostics.sorted()).isEmpty();
            return requireNonNull(root);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<YamlNode.Mapping> mappings(YamlNode node) {
        List<YamlNode.Mapping> mappings = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) node).items()) {
            mappings.add(mapping(item));
        }
        return mappings;
    }

    private static YamlNode.Mapping mapping(YamlNode node) {
        return (YamlNode.Mapping) requireNonNull(node);
    }

    private static String text(YamlNode.Mapping mapping, String key) {
        return ((YamlNode.Scalar) requireNonNull(mapping.get(key), key)).text();
    }

    private static List<String> keys(YamlNode.Mapping mapping) {
        return mapping.entries().stream().map(entry -> entry.key().text()).toList();
    }
}

package dev.gert.blackbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/how-to/pipelines.md}: its files are the ones of the repository, its jobs run line by line. */
class PipelinesPageIT {
    private static final Path PAGE = Path.of("docs/how-to/pipelines.md");
    private static final String SCENARIO = "scenarios/disk-space/made-room/expected.yaml";

    @TempDir
    Path folder;

    Workshop shop;
    String said = "";

    /** A repository of runbooks, one of gert that is built already, and an apt-get that does nothing. */
    @BeforeEach
    void repositories() throws Exception {
        shop = new Workshop(Files.createDirectory(folder.resolve("repository")));
        assertThat(shop.gert("init").exit()).isZero();
        shop.standIn("apt-get", "");
        Path gert = Files.createDirectories(folder.resolve("gert/target")).getParent();
        Files.copy(Path.of("gert"), gert.resolve("gert"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(Path.of(System.getProperty("gert.jar")), gert.resolve("target/gert.jar"));
        assertThat(shell("cd '" + gert + "' && git init -q && git add -f . && git -c user.name=x"
                        + " -c user.email=x@example.com commit -q -m gert"))
                .as(said)
                .isZero();
    }

    @Test
    void theWorkflowIsTheOneThatInitWrites() throws IOException {
        assertThat(block("yaml\n# Checks and tests"))
                .isEqualTo(
                        Files.readString(Path.of("src/main/resources/dev/gert/init/github/workflows/runbooks.yaml")));
    }

    @Test
    void theInputsAreTheOnesOfTheAction() throws IOException {
        StringBuilder table = new StringBuilder("| input | default | |\n|---|---|---|\n");
        YamlNode.Mapping inputs =
                mapping(mapping(yaml(Files.readString(Path.of("action.yml")))).get("inputs"));
        for (YamlNode.Entry input : inputs.entries()) {
            String byDefault = text(mapping(input.value()), "default");
            table.append("| `").append(input.key().text()).append("` | ");
            table.append(byDefault.isEmpty() ? "" : "`" + byDefault + "`").append(" | ");
            table.append(text(mapping(input.value()), "description")).append(" |\n");
        }
        assertThat(Files.readString(PAGE)).contains("\n\n" + table + "\n");
    }

    @Test
    void theJobOnGitLabRuns() throws Exception {
        YamlNode.Mapping job =
                mapping(mapping(yaml(block("yaml\n# .gitlab-ci.yml"))).get("runbooks"));
        assertThat(job.entries().stream().map(entry -> entry.key().text()))
                .containsExactly("image", "before_script", "script", "coverage", "artifacts");
        List<String> lines = new ArrayList<>(List.of("set -e"));
        lines.addAll(texts(job, "before_script"));
        lines.addAll(texts(job, "script"));
        String script = String.join("\n", lines);

        assertThat(shell(script)).as(said).isZero();
        assertThat(shop.ran()).hasSize(2).last().asString().contains("openjdk-17-jdk-headless", " git ");
        assertThat(covered(text(job, "coverage"))).isEqualTo("100");
        YamlNode.Mapping artifacts = mapping(job.get("artifacts"));
        assertThat(shop.folder.resolve(text(mapping(artifacts.get("reports")), "junit")))
                .content()
                .contains("<testsuites name=\"gert test\" tests=\"8\" failures=\"0\"");
        assertThat(shop.folder.resolve(texts(artifacts, "paths").get(0))).isNotEmptyDirectory();

        breakAScenario();
        assertThat(shell("rm -rf .gert\n" + script)).isEqualTo(1);
        assertThat(shop.folder.resolve("gert-tests.xml")).content().contains("failures=\"1\"");
    }

    @Test
    void theStageOnJenkinsRuns() throws Exception {
        String file = block("groovy\n// Jenkinsfile");
        List<String> lines = new ArrayList<>();
        int depth = 0;
        for (String line : file.lines().toList()) {
            String word = line.strip();
            if (word.startsWith("sh ")) {
                assertThat(word).matches("sh '[^'\\\\]+'");
                lines.add(word.substring("sh '".length(), word.length() - 1));
            }
            depth += word.endsWith("{") ? 1 : word.equals("}") ? -1 : 0;
            assertThat(depth).isNotNegative();
        }
        assertThat(depth).isZero();
        assertThat(lines).hasSize(5);
        for (int times = 0; times < 2; times++) {
            for (String line : lines) {
                assertThat(shell(line)).as(line + "\n" + said).isZero();
            }
        }
        assertThat(file).contains("junit testResults: 'gert-tests.xml'", "artifacts: 'reports/coverage/*.json'");
        assertThat(shop.folder.resolve("gert-tests.xml")).content().contains("tests=\"8\" failures=\"0\"");
        assertThat(shop.folder.resolve("reports/coverage/runbooks__disk-space.runbook.yaml.json"))
                .isRegularFile();

        breakAScenario();
        assertThat(shell(lines.get(3))).isEqualTo(1);
        assertThat(shell(lines.get(4))).isEqualTo(1);
    }

    @Test
    void theHooksAreThere() throws IOException {
        YamlNode.Mapping repository = mapping(((YamlNode.Sequence)
                        requireNonNull(mapping(yaml(block("yaml\nrepos:"))).get("repos")))
                .items()
                .get(0));
        List<String> hooks = new ArrayList<>();
        for (YamlNode hook : ((YamlNode.Sequence) requireNonNull(repository.get("hooks"))).items()) {
            hooks.add(text(mapping(hook), "id"));
        }
        List<String> declared = Files.readString(Path.of(".pre-commit-hooks.yaml"))
                .lines()
                .filter(line -> line.startsWith("- id: "))
                .map(line -> line.substring("- id: ".length()))
                .toList();
        assertThat(hooks).isEqualTo(declared);
    }

    /** As GitLab does it: the last group of the last line that the pattern is found in. */
    private String covered(String pattern) {
        assertThat(pattern).startsWith("/").endsWith("/");
        String found = "";
        Matcher matcher =
                Pattern.compile(pattern.substring(1, pattern.length() - 1)).matcher(said);
        while (matcher.find()) {
            assertThat(matcher.groupCount()).isEqualTo(1);
            found = matcher.group(1);
        }
        return found;
    }

    private void breakAScenario() throws IOException {
        Path file = shop.folder.resolve(SCENARIO);
        Files.writeString(file, Files.readString(file).replace("outcome: resolved", "outcome: escalated"));
    }

    private int shell(String script) throws Exception {
        Path out = folder.resolve("said");
        ProcessBuilder builder = new ProcessBuilder("bash", "-o", "pipefail", "-c", script)
                .directory(shop.folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile());
        Map<String, String> env = builder.environment();
        env.clear();
        env.putAll(shop.environment());
        env.put("GERT_JAVA", System.getProperty("java.home"));
        env.put("GERT_REPOSITORY", "file://" + folder.resolve("gert"));
        Process process = builder.start();
        assertThat(process.waitFor(2 * Workshop.GUARD_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        said = Files.readString(out);
        return process.exitValue();
    }

    private static String block(String beginning) throws IOException {
        String page = Files.readString(PAGE);
        int at = page.indexOf("```" + beginning);
        assertThat(at).as(beginning).isNotNegative();
        int from = page.indexOf('\n', at) + 1;
        return page.substring(from, page.indexOf("```", from));
    }

    private static YamlNode yaml(String text) {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of("page", text), 0, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return requireNonNull(root);
    }

    private static YamlNode.Mapping mapping(YamlNode node) {
        return (YamlNode.Mapping) requireNonNull(node);
    }

    private static String text(YamlNode.Mapping mapping, String key) {
        return ((YamlNode.Scalar) requireNonNull(mapping.get(key), key)).text();
    }

    private static List<String> texts(YamlNode.Mapping mapping, String key) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) requireNonNull(mapping.get(key), key)).items()) {
            texts.add(((YamlNode.Scalar) item).text());
        }
        return texts;
    }
}

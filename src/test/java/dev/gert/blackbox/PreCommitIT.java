package dev.gert.blackbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .pre-commit-hooks.yaml}: its hooks, called as pre-commit calls them, and by pre-commit where it is installed. */
class PreCommitIT {
    private static final Path HOOKS = Path.of(".pre-commit-hooks.yaml");
    private static final String RUNBOOK = "runbooks/disk-space.runbook.yaml";
    private static final String SCENARIO = "scenarios/disk-space/made-room/expected.yaml";

    /** What {@code pre-commit validate-manifest} knows and is used here. */
    private static final Set<String> KEYS =
            Set.of("id", "name", "description", "language", "entry", "args", "pass_filenames", "files");

    @TempDir
    Path folder;

    Workshop shop;

    @BeforeEach
    void aRepository() throws Exception {
        shop = new Workshop(Files.createDirectory(folder.resolve("repository")));
        assertThat(shop.gert("init").exit()).isZero();
        assertThat(git(shop.folder, "init", "-q")).isZero();
        assertThat(git(shop.folder, "add", "-A")).isZero();
        assertThat(git(shop.folder, "commit", "-q", "-m", "first")).isZero();
    }

    @Test
    void theManifestIsWhatPreCommitReads() throws IOException {
        List<String> ids = new ArrayList<>();
        for (YamlNode.Mapping hook : hooks()) {
            ids.add(text(hook, "id"));
            for (YamlNode.Entry entry : hook.entries()) {
                assertThat(KEYS).contains(entry.key().text());
            }
            assertThat(text(hook, "language")).isEqualTo("script");
            assertThat(Path.of(text(hook, "entry").split(" ")[0])).isExecutable();
        }
        assertThat(ids).containsExactly("gert-validate", "gert-test");
    }

    @Test
    void theyLookAtWhatCanBreakARunbook() throws Exception {
        for (String file : List.of(
                "governance.yaml",
                "team/governance.yaml",
                "gert.yaml",
                "ops/roster.yaml",
                "x.runbook.yaml",
                "a/b.test.yaml",
                "tools/curl.tool.yaml",
                "icm.provider.yaml")) {
            assertThat(wants("gert-validate", file)).as(file).isTrue();
            assertThat(wants("gert-test", file)).as(file).isTrue();
        }
        assertThat(wants("gert-test", "scenarios/x/y/steps/001-a.json")).isTrue();
        assertThat(wants("gert-validate", "scenarios/x/y/steps/001-a.json")).isFalse();
        for (String file :
                List.of("README.md", "x.yaml", "old-governance.yaml", "governance.yaml.md", "runbook.yaml")) {
            assertThat(wants("gert-validate", file)).as(file).isFalse();
            assertThat(wants("gert-test", file)).as(file).isFalse();
        }
    }

    @Test
    void aGoodChangePassesAndABrokenOneDoesNot() throws Exception {
        change(RUNBOOK, "percent of", "per cent of");
        assertThat(called("gert-validate")).isZero();
        assertThat(called("gert-test")).isZero();

        change(RUNBOOK, "state: resolved", "state: reslved");
        assertThat(called("gert-validate")).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("said"))).contains("error[Y113]", RUNBOOK + ":48:26");
        change(RUNBOOK, "state: reslved", "state: resolved");

        change(SCENARIO, "outcome: resolved", "outcome: escalated");
        assertThat(called("gert-validate")).isZero();
        assertThat(called("gert-test")).isEqualTo(1);
        change(SCENARIO, "outcome: escalated", "outcome: resolved");

        // the runbook is as it was; what may run is not
        change("governance.yaml", "  - reboot", "  - reboot\n  - stat");
        assertThat(called("gert-validate")).isEqualTo(1);
    }

    @Test
    void preCommitItselfRunsThem() throws Exception {
        assumeTrue(installed(), "pre-commit is not installed");
        Path hooks = Files.createDirectories(folder.resolve("hooks/target")).getParent();
        for (String file : List.of("gert", ".pre-commit-hooks.yaml")) {
            Files.copy(Path.of(file), hooks.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.copy(Path.of(System.getProperty("gert.jar")), hooks.resolve("target/gert.jar"));
        assertThat(git(hooks, "init", "-q")).isZero();
        assertThat(git(hooks, "add", "-f", ".")).isZero();
        assertThat(git(hooks, "commit", "-q", "-m", "hooks")).isZero();
        assertThat(execute(shop.folder, List.of("pre-commit", "validate-manifest", hooks + "/.pre-commit-hooks.yaml")))
                .isZero();

        change(RUNBOOK, "percent of", "per cent of");
        List<String> line = List.of("pre-commit", "try-repo", hooks.toString());
        assertThat(execute(shop.folder, line))
                .as(Files.readString(folder.resolve("said")))
                .isZero();
        assertThat(Files.readString(folder.resolve("said")))
                .containsPattern("gert validate\\.+Passed")
                .containsPattern("gert test\\.+Passed");
        change(SCENARIO, "outcome: resolved", "outcome: escalated");
        assertThat(execute(shop.folder, line)).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("said")))
                .containsPattern("gert validate\\.+Passed")
                .containsPattern("gert test\\.+Failed");
    }

    /** What pre-commit does with {@code language: script}: the entry's first word is a file of the hooks' repository. */
    private int called(String id) throws Exception {
        YamlNode.Mapping hook = hook(id);
        List<String> line = new ArrayList<>(List.of(text(hook, "entry").split(" ")));
        line.set(0, Path.of(line.get(0)).toAbsolutePath().toString());
        for (YamlNode word : ((YamlNode.Sequence) requireNonNull(hook.get("args"))).items()) {
            line.add(((YamlNode.Scalar) word).text());
        }
        assertThat(text(hook, "pass_filenames")).isEqualTo("false");
        return execute(shop.folder, line);
    }

    private static boolean wants(String id, String file) throws IOException {
        return Pattern.compile(text(hook(id), "files")).matcher(file).find();
    }

    private void change(String file, String what, String with) throws Exception {
        Path path = shop.folder.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(what);
        Files.writeString(path, text.replace(what, with));
        assertThat(git(shop.folder, "add", file)).isZero();
    }

    private boolean installed() throws Exception {
        try {
            return execute(folder, List.of("pre-commit", "--version")) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private int git(Path where, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of("git", "-c", "user.name=x", "-c", "user.email=x@example.com"));
        line.addAll(List.of(words));
        return execute(where, line);
    }

    private int execute(Path where, List<String> line) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().put("GERT_JAVA", System.getProperty("java.home"));
        builder.environment()
                .put("PRE_COMMIT_HOME", folder.resolve("pre-commit").toString());
        Process process = builder.start();
        assertThat(process.waitFor(2 * Workshop.GUARD_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        return process.exitValue();
    }

    private static YamlNode.Mapping hook(String id) throws IOException {
        return hooks().stream()
                .filter(hook -> text(hook, "id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<YamlNode.Mapping> hooks() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of("hooks", Files.readString(HOOKS)), 0, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        List<YamlNode.Mapping> hooks = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) requireNonNull(root)).items()) {
            hooks.add((YamlNode.Mapping) item);
        }
        return hooks;
    }

    private static String text(YamlNode.Mapping hook, String key) {
        return ((YamlNode.Scalar) requireNonNull(hook.get(key), key)).text();
    }
}

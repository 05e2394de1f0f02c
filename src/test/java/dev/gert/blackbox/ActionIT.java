package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/action}, what {@code action.yml} runs, as GitHub's runner calls it. */
class ActionIT {
    private static final String RUNBOOK = "runbooks/disk-space.runbook.yaml";

    @TempDir
    Path folder;

    Workshop shop;

    @BeforeEach
    void aRepository() throws Exception {
        shop = new Workshop(Files.createDirectory(folder.resolve("repository")));
        Files.createDirectory(shop.folder.resolve(".git"));
        assertThat(shop.gert("init").exit()).isZero();
    }

    /** {@code log}: what the runner reads; {@code summary}: what the page of the job shows. */
    private record Job(int exit, String log, String summary, String junit) {
        List<String> annotations() {
            return log.lines()
                    .filter(line -> line.startsWith("::error") || line.startsWith("::warning"))
                    .toList();
        }
    }

    @Test
    void aGoodRepositoryPasses() throws Exception {
        Job job = run(Map.of(
                "GERT_ACTION_MIN_BRANCH", "100", "GERT_ACTION_MIN_OUTCOME", "100", "GERT_ACTION_STRICT", "true"));
        assertThat(job.exit()).as(job.log()).isZero();
        assertThat(job.annotations()).isEmpty();
        assertThat(job.summary())
                .contains("| ✅ passed | validate | no problems in 2 files checked |")
                .contains("| ✅ passed | test | 8 tests: 8 passed; 10 files looked at |")
                .contains("| ✅ passed | coverage | 1 runbook: branches 3 of 3 (100%), outcomes 4 of 4 (100%);")
                .contains("escalated (free_now * 100 &lt; blocks_now * least)")
                .doesNotContain("❌");
        assertThat(job.junit()).contains("<testsuites ", "tests=\"8\"", "failures=\"0\"");
    }

    @Test
    void aBrokenRunbookIsAnnotatedAndTheRestIsSaidAsWell() throws Exception {
        replace(RUNBOOK, "state: resolved", "state: reslved");
        Job job = run(Map.of());
        assertThat(job.exit()).isEqualTo(1);
        assertThat(job.annotations())
                .hasSize(4)
                .first()
                .asString()
                .startsWith("::error file=" + RUNBOOK + ",line=48,col=26,endColumn=33,title=Y113")
                .contains("did you mean `resolved`?");
        assertThat(job.annotations().subList(1, 4))
                .containsExactly(
                        "::error title=gert validate::1 error in 2 files checked",
                        "::error title=gert test::8 tests: 0 passed, 8 with errors; 10 files looked at",
                        "::error title=gert coverage::nothing was counted; 1 file looked at");
        assertThat(job.summary()).contains("| ❌ failed | validate |", "| ❌ failed | test |", "| ❌ failed | coverage |");
        assertThat(job.junit()).contains("errors=\"9\"");
    }

    @Test
    void coverageThatIsTooLowFails() throws Exception {
        for (String file : List.of("scenario.yaml", "expected.yaml")) {
            Files.delete(shop.folder.resolve("scenarios/disk-space/still-full/" + file));
        }
        assertThat(run(Map.of()).exit()).isZero();
        assertThat(run(Map.of("GERT_ACTION_MIN_BRANCH", "66")).exit()).isZero();
        Job branches = run(Map.of("GERT_ACTION_MIN_BRANCH", "67"));
        assertThat(branches.exit()).isEqualTo(1);
        assertThat(branches.summary())
                .contains("| ✅ passed | test |", "| ❌ failed | coverage | 1 runbook: branches 2 of 3 (66%)")
                .contains("error[C001]: " + RUNBOOK + ": 2 of 3 branches covered");
        assertThat(run(Map.of("GERT_ACTION_MIN_OUTCOME", "76")).exit()).isEqualTo(1);

        shop.file("more/x.runbook.yaml", Files.readString(shop.folder.resolve(RUNBOOK)));
        assertThat(run(Map.of("GERT_ACTION_MIN_BRANCH", "30")).exit()).isEqualTo(1);
        assertThat(run(Map.of("GERT_ACTION_MIN_BRANCH", "30", "GERT_ACTION_TOTAL", "true"))
                        .exit())
                .isZero();
        assertThat(run(Map.of("GERT_ACTION_MIN_BRANCH", "30", "GERT_ACTION_PATHS", "\n  runbooks  \n"))
                        .exit())
                .isZero();
    }

    @Test
    void aPolicyThatIsHandedInNarrows() throws Exception {
        shop.file("strict policy.yaml", "apiVersion: governance/v0\ndeny_commands: [stat]\n");
        Job job = run(Map.of("GERT_ACTION_POLICY", "strict policy.yaml"));
        assertThat(job.exit()).isEqualTo(1);
        assertThat(job.annotations().get(0))
                .startsWith("::error file=" + RUNBOOK)
                .contains("stat");
        assertThat(job.summary()).contains("| ❌ failed | validate | 3 errors");
    }

    @Test
    void warningsCountWhereTheyAreToldTo() throws Exception {
        replace("scenarios/disk-space/out-of-inodes/scenario.yaml", "commands:", "commands:\n  - {argv: [uptime]}");
        assertThat(run(Map.of()).exit()).isZero();
        assertThat(run(Map.of("GERT_ACTION_STRICT", "true")).exit()).isEqualTo(1);
        Job unclear = run(Map.of("GERT_ACTION_STRICT", "yes"));
        assertThat(unclear.exit()).isEqualTo(1);
        assertThat(unclear.log()).contains("the input strict is neither true nor false");
    }

    /** What a change brings along is shown, and neither the shell nor the runner nor the page acts on it. */
    @Test
    void namesOfAChangeStayText() throws Exception {
        shop.file("$(touch here)/x'\"; touch there/a.runbook.yaml", Files.readString(shop.folder.resolve(RUNBOOK)));
        replace("runbooks/disk-space.test.yaml", "name: a block less is not", "name: '::error::</pre><img src=x>'");
        replace("runbooks/disk-space.test.yaml", "outcome: resolved", "outcome: escalated");
        Job job = run(Map.of("GERT_ACTION_PATHS", "runbooks\n$(touch here)\n; touch there"));
        assertThat(job.exit()).isEqualTo(1);
        assertThat(shop.folder.resolve("here")).doesNotExist();
        assertThat(shop.folder.resolve("there")).doesNotExist();
        assertThat(job.summary())
                .contains("::error::&lt;/pre&gt;&lt;img src=x&gt;")
                .doesNotContain("<img");

        String silent = "";
        int shown = 0;
        for (String line : job.log().lines().toList()) {
            if (line.startsWith("::stop-commands::")) {
                silent = "::" + line.substring("::stop-commands::".length()) + "::";
                assertThat(silent).hasSizeGreaterThan(30);
            } else if (line.equals(silent)) {
                silent = "";
            } else if (line.contains("<img")) {
                shown++;
                assertThat(silent).isNotEmpty();
            }
        }
        assertThat(shown).isPositive();
        assertThat(silent).isEmpty();
    }

    @Test
    void nothingFoundIsNoPass() throws Exception {
        Files.createDirectory(shop.folder.resolve("empty"));
        Job job = run(Map.of("GERT_ACTION_PATHS", "empty"));
        assertThat(job.exit()).isEqualTo(1);
        assertThat(run(Map.of("GERT_ACTION_PATHS", "  \n")).exit()).isEqualTo(1);
    }

    private void replace(String file, String what, String with) throws IOException {
        Path path = shop.folder.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(what);
        Files.writeString(path, text.replace(what, with));
    }

    private Job run(Map<String, String> inputs) throws Exception {
        Path summary = folder.resolve("summary.md");
        Path log = folder.resolve("log");
        Path junit = shop.folder.resolve("reports/results/tests.xml");
        Files.writeString(summary, "");
        Files.deleteIfExists(junit);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(".ci/action").toAbsolutePath().toString())
                .directory(shop.folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile());
        Map<String, String> env = builder.environment();
        env.clear();
        env.putAll(shop.environment());
        env.putAll(Map.of(
                "GERT_JAVA",
                System.getProperty("java.home"),
                "GITHUB_STEP_SUMMARY",
                summary.toString(),
                "GITHUB_ACTIONS",
                "true",
                "CI",
                "true",
                "GERT_ACTION_JUNIT",
                "reports/results/tests.xml"));
        env.putAll(inputs);
        Process process = builder.start();
        assertThat(process.waitFor(3 * Workshop.GUARD_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        String results = Files.exists(junit) ? Files.readString(junit) : "";
        return new Job(process.exitValue(), Files.readString(log), Files.readString(summary), results);
    }
}

package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repository's own runbook on this very machine, under the repository's own policy. */
class HostTriageIT {
    private static final Path ROOT = Path.of("").toAbsolutePath();

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void copy() throws Exception {
        shop = new Workshop(folder);
        for (String top : new String[] {"governance.yaml", "runbooks", "scenarios"}) {
            try (var files = Files.walk(ROOT.resolve(top))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Path to = shop.folder.resolve(ROOT.relativize(file).toString());
                    if (!Files.isDirectory(file)) {
                        Files.createDirectories(to.getParent());
                        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
                    }
                }
            }
        }
    }

    @Test
    void examinesThisMachineAndItsJournalVerifiesByPythonAlone() throws Exception {
        Workshop.Result result = shop.gert("run", "runbooks/host-triage.runbook.yaml");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).containsPattern("outcome  (no_action|escalated|needs_rca) ");

        Process verify = new ProcessBuilder(
                        "python3",
                        ROOT.resolve("src/test/cases/journal/verify.py").toString(),
                        shop.journal().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes());
        assertThat(verify.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(verify.exitValue()).as(said).isZero();

        JsonResult evidence = JsonReader.read(Files.readString(shop.journal().resolveSibling("evidence.json")));
        assertThat(evidence).isInstanceOf(JsonResult.Ok.class);
        JsonValue.MapValue pack = (JsonValue.MapValue) ((JsonResult.Ok) evidence).value();
        assertThat(((JsonValue.ListValue) pack.entries().get("steps")).items()).hasSize(6);
    }

    @Test
    void isTestedAndCoveredWhole() throws Exception {
        Workshop.Result validated = shop.gert("validate", "--policy", "governance.yaml", "--strict", "runbooks");
        assertThat(validated.exit()).as(validated.all()).isZero();
        Workshop.Result tested = shop.gert("test", "--strict", "runbooks");
        assertThat(tested.exit()).as(tested.all()).isZero();
        Workshop.Result covered = shop.gert(
                "coverage", "runbooks/host-triage.runbook.yaml", "--min-branch", "100", "--min-outcome", "100");
        assertThat(covered.exit()).as(covered.all()).isZero();
        assertThat(Files.list(shop.folder.resolve("reports/coverage"))).hasSize(1);
    }
}

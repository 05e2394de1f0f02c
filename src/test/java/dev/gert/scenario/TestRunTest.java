package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.projection.TestReport;
import dev.gert.projection.TestResult.Status;
import dev.gert.render.TestText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a case's files can't hold: links, and where the search begins. */
class TestRunTest {
    @TempDir
    Path folder;

    private TestRun.Answer run(Path cwd, String... paths) {
        TestRun.Options options = new TestRun.Options(null, null, false, false);
        return new TestRun(cwd, List.of(), CaseFolder.STOPPED, options).run(List.of(paths));
    }

    private static List<String> names(TestReport report) {
        return report.results().stream()
                .map(r -> r.name() + " " + r.status().word())
                .toList();
    }

    @Test
    void anExpectationBehindALinkThatLeadsNowhereIsNotSkipped() throws IOException {
        CaseFolder.copy("test", "scenario-met", folder);
        Path scenario = folder.resolve("scenarios/disk/without-expectations");
        Files.createSymbolicLink(scenario.resolve("expected.yaml"), folder.resolve("gone"));
        TestRun.Answer answer = run(folder, "disk.runbook.yaml");
        assertThat(names(answer.report())).contains("without-expectations error");
        assertThat(answer.exitCode()).isEqualTo(2);
    }

    @Test
    void aRecordingBehindALinkThatLeadsNowhereIsNotAnEmptyOne() throws IOException {
        CaseFolder.copy("test", "scenario-met", folder);
        Path recording = folder.resolve("scenarios/disk/paged/scenario.yaml");
        Files.delete(recording);
        Files.createSymbolicLink(recording, folder.resolve("gone"));
        assertThat(names(run(folder, "disk.runbook.yaml").report())).contains("paged error");
    }

    @Test
    void aScenarioThatIsALinkToElsewhereIsPassedOver() throws IOException {
        CaseFolder.copy("test", "scenario-met", folder);
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/x"));
        Files.writeString(elsewhere.resolve("expected.yaml"), "apiVersion: expected/v0\noutcome: error\n");
        Files.createSymbolicLink(folder.resolve("scenarios/disk/linked"), elsewhere);
        assertThat(names(run(folder, "disk.runbook.yaml").report())).noneMatch(name -> name.startsWith("linked"));
    }

    @Test
    void withoutAPathTheProjectsRunbooksAreMeant() throws IOException {
        CaseFolder.copy("test", "unit-met", folder.resolve("runbooks"));
        CaseFolder.copy("test", "unit-unmet", folder.resolve("elsewhere"));
        assertThat(run(folder).report().count(Status.FAILED)).isZero();
        assertThat(run(folder).report().count(Status.PASSED)).isEqualTo(10);
        assertThat(run(folder, ".").report().count(Status.FAILED)).isEqualTo(14);
        assertThat(run(folder.resolve("elsewhere")).report().count(Status.FAILED))
                .isEqualTo(14);
    }

    @Test
    void theSameAgainIsTheSame() throws IOException {
        CaseFolder project = CaseFolder.copy("test", "scenario-unmet", folder);
        assertThat(project.run()).isEqualTo(project.run());
    }

    @Test
    void noColourAndNoUnicodeSayTheSame() throws IOException {
        CaseFolder.copy("test", "unit-unmet", folder);
        TestRun.Answer answer = run(folder, "disk.test.yaml");
        String plain = TestText.render(answer.report(), answer.diagnostics(), false, false);
        String coloured = TestText.render(answer.report(), answer.diagnostics(), true, false);
        assertThat(plain).matches("\\p{ASCII}*").contains("x branch_taken");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(plain)
                .isNotEqualTo(coloured);
    }
}

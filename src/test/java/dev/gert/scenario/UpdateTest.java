package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.projection.TestReport;
import dev.gert.projection.TestResult;
import dev.gert.projection.TestUpdate;
import dev.gert.render.TestText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gert test --update}: what a test expects becomes what came, and nothing else of the file changes. */
class UpdateTest {
    @TempDir
    private Path folder;

    private static final String RUNBOOK = """
            apiVersion: runbook/v0
            meta: {name: x}
            tree:
              - step: {id: a, type: cli, with: {argv: [a]}, capture: {used: stdout, odd: stderr}}
                branches:
                  - {condition: used > 90, label: Full, steps: [{step: {id: full, type: manual, instructions: i, outcomes: [{state: escalated, recommendation: "Page: them"}]}}]}
                  - {condition: used > 50, label: Half full, steps: [{step: {id: half, type: manual, instructions: i}}]}
              - step: {id: z, type: manual, instructions: i, outcomes: [{state: no_action}]}
            """;

    private void project() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        lay("governance.yaml", "apiVersion: governance/v0\ndefault: allow\n");
        lay("x.runbook.yaml", RUNBOOK);
    }

    @Test
    void aScenariosFileKeepsItsComments() throws IOException {
        project();
        lay("scenarios/x/s/scenario.yaml", "commands: [{argv: [a], stdout: '60', stderr: '>= odd'}]\n");
        lay("scenarios/x/s/expected.yaml", """
                # what it is about
                apiVersion: expected/v0
                outcome: "resolved"   # as it should be
                branch_path:
                  # first
                  - a
                  # this one goes
                  - full   # really
                  # and then
                  - z      # the end
                captures:
                  used: ">90"   # too much
                  odd: none
                # the last word
                """);

        TestReport report = run(true);

        assertThat(report.count(TestResult.Status.FAILED)).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("scenarios/x/s/expected.yaml")))
                .isEqualTo("""
                # what it is about
                apiVersion: expected/v0
                outcome: no_action   # as it should be
                branch_path:
                  # first
                  - a
                  - half
                  # and then
                  - z      # the end
                captures:
                  used: "60"   # too much
                  odd: {equals: ">= odd"}
                # the last word
                """);
        assertThat(report.updates()).singleElement().satisfies(update -> {
            assertThat(update.file()).isEqualTo("scenarios/x/s/expected.yaml");
            assertThat(update.left()).isEmpty();
            assertThat(update.difference()).contains("- outcome: \"resolved\"   # as it should be", "+   - half");
        });
        assertThat(TestText.render(report, List.of(), false, true))
                .contains("rewrote scenarios/x/s/expected.yaml\n", "  -   - full   # really\n");
        assertThat(run(false).count(TestResult.Status.PASSED)).isEqualTo(1);
    }

    @Test
    void aTestFileKeepsTheTestsThatPass() throws IOException {
        project();
        String before = """
                apiVersion: test/v0
                runbook: x.runbook.yaml
                tests:
                  # how it is
                  - name: one
                    vars: {used: "95"}
                    expect: {branch_taken: Half full, outcome: no_action, steps_reached: [a, half, full], recommendation_contains: nobody}
                  - {name: two, vars: {used: "95"}, expect: {outcome: escalated}}   # passes
                  - name: three
                    vars: {used: "60"}
                    expect:
                      outcome_not: no_action
                      steps_not_reached:
                        - full
                        - half
                """;
        lay("x.test.yaml", before);

        TestReport report = run(true);

        assertThat(report.count(TestResult.Status.FAILED)).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("x.test.yaml")))
                .isEqualTo(before.replace(
                                "branch_taken: Half full, outcome: no_action", "branch_taken: Full, outcome: escalated")
                        .replace("[a, half, full]", "[a, full]")
                        .replace("recommendation_contains: nobody", "recommendation_contains: \"Page: them\"")
                        .replace("        - half\n", ""));
        assertThat(report.updates().get(0).left())
                .containsExactly("`outcome_not` of `three`: the run ended `no_action`");
    }

    @Test
    void withoutTheFlagNothingIsWritten() throws IOException {
        project();
        lay("scenarios/x/s/scenario.yaml", "commands: [{argv: [a], stdout: '60'}]\n");
        lay("scenarios/x/s/expected.yaml", "apiVersion: expected/v0\noutcome: resolved\n");

        assertThat(run(false).updates()).isEmpty();
        assertThat(Files.readString(folder.resolve("scenarios/x/s/expected.yaml")))
                .contains("resolved");
    }

    /** What ran without a recording, or broke down unasked, is no new truth. */
    @Test
    void aRunThatBrokeDownIsNotBlessed() throws IOException {
        project();
        String expected = "apiVersion: expected/v0\noutcome: resolved\n";
        lay("scenarios/x/s/scenario.yaml", "commands: [{argv: [b]}]\n");
        lay("scenarios/x/s/expected.yaml", expected);

        assertThat(run(true).updates()).isEmpty();
        assertThat(Files.readString(folder.resolve("scenarios/x/s/expected.yaml")))
                .isEqualTo(expected);
    }

    @Test
    void aSecretIsNotWritten() throws IOException {
        project();
        lay(
                "governance.yaml",
                "apiVersion: governance/v0\ndefault: allow\nredact: [{pattern: 'pw=\\S+', replace: 'pw=***'}]\n");
        lay("scenarios/x/s/scenario.yaml", "commands: [{argv: [a], stdout: '60', stderr: 'pw=hunter2'}]\n");
        String expected = "apiVersion: expected/v0\ncaptures: {odd: none}\n";
        lay("scenarios/x/s/expected.yaml", expected);

        assertThat(run(true).updates()).singleElement().satisfies(update -> {
            assertThat(update.difference()).isEmpty();
            assertThat(update.left()).containsExactly("`captures.odd` of s: its value is redacted");
        });
        assertThat(Files.readString(folder.resolve("scenarios/x/s/expected.yaml")))
                .isEqualTo(expected);
    }

    @Test
    void aFileThatCanNotBeWrittenIsSaid() throws IOException {
        project();
        lay("scenarios/x/s/scenario.yaml", "commands: [{argv: [a], stdout: '60'}]\n");
        lay("scenarios/x/s/expected.yaml", "apiVersion: expected/v0\noutcome: resolved\n");
        Files.createDirectories(folder.resolve("scenarios/x/s/.expected.yaml.new"));
        TestRun.Options options = new TestRun.Options(null, null, false, false, 1, null, true);
        TestRun.Answer answer = new TestRun(folder, List.of(), CaseFolder.STOPPED, options).run(List.of("."));

        assertThat(answer.report().updates()).isEmpty();
        assertThat(answer.diagnostics())
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).startsWith("scenarios/x/s/expected.yaml can't be rewritten"));
    }

    /** Every case that fails for what it expects passes the next time, but for what was said to be left. */
    @ParameterizedTest
    @ValueSource(strings = {"scenario-unmet", "unit-unmet", "chain-unmet", "operators", "next-runbook"})
    void whatWasRewrittenPasses(String name) throws IOException {
        CaseFolder.copy("test", name, folder);
        TestReport first = run(true);
        List<String> left = new ArrayList<>();
        for (TestUpdate update : first.updates()) {
            left.addAll(update.left());
        }
        assertThat(first.updates()).isNotEmpty();
        TestReport second = run(false);
        for (TestResult result : second.results()) {
            boolean rewritable = result.failures().stream()
                    .allMatch(failure -> failure.code().equals("S001"));
            if (result.status() == TestResult.Status.FAILED && rewritable) {
                assertThat(left)
                        .as(result.name() + TestText.render(second, List.of(), false, true))
                        .anyMatch(each -> each.contains(result.name()));
            }
        }
        assertThat(second.count(TestResult.Status.PASSED)).isGreaterThan(first.count(TestResult.Status.PASSED));
    }

    private TestReport run(boolean update) {
        TestRun.Options options = new TestRun.Options(null, null, false, false, 1, null, update);
        return new TestRun(folder, List.of(), CaseFolder.STOPPED, options)
                .run(List.of("."))
                .report();
    }

    private void lay(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

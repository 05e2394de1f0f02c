package dev.gert.scenario;

import dev.gert.decode.TestDecoder;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.engine.port.Clock;
import dev.gert.model.TestFile;
import dev.gert.model.UnitTest;
import dev.gert.plan.Plan;
import dev.gert.projection.Coverage;
import dev.gert.projection.CoverageReport;
import dev.gert.projection.RunTrace;
import dev.gert.projection.RunbookCoverage;
import dev.gert.projection.Tally;
import dev.gert.projection.TestResult;
import dev.gert.projection.TestResult.Status;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code gert coverage}: replays the scenarios of runbooks and counts what they reach (formats.md,
 * "Coverage, definition 1"). Starts no process and opens no connection. For one run.
 */
public final class CoverageRun {
    /**
     * What the user asked for.
     *
     * @param minBranch the percentage of branches that every runbook must reach; null: none is asked for
     * @param minOutcome the same of outcomes
     * @param total hold both against the sum of all runbooks instead of each
     * @param includeTests whether unit tests cover too
     */
    public record Options(
            @Nullable BigDecimal minBranch, @Nullable BigDecimal minOutcome, boolean total, boolean includeTests) {}

    /** What came of it; {@code exitCode}: 0 all good, 1 not, 2 asked wrongly (cli.md). */
    public record Answer(CoverageReport report, List<Diagnostic> diagnostics, int exitCode) {
        public Answer {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    private final Options options;
    private final Workspace workspace;
    private final TestFiles testFiles;
    private final UnitTests unitTests;
    private final ScenarioTests scenarioTests;
    private boolean failures;

    /**
     * @param cwd absolute
     * @param policies the files of {@code --policy}
     * @param clock for durations alone
     */
    public CoverageRun(Path cwd, List<Path> policies, Clock clock, Options options) {
        this.options = options;
        this.workspace = new Workspace(cwd, policies);
        this.testFiles = new TestFiles(workspace);
        this.unitTests = new UnitTests(workspace, clock, false);
        this.scenarioTests = new ScenarioTests(workspace, clock, false);
    }

    /** {@code paths} as the user wrote them; none: the folder {@code runbooks}, else all of the current one. */
    public Answer run(List<String> paths) {
        PathSearch.Found found = PathSearch.search(
                workspace.cwd, paths.isEmpty() ? workspace.usual() : paths, false, workspace.diagnostics);
        if (found.missing()) {
            workspace.markUnusable();
        }
        List<RunbookCoverage> runbooks = new ArrayList<>();
        for (PathSearch.Hit hit : found.hits()) {
            workspace.saw(hit.path());
            if (hit.kind() == PathSearch.Kind.RUNBOOK) {
                RunbookCoverage coverage =
                        runbook(workspace.cwd.resolve(hit.path()).normalize());
                if (coverage != null) {
                    runbooks.add(coverage);
                }
            }
        }
        if (runbooks.isEmpty() && !workspace.diagnostics.hasErrors()) {
            workspace.diagnostics.error(Code.S006, null, "there is no runbook among what was found");
        }
        CoverageReport counted = new CoverageReport(runbooks, List.of(), workspace.files());
        CoverageReport report = new CoverageReport(runbooks, thresholds(counted), workspace.files());
        for (CoverageReport.Threshold missed : report.missed()) {
            workspace.diagnostics.error(Code.C001, null, describe(missed));
        }
        boolean good = !failures && !workspace.diagnostics.hasErrors();
        return new Answer(report, workspace.findings(), workspace.unusable() ? 2 : good ? 0 : 1);
    }

    private @Nullable RunbookCoverage runbook(Path file) {
        Plan plan = workspace.plan(file);
        if (plan == null) {
            return null;
        }
        Coverage coverage = new Coverage(plan);
        List<String> counted = new ArrayList<>();
        List<String> unasserted = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Path folder : workspace.folders.of(file, workspace.diagnostics)) {
            Rehearsed ran = scenarioTests.run(folder, file);
            if (ran.result().status() == Status.SKIPPED) {
                unasserted.add(ran.result().name());
            } else {
                count(coverage, ran.result().name(), ran, counted, failed);
            }
        }
        if (options.includeTests()) {
            for (Path test : testFiles.naming(file)) {
                tests(test, file, coverage, counted, failed);
            }
        }
        failures |= !failed.isEmpty();
        return new RunbookCoverage(
                plan.runbook().name(),
                workspace.display(file),
                coverage.branches(),
                coverage.outcomes(),
                coverage.reported(),
                counted,
                unasserted,
                failed,
                options.includeTests());
    }

    /** Only what a test asserts of a run that held makes the run count. */
    private static void count(
            Coverage coverage, String name, Rehearsed ran, List<String> counted, List<String> failed) {
        TestResult result = ran.result();
        RunTrace trace = ran.trace();
        if (result.status() == Status.PASSED && trace != null) {
            coverage.add(name, trace);
            counted.add(name);
        } else {
            failed.add(name);
        }
    }

    private void tests(Path file, Path runbook, Coverage coverage, List<String> counted, List<String> failed) {
        TestDecoder.Decoded decoded = testFiles.decode(file);
        TestFile tests = decoded.file();
        if (tests == null) {
            failed.add(workspace.display(file));
            return;
        }
        for (UnitTest test : tests.tests()) {
            String name = "test:" + test.name().text();
            count(coverage, name, unitTests.run(tests, test, runbook), counted, failed);
        }
    }

    private List<CoverageReport.Threshold> thresholds(CoverageReport report) {
        List<CoverageReport.Threshold> thresholds = new ArrayList<>();
        if (options.total()) {
            add(thresholds, "--min-branch", "", options.minBranch(), report.branchTotal());
            add(thresholds, "--min-outcome", "", options.minOutcome(), report.outcomeTotal());
            return thresholds;
        }
        for (RunbookCoverage runbook : report.runbooks()) {
            add(thresholds, "--min-branch", runbook.file(), options.minBranch(), runbook.branchTally());
            add(thresholds, "--min-outcome", runbook.file(), options.minOutcome(), runbook.outcomeTally());
        }
        return thresholds;
    }

    private static void add(
            List<CoverageReport.Threshold> thresholds,
            String option,
            String file,
            @Nullable BigDecimal required,
            Tally tally) {
        if (required != null) {
            thresholds.add(new CoverageReport.Threshold(option, file, required, tally));
        }
    }

    private static String describe(CoverageReport.Threshold missed) {
        Tally tally = missed.tally();
        String sites = missed.option().equals("--min-branch") ? "branches" : "outcomes";
        return (missed.file().isEmpty() ? "all runbooks" : missed.file()) + ": " + tally.covered() + " of "
                + tally.total() + " " + sites + " covered (" + tally.percentage() + "%), `" + missed.option()
                + "` asks for " + missed.required().toPlainString() + "%";
    }
}

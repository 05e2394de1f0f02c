package dev.gert.scenario;

import dev.gert.decode.TestDecoder;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.engine.port.Clock;
import dev.gert.model.TestFile;
import dev.gert.model.UnitTest;
import dev.gert.plan.Plan;
import dev.gert.projection.Coverage;
import dev.gert.projection.CoverageBaseline;
import dev.gert.projection.CoverageComparison;
import dev.gert.projection.CoverageReport;
import dev.gert.projection.RunTrace;
import dev.gert.projection.RunbookCoverage;
import dev.gert.projection.RunbookSuggestions;
import dev.gert.projection.TestResult;
import dev.gert.projection.TestResult.Status;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * @param baseline a coverage report of before, to compare with; null: none
     * @param failOnDecrease whether a percentage lower than before is an error
     * @param suggest whether what would cover the rest is looked for
     */
    public record Options(
            @Nullable BigDecimal minBranch,
            @Nullable BigDecimal minOutcome,
            boolean total,
            boolean includeTests,
            @Nullable Path baseline,
            boolean failOnDecrease,
            boolean suggest) {
        /** Nothing asked for: what there is, is told. */
        public static Options none() {
            return new Options(null, null, false, false, null, false, false);
        }
    }

    /** What came of it; {@code exitCode}: 0 all good, 1 not, 2 asked wrongly (cli.md). */
    public record Answer(
            CoverageReport report, List<RunbookSuggestions> suggestions, List<Diagnostic> diagnostics, int exitCode) {
        public Answer {
            suggestions = List.copyOf(suggestions);
            diagnostics = List.copyOf(diagnostics);
        }
    }

    private final Options options;
    private final Workspace workspace;
    private final TestFiles testFiles;
    private final UnitTests unitTests;
    private final ScenarioTests scenarioTests;
    private final Map<Path, Subject> subjects = new LinkedHashMap<>();
    private final Clock clock;
    private final List<RunbookSuggestions> suggestions = new ArrayList<>();
    private boolean failures;

    /**
     * @param cwd absolute
     * @param policies the files of {@code --policy}
     * @param clock for durations alone
     */
    public CoverageRun(Path cwd, List<Path> policies, Clock clock, Options options) {
        this.options = options;
        this.clock = clock;
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
        CoverageBaseline before = baseline();
        for (PathSearch.Hit hit : found.hits()) {
            workspace.saw(hit.path());
            if (hit.kind() == PathSearch.Kind.RUNBOOK) {
                Path file = workspace.cwd.resolve(hit.path()).normalize();
                Plan plan = workspace.plan(file);
                if (plan != null) {
                    subjects.put(file, new Subject(file, plan));
                }
            }
        }
        for (Subject subject : subjects.values()) {
            cover(subject);
        }
        List<RunbookCoverage> runbooks = new ArrayList<>();
        for (Subject subject : subjects.values()) {
            failures |= !subject.failed.isEmpty();
            runbooks.add(subject.counted());
            if (options.suggest()) {
                suggestions.add(SuggestionRun.of(workspace, clock, subject.file, subject.plan, subject.coverage));
            }
        }
        if (runbooks.isEmpty() && !workspace.diagnostics.hasErrors()) {
            workspace.diagnostics.error(Code.S006, null, "there is no runbook among what was found");
        }
        CoverageReport report = new CoverageDemands(options)
                .held(
                        runbooks,
                        workspace.files(),
                        before == null ? null : CoverageComparison.of(before, runbooks),
                        workspace.diagnostics);
        boolean good = !failures && !workspace.diagnostics.hasErrors();
        return new Answer(report, suggestions, workspace.findings(), workspace.unusable() ? 2 : good ? 0 : 1);
    }

    private @Nullable CoverageBaseline baseline() {
        Path file = options.baseline();
        if (file == null) {
            return null;
        }
        CoverageBaseline baseline = CoverageBaselines.read(workspace.cwd, file, workspace.diagnostics);
        if (baseline == null) {
            workspace.markUnusable();
        }
        return baseline;
    }

    /** A runbook, and what its scenarios come to. */
    private final class Subject {
        private final Path file;
        private final Plan plan;
        private final Coverage coverage;
        private final List<String> scenarios = new ArrayList<>();
        private final List<String> unasserted = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();

        Subject(Path file, Plan plan) {
            this.file = file;
            this.plan = plan;
            this.coverage = new Coverage(plan);
        }

        RunbookCoverage counted() {
            return new RunbookCoverage(
                    plan.runbook().name(),
                    workspace.display(file),
                    coverage.branches(),
                    coverage.outcomes(),
                    coverage.reported(),
                    coverage.tree(),
                    scenarios,
                    unasserted,
                    failed,
                    options.includeTests());
        }
    }

    private void cover(Subject subject) {
        for (Path folder : workspace.folders.of(subject.file, workspace.diagnostics)) {
            Rehearsed ran = scenarioTests.run(folder, subject.file);
            if (ran.result().status() == Status.SKIPPED) {
                subject.unasserted.add(ran.result().name());
            } else {
                count(subject, ran.result().name(), ran);
            }
        }
        if (options.includeTests()) {
            for (Path test : testFiles.naming(subject.file)) {
                tests(test, subject);
            }
        }
    }

    /** Only what a test asserts of a run that held makes the run count. */
    private void count(Subject subject, String name, Rehearsed ran) {
        TestResult result = ran.result();
        RunTrace trace = ran.trace();
        if (result.status() != Status.PASSED || trace == null) {
            subject.failed.add(name);
            return;
        }
        subject.scenarios.add(name);
        for (RunTrace run : trace.runs()) {
            if (run == trace) {
                subject.coverage.add(name, run);
                continue;
            }
            // The scenario is the other runbook's own where it lies in that one's folder, not here.
            Path file =
                    workspace.cwd.resolve(run.plan().runbook().source().name()).normalize();
            Subject other = subjects.get(file);
            if (other != null) {
                other.coverage.addFromElsewhere(subject.plan.runbook().name() + "/" + name, run);
            }
        }
    }

    private void tests(Path file, Subject subject) {
        TestDecoder.Decoded decoded = testFiles.decode(file);
        TestFile tests = decoded.file();
        if (tests == null) {
            subject.failed.add(workspace.display(file));
            return;
        }
        for (UnitTest test : tests.tests()) {
            count(subject, "test:" + test.name().text(), unitTests.run(tests, test, subject.file));
        }
    }
}

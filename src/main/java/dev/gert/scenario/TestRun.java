package dev.gert.scenario;

import dev.gert.decode.TestDecoder;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Suggestions;
import dev.gert.engine.port.Clock;
import dev.gert.model.TestFile;
import dev.gert.model.UnitTest;
import dev.gert.projection.TestReport;
import dev.gert.projection.TestResult;
import dev.gert.projection.TestResult.Kind;
import dev.gert.projection.TestResult.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * {@code gert test}: finds unit tests and scenarios and runs them in memory (formats.md, section 4).
 * Starts no process and opens no connection. For one run.
 */
public final class TestRun {
    /**
     * What the user asked for.
     *
     * @param scenario a scenario's folder or name: nothing else is run; null: everything
     * @param filter only tests whose name holds this, or fits it where it is a glob; null: all
     * @param failFast stop at the first test that does not pass
     * @param strict warnings and unknown names are failures
     * @param parallel how many tests are run at a time, from 1; the output is the same
     * @param rebase the time that recorded times are moved from, to now, or the input that holds it; null:
     *     times are as recorded
     * @param update rewrites what failing tests expect
     */
    public record Options(
            @Nullable String scenario,
            @Nullable String filter,
            boolean failFast,
            boolean strict,
            int parallel,
            @Nullable String rebase,
            boolean update) {
        public Options {
            if (parallel < 1) {
                throw new IllegalArgumentException("at least one test at a time");
            }
        }

        /** One at a time, times as recorded, nothing rewritten. */
        public Options(@Nullable String scenario, @Nullable String filter, boolean failFast, boolean strict) {
            this(scenario, filter, failFast, strict, 1, null, false);
        }
    }

    /** A test that was found, to be run. */
    private interface Job {
        Rehearsed run(UnitTests units, ScenarioTests scenarios);
    }

    /** What came of it; {@code exitCode}: 0 all passed, 1 not, 2 asked wrongly (cli.md). */
    public record Answer(TestReport report, List<Diagnostic> diagnostics, int exitCode) {
        public Answer {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /** Of a thread: what nests deep is tested on the main thread's stack. */
    private static final long STACK = 16L << 20;

    private final Options options;
    private final Workspace workspace;
    private final TestFiles testFiles;
    private final Clock clock;
    private final List<Path> policies;
    private final @Nullable Long rebasedTo;
    private final UnitTests unitTests;
    private final ScenarioTests scenarioTests;
    private final boolean later;
    private final Updates updates;
    private final List<Job> jobs = new ArrayList<>();
    private final List<TestResult> results = new ArrayList<>();
    private final Set<Path> done = new HashSet<>();
    private final Set<String> scenarioNames = new LinkedHashSet<>();
    private boolean stopped;
    private int filteredOut;

    /**
     * @param cwd absolute
     * @param policies the files of {@code --policy}
     * @param clock for durations alone; the tests' own time stands still
     */
    public TestRun(Path cwd, List<Path> policies, Clock clock, Options options) {
        this.options = options;
        this.workspace = new Workspace(cwd, policies);
        this.testFiles = new TestFiles(workspace);
        this.updates = new Updates(workspace.cwd, workspace.diagnostics);
        this.clock = clock;
        this.policies = List.copyOf(policies);
        this.rebasedTo = options.rebase() == null ? null : clock.epochMicros();
        this.unitTests = unitTests(workspace);
        this.scenarioTests = scenarioTests(workspace);
        // Which test is the first to fail is known only when those before it have been run.
        this.later = options.parallel() > 1 && !options.failFast();
    }

    private UnitTests unitTests(Workspace in) {
        return new UnitTests(in, clock, options.strict());
    }

    private ScenarioTests scenarioTests(Workspace in) {
        return new ScenarioTests(in, clock, options.strict()).rebased(options.rebase(), rebasedTo);
    }

    /** {@code paths} as the user wrote them; none: the folder {@code runbooks} or else all of the current one, or the scenario's own runbook. */
    public Answer run(List<String> paths) {
        Path folder = scenarioFolder();
        if (folder != null && paths.isEmpty()) {
            only(folder);
        } else {
            PathSearch.Found found = PathSearch.search(
                    workspace.cwd, paths.isEmpty() ? workspace.usual() : paths, true, workspace.diagnostics);
            if (found.missing()) {
                workspace.markUnusable();
            }
            boolean one = runbooks(found) == 1;
            for (PathSearch.Hit hit : found.hits()) {
                take(hit, folder, one);
            }
        }
        if (later) {
            runJobs();
        }
        return answer();
    }

    /** Each thread has files and plans of its own; the results stand in the order in which the tests were found. */
    private void runJobs() {
        Rehearsed[] ran = new Rehearsed[jobs.size()];
        AtomicInteger next = new AtomicInteger();
        AtomicReference<RuntimeException> broken = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        List<Workspace> workspaces = new ArrayList<>();
        for (int i = 1; i < Math.min(options.parallel(), jobs.size()); i++) {
            Workspace own = new Workspace(workspace.cwd, policies);
            workspaces.add(own);
            Thread thread = new Thread(
                    null, () -> work(ran, next, broken, unitTests(own), scenarioTests(own)), "test " + i, STACK);
            thread.start();
            threads.add(thread);
        }
        work(ran, next, broken, unitTests, scenarioTests);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (broken.get() != null) {
            throw broken.get();
        }
        workspaces.forEach(workspace::join);
        for (Rehearsed each : ran) {
            add(each);
        }
    }

    private void work(
            Rehearsed[] ran,
            AtomicInteger next,
            AtomicReference<RuntimeException> broken,
            UnitTests units,
            ScenarioTests scenarios) {
        try {
            for (int i = next.getAndIncrement(); i < ran.length; i = next.getAndIncrement()) {
                ran[i] = jobs.get(i).run(units, scenarios);
            }
        } catch (RuntimeException e) {
            broken.compareAndSet(null, e);
        }
    }

    private static int runbooks(PathSearch.Found found) {
        int count = 0;
        for (PathSearch.Hit hit : found.hits()) {
            count += hit.kind() == PathSearch.Kind.RUNBOOK ? 1 : 0;
        }
        return count;
    }

    /** The folder that {@code --scenario} names, or null where it is a name, or not given. */
    private @Nullable Path scenarioFolder() {
        String scenario = options.scenario();
        if (scenario == null) {
            return null;
        }
        Path folder = workspace.cwd.resolve(scenario).normalize();
        if (Files.isDirectory(folder)) {
            return folder;
        }
        if (scenario.indexOf('/') >= 0) {
            workspace.markUnusable();
            workspace.diagnostics.error(Code.R204, null, "there is no folder `" + scenario + "`");
        }
        return null;
    }

    private void take(PathSearch.Hit hit, @Nullable Path folder, boolean oneRunbook) {
        Path absolute = workspace.cwd.resolve(hit.path()).normalize();
        String scenario = options.scenario();
        if (hit.kind() != PathSearch.Kind.SCENARIO) {
            workspace.saw(absolute);
        }
        switch (hit.kind()) {
            case SCENARIO -> {
                if (scenario == null || absolute.equals(folder) || named(absolute, scenario)) {
                    only(absolute);
                }
            }
            case TEST -> {
                if (scenario == null) {
                    unit(absolute);
                }
            }
            case RUNBOOK -> runbook(absolute, folder, oneRunbook);
        }
    }

    private void runbook(Path runbook, @Nullable Path folder, boolean one) {
        String scenario = options.scenario();
        if (folder != null) {
            Path parent = folder.getParent();
            if (one || (parent != null && parent.endsWith(ScenarioFolders.stem(runbook)))) {
                scenario(folder, runbook);
            }
            return;
        }
        if (scenario == null) {
            for (Path test : testFiles.naming(runbook)) {
                unit(test);
            }
        }
        for (Path each : workspace.folders.of(runbook, workspace.diagnostics)) {
            scenarioNames.add(ScenarioTests.name(each));
            if (scenario == null || named(each, scenario)) {
                scenario(each, runbook);
            }
        }
    }

    private static boolean named(Path folder, String scenario) {
        return folder.getFileName().toString().equals(scenario);
    }

    /** A scenario folder whose runbook is found by the folder's name. */
    private void only(Path folder) {
        List<Path> runbooks = workspace.folders.runbooksOf(folder);
        if (runbooks.size() == 1) {
            scenario(folder, runbooks.get(0));
            return;
        }
        String shown = workspace.display(folder);
        workspace.diagnostics.error(
                Code.S005,
                null,
                runbooks.isEmpty()
                        ? "there is no runbook for the scenario " + shown
                        : "more than one runbook may be meant by the scenario " + shown,
                "",
                "name it: `gert test RUNBOOK --scenario DIR`; a scenario lies in `scenarios/{runbook}/{name}`");
        TestResult result = TestResult.notRun(
                Kind.SCENARIO,
                ScenarioTests.name(folder),
                shown,
                null,
                null,
                Status.ERROR,
                List.of(),
                "no runbook for it");
        run((units, scenarios) -> new Rehearsed(result, null, null));
    }

    private void scenario(Path folder, Path runbook) {
        if (stopped || isDone(folder)) {
            return;
        }
        if (passes(ScenarioTests.name(folder))) {
            run((units, scenarios) -> scenarios.run(folder, runbook));
        }
    }

    private void unit(Path file) {
        if (stopped || isDone(file)) {
            return;
        }
        TestDecoder.Decoded decoded = testFiles.decode(file);
        TestFile tests = decoded.file();
        Path runbook = tests == null ? null : testFiles.runbook(file, tests);
        if (tests == null || runbook == null) {
            String shown = workspace.display(file);
            String why = tests == null ? "the file is not valid" : "there is no such runbook";
            TestResult result = TestResult.notRun(Kind.UNIT, shown, shown, null, null, Status.ERROR, List.of(), why);
            run((units, scenarios) -> new Rehearsed(result, null, null));
            return;
        }
        for (UnitTest test : tests.tests()) {
            if (!stopped && passes(test.name().text())) {
                run((units, scenarios) -> units.run(tests, test, runbook));
            }
        }
    }

    private boolean isDone(Path file) {
        return !done.add(file);
    }

    private boolean passes(String name) {
        String filter = options.filter();
        boolean passes =
                filter == null || (PathGlob.isGlob(filter) ? PathGlob.matches(filter, name) : name.contains(filter));
        filteredOut += passes ? 0 : 1;
        return passes;
    }

    private void run(Job job) {
        if (later) {
            jobs.add(job);
        } else {
            add(job.run(unitTests, scenarioTests));
        }
    }

    private void add(Rehearsed rehearsed) {
        TestResult result = rehearsed.result();
        results.add(result);
        if (options.update()) {
            rehearsed.rewrites().forEach(updates::add);
        }
        boolean bad = result.status() == Status.FAILED || result.status() == Status.ERROR;
        stopped |= bad && options.failFast();
    }

    private Answer answer() {
        TestReport report = new TestReport(results, workspace.files(), stopped, updates.write());
        int ran = results.size() - report.count(Status.SKIPPED);
        if (ran == 0 && !workspace.diagnostics.hasErrors()) {
            nothing();
        }
        boolean good = report.count(Status.FAILED) == 0
                && report.count(Status.ERROR) == 0
                && !workspace.diagnostics.hasErrors();
        return new Answer(report, workspace.findings(), workspace.unusable() ? 2 : good ? 0 : 1);
    }

    private void nothing() {
        String scenario = options.scenario();
        String message = "there is no test and no scenario for what was found";
        String help = null;
        if (!results.isEmpty()) {
            message = "nothing was tested: no scenario has expectations";
        } else if (filteredOut > 0) {
            message = "no test has a name that fits the filter";
        } else if (scenario != null) {
            message = "there is no scenario `" + scenario + "`";
            String near = Suggestions.didYouMean(scenario, scenarioNames);
            help = near.isEmpty() ? null : near;
        }
        workspace.diagnostics.error(Code.S006, null, message, "", help);
    }
}

package dev.gert.scenario;

import dev.gert.decode.ExpectedDecoder;
import dev.gert.decode.ScenarioDecoder;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.dispatch.replay.RecordedOperator;
import dev.gert.dispatch.replay.ReplayDispatcher;
import dev.gert.dispatch.replay.ScriptedApprover;
import dev.gert.engine.port.Clock;
import dev.gert.model.Expected;
import dev.gert.model.ScenarioInput;
import dev.gert.model.ScenarioRecording;
import dev.gert.plan.Plan;
import dev.gert.policy.Captured;
import dev.gert.projection.RunTrace;
import dev.gert.projection.TestFinding;
import dev.gert.projection.TestResult;
import dev.gert.projection.TestResult.Kind;
import dev.gert.projection.TestResult.Status;
import dev.gert.source.Source;
import dev.gert.source.Span;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replays a scenario folder and compares what came with what it expects (formats.md, section 4). */
final class ScenarioTests {
    private static final String UNREADABLE = "its files are not valid";

    private final Workspace workspace;
    private final Clock clock;
    private final boolean strict;
    private @Nullable String rebase;
    private long now;

    ScenarioTests(Workspace workspace, Clock clock, boolean strict) {
        this.workspace = workspace;
        this.clock = clock;
        this.strict = strict;
    }

    /** Moves recorded times by the way from {@code reference}, a time or the input that holds it, to {@code micros}. */
    ScenarioTests rebased(@Nullable String reference, @Nullable Long micros) {
        rebase = reference;
        now = micros == null ? 0 : micros;
        return this;
    }

    /** What a scenario's files say. */
    private record Files(List<Expected> expected, List<ScenarioInput> inputs, ScenarioRecording recording) {}

    /** What its files say without what it expects. */
    record Recorded(List<ScenarioInput> inputs, ScenarioRecording recording) {}

    /** {@code folder} and {@code runbook}: absolute. */
    Rehearsed run(Path folder, Path runbook) {
        Source expected = workspace.optional(folder.resolve(ScenarioFolders.EXPECTED));
        Source test = workspace.optional(folder.resolve(ScenarioFolders.TEST));
        Span place = expected != null ? expected.span(0, 0) : test != null ? test.span(0, 0) : null;
        if (place == null) {
            boolean broken = workspace.isThere(folder.resolve(ScenarioFolders.EXPECTED))
                    || workspace.isThere(folder.resolve(ScenarioFolders.TEST));
            return broken
                    ? notRun(folder, runbook, null, Status.ERROR, List.of(), UNREADABLE)
                    : notRun(folder, runbook, null, Status.SKIPPED, List.of(), "no expected.yaml, no test.yaml");
        }
        Files files = read(folder, expected, test);
        Plan plan = workspace.plan(runbook);
        if (plan == null) {
            String why = "the runbook " + workspace.display(runbook) + " can't be run";
            return notRun(folder, runbook, place, Status.ERROR, List.of(), why);
        }
        if (files == null) {
            return notRun(folder, runbook, place, Status.ERROR, List.of(), UNREADABLE);
        }
        return replay(folder, runbook, place, files, plan);
    }

    private @Nullable Files read(Path folder, @Nullable Source expected, @Nullable Source test) {
        List<Expected> all = new ArrayList<>();
        boolean whole = true;
        if (expected != null) {
            Expected decoded = ExpectedDecoder.expected(expected, workspace.diagnostics);
            whole &= decoded != null && all.add(decoded);
        }
        if (test != null) {
            Expected decoded = ExpectedDecoder.test(test, workspace.diagnostics);
            whole &= decoded != null && all.add(decoded);
        }
        Recorded recorded = recorded(workspace, folder);
        return whole && recorded != null ? new Files(all, recorded.inputs(), recorded.recording()) : null;
    }

    /** Replays what was never written to a disk, as if {@code folder} held it; null: there is no such file. */
    Rehearsed run(
            Path folder,
            Path runbook,
            Source expected,
            @Nullable Source inputs,
            @Nullable Source recording,
            List<Source> steps) {
        Plan plan = workspace.plan(runbook);
        Expected decoded = ExpectedDecoder.expected(expected, new Diagnostics());
        List<ScenarioInput> values = inputs == null ? List.of() : ScenarioDecoder.inputs(inputs, new Diagnostics());
        ScenarioRecording answers =
                recording == null ? ScenarioRecording.empty() : ScenarioDecoder.recording(recording, new Diagnostics());
        Span place = expected.span(0, 0);
        return plan == null || decoded == null || values == null || answers == null
                ? notRun(folder, runbook, place, Status.ERROR, List.of(), UNREADABLE)
                : replay(
                        folder,
                        runbook,
                        place,
                        new Files(List.of(decoded), values, answers.with(new StepFiles(workspace, plan).of(steps))),
                        plan);
    }

    /** Null, with diagnostics, when they are not valid. */
    static @Nullable Recorded recorded(Workspace workspace, Path folder) {
        Path inputsFile = folder.resolve(ScenarioFolders.INPUTS);
        Path recordingFile = folder.resolve(ScenarioFolders.RECORDING);
        Source inputsSource = workspace.optional(inputsFile);
        Source recordingSource = workspace.optional(recordingFile);
        List<ScenarioInput> inputs = inputsSource == null
                ? workspace.isThere(inputsFile) ? null : List.of()
                : ScenarioDecoder.inputs(inputsSource, workspace.diagnostics);
        ScenarioRecording recording = recordingSource == null
                ? workspace.isThere(recordingFile) ? null : ScenarioRecording.empty()
                : ScenarioDecoder.recording(recordingSource, workspace.diagnostics);
        return inputs != null && recording != null ? new Recorded(inputs, recording) : null;
    }

    private Rehearsed replay(Path folder, Path runbook, Span place, Files files, Plan plan) {
        InputBinding binding = new InputBinding(plan);
        for (ScenarioInput input : files.inputs()) {
            binding.give(input.name(), input.value(), input.valueSpan(), false);
        }
        RehearsalInputs inputs = binding.bind(true, place);
        if (!binding.errors().isEmpty()) {
            return notRun(folder, runbook, place, Status.ERROR, binding.errors(), "");
        }
        long start = clock.nanos();
        String reference = rebase;
        Instant from = reference == null ? null : reference(reference, inputs);
        if (reference != null && from == null) {
            TestFinding problem = new Findings(inputs.redactor())
                    .problem(
                            Code.S011,
                            "the times can't be moved: the input `" + reference + "` of the scenario is no time",
                            place,
                            "");
            return notRun(folder, runbook, place, Status.ERROR, List.of(problem), "");
        }
        Rebase moved = from == null ? null : new Rebase(from, now);
        List<ScenarioRecording.Response> stepFiles = new StepFiles(workspace, plan).read(folder, moved);
        if (stepFiles == null) {
            return notRun(folder, runbook, place, Status.ERROR, List.of(), UNREADABLE);
        }
        ScenarioRecording recording = files.recording().with(stepFiles);
        ReplayDispatcher dispatcher = new ReplayDispatcher(recording.commands(), recording.responses());
        RecordedOperator operator = new RecordedOperator(files.recording().evidence(), folder);
        ScriptedApprover approver = new ScriptedApprover(files.recording().approvals());
        Rehearsal.Came came = new Rehearsal(plan, workspace.projectRoot)
                .at(from == null ? 0 : now)
                .run(Rehearsal.Mode.REPLAY, inputs, dispatcher, approver, operator);
        Ran ran = new Ran(folder, runbook, place, plan, came, RunTrace.of(plan, came.records()));
        Recordings recordings = new Recordings(ran.trace(), came.redactor());
        List<TestFinding> missed = recordings.missed(dispatcher, place);
        List<TestFinding> warnings = new ArrayList<>(binding.warnings());
        warnings.addAll(recordings.unused(dispatcher, approver, operator));
        return judged(ran, files.expected(), missed, warnings, start);
    }

    /** A run that was replayed, and where its scenario lies. */
    private record Ran(Path folder, Path runbook, Span place, Plan plan, Rehearsal.Came came, RunTrace trace) {}

    /** The same of a run that was given all that the scenario records, and nothing else. */
    Rehearsed judged(Path folder, Path runbook, Source expected, Plan plan, Rehearsal.Came came, RunTrace trace) {
        Span place = expected.span(0, 0);
        Expected decoded = ExpectedDecoder.expected(expected, new Diagnostics());
        return decoded == null
                ? notRun(folder, runbook, place, Status.ERROR, List.of(), UNREADABLE)
                : judged(
                        new Ran(folder, runbook, place, plan, came, trace),
                        List.of(decoded),
                        List.of(),
                        List.of(),
                        clock.nanos());
    }

    private Rehearsed judged(
            Ran ran, List<Expected> all, List<TestFinding> missed, List<TestFinding> unused, long start) {
        RunTrace trace = ran.trace();
        Findings findings = new Findings(ran.came().redactor());
        Lineage lineage = Lineage.of(trace);
        List<TestFinding> errors = new ArrayList<>();
        boolean errorAsked = false;
        for (Expected expected : all) {
            errors.addAll(ScenarioVerdict.dangling(expected, new References(lineage.plans(), findings)));
            errorAsked |= ScenarioVerdict.asksForError(expected);
        }
        if (!errors.isEmpty()) {
            return notRun(ran.folder(), ran.runbook(), ran.place(), Status.ERROR, errors, "");
        }
        List<TestFinding> failures = new ArrayList<>(missed);
        TestFinding error = ScenarioVerdict.unexpectedError(trace, findings, ran.place());
        boolean told = false;
        for (Expected expected : all) {
            failures.addAll(ScenarioVerdict.of(expected, trace, lineage, findings));
            told |= expected.outcome() != null;
        }
        boolean explained = errorAsked || told || !missed.isEmpty();
        if (error != null && (trace.last().end() == null || !explained)) {
            failures.add(error);
        }
        List<TestFinding> warnings = new ArrayList<>(unused);
        if (strict) {
            failures.addAll(warnings);
            warnings.clear();
        }
        Path folder = ran.folder();
        TestResult result = new TestResult(
                Kind.SCENARIO,
                name(folder),
                workspace.display(folder),
                ran.place(),
                workspace.display(ran.runbook()),
                failures.isEmpty() ? Status.PASSED : Status.FAILED,
                trace.last().outcomeWord(),
                StepChecks.ids(trace),
                StepChecks.chain(trace),
                List.of(),
                failures,
                warnings,
                "",
                (clock.nanos() - start) / 1000);
        List<Rewrite> rewrites = new ArrayList<>();
        if (Rehearsed.isRewritable(failures)) {
            for (Expected expected : all) {
                Rewrite rewrite = ScenarioRewrite.of(expected, name(folder), trace, lineage);
                if (rewrite != null) {
                    rewrites.add(rewrite);
                }
            }
        }
        return new Rehearsed(result, ran.plan(), trace, rewrites);
    }

    /** A time, or the value of an input or var of that name. */
    private static @Nullable Instant reference(String written, RehearsalInputs inputs) {
        Instant time = Rebase.instant(written);
        Captured value = inputs.values().get(written);
        return time != null || value == null
                ? time
                : Rebase.instant(value.shown().text());
    }

    static String name(Path folder) {
        return folder.getFileName().toString();
    }

    private Rehearsed notRun(
            Path folder, Path runbook, @Nullable Span place, Status status, List<TestFinding> errors, String reason) {
        TestResult result = TestResult.notRun(
                Kind.SCENARIO,
                name(folder),
                workspace.display(folder),
                place,
                workspace.display(runbook),
                status,
                errors,
                reason);
        return new Rehearsed(result, null, null);
    }
}

package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.dispatch.replay.RecordedOperator;
import dev.gert.dispatch.replay.ReplayDispatcher;
import dev.gert.dispatch.replay.ScriptedApprover;
import dev.gert.engine.port.RunListener;
import dev.gert.event.RunEvent;
import dev.gert.model.ScenarioInput;
import dev.gert.model.ScenarioRecording;
import dev.gert.plan.Plan;
import dev.gert.projection.RunTrace;
import dev.gert.projection.TestFinding;
import dev.gert.runtime.RunEnd;
import dev.gert.source.Source;
import dev.gert.source.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code gert run --mode replay}: a scenario seen as a run, whatever it expects (cli.md). Nobody is asked,
 * nothing is executed, nothing is written.
 */
public final class ScenarioReplay {
    /** The id that the run goes by: it has no folder. */
    public static final String RUN = "replay";

    private final Workspace workspace;
    private final Plan plan;
    private final Path folder;
    private final RehearsalInputs inputs;
    private final ScenarioRecording recording;
    private final Span place;

    private ScenarioReplay(
            Workspace workspace,
            Plan plan,
            Path folder,
            RehearsalInputs inputs,
            ScenarioRecording recording,
            Span place) {
        this.workspace = workspace;
        this.plan = plan;
        this.folder = folder;
        this.inputs = inputs;
        this.recording = recording;
        this.place = place;
    }

    /** What opening a scenario came to; {@code replay} null: {@code problems} say why. */
    public record Opened(@Nullable ScenarioReplay replay, List<Diagnostic> diagnostics, List<TestFinding> problems) {}

    /** How it ended, what had no recording, and what nothing asked for. */
    public record Came(RunEnd end, List<TestFinding> missed, List<TestFinding> unused) {}

    /**
     * The scenario's files, read and laid over the runbook.
     *
     * @param cwd absolute
     * @param runbook the file of {@code plan}
     * @param scenario a folder, or the name of one of the runbook's
     */
    public static Opened open(Path cwd, Plan plan, Path runbook, String scenario) {
        Workspace workspace = new Workspace(cwd, List.of());
        Path folder = folder(workspace, cwd.resolve(runbook).normalize(), scenario);
        if (folder == null) {
            return new Opened(null, workspace.findings(), List.of());
        }
        ScenarioTests.Recorded recorded = ScenarioTests.recorded(workspace, folder);
        List<ScenarioRecording.Response> files = new StepFiles(workspace, plan).read(folder, null);
        if (recorded == null || files == null) {
            return new Opened(null, workspace.findings(), List.of());
        }
        InputBinding binding = new InputBinding(plan);
        for (ScenarioInput input : recorded.inputs()) {
            binding.give(input.name(), input.value(), input.valueSpan(), false);
        }
        Span place = Source.of(workspace.display(folder), "").span(0, 0);
        RehearsalInputs inputs = binding.bind(true, place);
        if (!binding.errors().isEmpty()) {
            return new Opened(null, workspace.findings(), binding.errors());
        }
        ScenarioRecording recording = recorded.recording().with(files);
        return new Opened(
                new ScenarioReplay(workspace, plan, folder, inputs, recording, place), List.of(), binding.warnings());
    }

    private static @Nullable Path folder(Workspace workspace, Path runbook, String scenario) {
        Path named = workspace.cwd.resolve(scenario).normalize();
        if (Files.isDirectory(named)) {
            return named;
        }
        Diagnostics elsewhere = new Diagnostics();
        List<String> names = new ArrayList<>();
        for (Path each : workspace.folders.of(runbook, elsewhere)) {
            if (ScenarioTests.name(each).equals(scenario)) {
                return each;
            }
            names.add(ScenarioTests.name(each));
        }
        String near = Suggestions.didYouMean(scenario, names);
        workspace.diagnostics.error(
                Code.S006, null, "there is no scenario `" + scenario + "`", "", near.isEmpty() ? null : near);
        return null;
    }

    /** {@code first}: the run's first record. */
    public Came run(RunEvent.RunStarted first, List<RunListener> listeners) {
        ReplayDispatcher dispatcher = new ReplayDispatcher(recording.commands(), recording.responses());
        ScriptedApprover approver = new ScriptedApprover(recording.approvals());
        RecordedOperator operator = new RecordedOperator(recording.evidence(), folder);
        Rehearsal.Came came = new Rehearsal(plan, workspace.projectRoot)
                .shown(first, listeners)
                .run(Rehearsal.Mode.REPLAY, inputs, dispatcher, approver, operator);
        Recordings recordings = new Recordings(RunTrace.of(plan, came.records()), came.redactor());
        return new Came(
                came.end(), recordings.missed(dispatcher, place), recordings.unused(dispatcher, approver, operator));
    }
}

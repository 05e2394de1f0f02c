package dev.gert.scenario;

import dev.gert.decode.ScenarioDecoder;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.engine.port.Clock;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.model.ScenarioInput;
import dev.gert.plan.Plan;
import dev.gert.policy.Captured;
import dev.gert.policy.Redaction;
import dev.gert.policy.Redactor;
import dev.gert.projection.RunTrace;
import dev.gert.projection.TestFinding;
import dev.gert.projection.TestResult;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code --record}: a run that is over, told as a scenario that replays to the same path (cli.md; formats.md,
 * sections 4 and 5). Made from the journal's records and the run's files alone, so that a run that was resumed
 * can be recorded too.
 *
 * <p>The run is replayed at once, with its own answers, step by step; what that replay asks for is what is
 * written, so a secret is a placeholder in all places alike. What was written is then replayed as {@code gert
 * test} would. Where either goes another way than the run did, nothing is kept.
 */
public final class ScenarioRecorder {
    private final Path target;
    private final Path cwd;
    private final List<Path> policies;
    private final Clock clock;

    /**
     * @param target the scenario's folder, absolute
     * @param cwd that of the run
     * @param policies the files of {@code --policy}
     */
    public ScenarioRecorder(Path target, Path cwd, List<Path> policies, Clock clock) {
        this.target = target;
        this.cwd = cwd;
        this.policies = List.copyOf(policies);
        this.clock = clock;
    }

    /** What came of recording. */
    public sealed interface Result {
        /**
         * It is in its place.
         *
         * @param found whether the runbook is found by the folder's name
         * @param steps how many steps its path has
         */
        record Written(boolean found, int steps) implements Result {}

        /** There is none; {@code help} may be empty. */
        record Refused(String reason, String help) implements Result {}
    }

    /** Why nothing can be recorded at {@code target}, an absolute path, to be asked before a run begins; null: it can. */
    public static @Nullable String obstacle(Path target) {
        return RecordingFolder.obstacle(target);
    }

    /**
     * Writes the scenario of a run that is over.
     *
     * @param folder the run's
     * @param records all of the run, those of its earlier sessions first
     * @param redactor that knows all of the run's secrets
     */
    public Result record(Plan plan, Path folder, List<Envelope> records, Redactor redactor) {
        try (RecordingFolder made = RecordingFolder.beside(target)) {
            Result.Written written = write(made, plan, folder, records, redactor);
            made.finish();
            return written;
        } catch (UnrecordableException e) {
            return new Result.Refused(String.valueOf(e.getMessage()), e.help());
        } catch (IOException e) {
            return new Result.Refused("it can't be written: " + TextFiles.reason(e), "");
        }
    }

    private Result.Written write(RecordingFolder made, Plan plan, Path folder, List<Envelope> records, Redactor known)
            throws UnrecordableException, IOException {
        for (Envelope record : records) {
            if (record.event() instanceof RunEvent.StepsSkipped || record.event() instanceof RunEvent.StepRetried) {
                throw new UnrecordableException(
                        "a person left steps out of the run, or had one made again",
                        "a scenario goes the runbook's way");
            }
        }
        RunTrace trace = RunTrace.of(plan, records);
        Redaction redaction = new Redaction(known);
        trace.runs().forEach(each -> redaction.with(each.plan().policy()));
        Redactor redactor = redaction.get();
        HiddenReads.Read hidden = HiddenReads.first(trace, records);
        if (hidden != null) {
            throw new UnrecordableException(
                    hidden.what() + " at " + hidden.span().place() + " read `" + hidden.name()
                            + "`, which is redacted, and what is left of it may decide otherwise",
                    "a value that conditions read can't be a secret: capture what they need of it by itself");
        }
        Envelope first = records.get(0);
        RunEvent.RunStarted started = (RunEvent.RunStarted) first.event();
        RecordedFiles files = new RecordedFiles(first.run(), first.time());
        RecordedInputs inputs = RecordedInputs.of(plan, first.run(), started, inputs(records), redactor);
        String inputsText = files.inputs(inputs);

        Workspace workspace = new Workspace(cwd, policies);
        RecordedAnswers answers = RecordedAnswers.of(records);
        RunKeys keys = new RunKeys();
        RecordingDispatcher dispatcher =
                new RecordingDispatcher(answers, new RecordedOutput(folder, redactor), keys, redactor);
        RecordingPeople people = new RecordingPeople(answers, keys);
        List<Envelope> replayed = new Rehearsal(plan, workspace.projectRoot)
                .heardBy(keys)
                .run(Rehearsal.Mode.REPLAY, bound(plan, inputsText), dispatcher, people, people)
                .records();
        List<RecordingDispatcher.Noted> noted = dispatcher.noted();
        people.check();
        same(SamePath.parting(records, replayed));

        RunTrace came = RunTrace.of(plan, replayed);
        Map<String, String> steps = RecordedFiles.steps(noted);
        made.write(ScenarioFolders.INPUTS, inputsText);
        made.write(ScenarioFolders.RECORDING, files.scenario(came, started, noted, people, steps.keySet()));
        made.write(ScenarioFolders.EXPECTED, files.expected(came, hidden(trace), RecordedFiles.times(noted)));
        for (Map.Entry<String, String> step : steps.entrySet()) {
            made.write(StepFiles.FOLDER + "/" + step.getKey(), step.getValue());
        }
        attachments(made, folder, people);
        Path runbook = cwd.resolve(started.runbook().file()).normalize();
        same(failure(workspace, new ScenarioTests(workspace, clock, true).run(made.path(), runbook)));
        List<Path> named = workspace.folders.runbooksOf(target);
        boolean found = named.size() == 1 && named.get(0).normalize().equals(runbook);
        return new Result.Written(found, came.ran().size());
    }

    private static void same(@Nullable String parting) throws UnrecordableException {
        if (parting != null) {
            throw new UnrecordableException(
                    "its replay would not come to the same path: " + parting,
                    "a replay has the redacted output, no clock, and no programs to look for");
        }
    }

    private static RunEvent.InputsResolved inputs(List<Envelope> records) throws UnrecordableException {
        for (Envelope record : records) {
            if (record.event() instanceof RunEvent.InputsResolved inputs) {
                return inputs;
            }
        }
        throw new UnrecordableException("the run has no inputs");
    }

    /** As a test lays the file over the runbook. */
    private static RehearsalInputs bound(Plan plan, String text) throws UnrecordableException {
        Source source = Source.of(ScenarioFolders.INPUTS, text);
        Diagnostics diagnostics = new Diagnostics();
        List<ScenarioInput> values = ScenarioDecoder.inputs(source, diagnostics);
        if (values == null) {
            throw new UnrecordableException("its inputs can't be written: "
                    + diagnostics.sorted().get(0).message());
        }
        InputBinding binding = new InputBinding(plan);
        for (ScenarioInput input : values) {
            binding.give(input.name(), input.value(), input.valueSpan(), false);
        }
        RehearsalInputs inputs = binding.bind(true, source.span(0, 0));
        if (!binding.errors().isEmpty()) {
            throw new UnrecordableException("its inputs are not whole without what is redacted: "
                    + binding.errors().get(0).message().text());
        }
        return inputs;
    }

    /** The names of captures of which nothing may be told. */
    private static Set<String> hidden(RunTrace trace) {
        Set<String> hidden = new HashSet<>();
        for (RunTrace each : trace.runs()) {
            for (Map.Entry<String, Captured> value : each.values().entrySet()) {
                if (value.getValue().shown().redacted()) {
                    hidden.add(value.getKey());
                }
            }
        }
        return hidden;
    }

    private static void attachments(RecordingFolder made, Path folder, RecordingPeople people) throws IOException {
        Set<String> copied = new HashSet<>();
        for (RecordingPeople.Done done : people.done().values()) {
            for (RunEvent.EvidenceCollected piece : done.evidence().values()) {
                RunEvent.OutputFile file = piece.file();
                if (file != null && copied.add(file.file())) {
                    made.copy(RecordedFiles.attachment(file), folder.resolve(file.file()));
                }
            }
        }
    }

    /** Null when the scenario passed. */
    private static @Nullable String failure(Workspace workspace, Rehearsed ran) {
        TestResult result = ran.result();
        for (TestFinding failure : result.failures()) {
            return failure.message().text();
        }
        if (result.status() == TestResult.Status.PASSED) {
            return null;
        }
        List<Diagnostic> findings = workspace.findings();
        return findings.isEmpty() ? result.reason() : findings.get(0).message();
    }
}

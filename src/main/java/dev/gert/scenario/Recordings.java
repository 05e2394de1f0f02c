package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.dispatch.replay.ReplayDispatcher;
import dev.gert.dispatch.replay.ScriptedApprover;
import dev.gert.json.JsonWriter;
import dev.gert.model.ScenarioRecording;
import dev.gert.model.Step;
import dev.gert.model.StepAnswers;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.projection.TestFinding;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a replay asked for and did not find, and what it found and did not ask for. */
final class Recordings {
    private final Findings findings;
    private final Plan plan;

    Recordings(Findings findings, Plan plan) {
        this.findings = findings;
        this.plan = plan;
    }

    /** A failure for every command without a recording. */
    List<TestFinding> missed(ReplayDispatcher dispatcher, Span place) {
        List<TestFinding> missed = new ArrayList<>();
        for (ReplayDispatcher.Miss miss : dispatcher.misses()) {
            ScenarioRecording.Command nearest = miss.nearest();
            String message = (miss.used() == 0 ? "no recording for" : "no recording is left for") + " the command of `"
                    + miss.stepId() + "`" + before(miss.used()) + ": " + words(miss.argv());
            TestFinding finding = findings.problem(
                    Code.S002,
                    message,
                    nearest == null ? place : nearest.span(),
                    nearest == null || miss.used() > 0 ? "" : "the nearest that was recorded",
                    commandPlace(miss.step()),
                    "asked for here");
            missed.add(findings.withHelp(
                    finding,
                    nearest == null
                            ? "record it under `commands` in the scenario's scenario.yaml"
                            : "recorded: " + words(nearest.argv())));
        }
        return missed;
    }

    private static String before(int used) {
        return used == 0 ? "" : " (" + used + " used before)";
    }

    private @Nullable Span commandPlace(String address) {
        PlanStep node = plan.step(address);
        return node != null && node.step() instanceof Step.CliStep cli
                ? cli.argvSpans().get(0)
                : null;
    }

    /** As JSON, each word redacted by itself: escapes would hide a secret from the redactor. */
    private String words(List<String> argv) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.compact(out).array();
        for (String word : argv) {
            json.value(findings.safe(word).text());
        }
        json.end();
        return out.toString();
    }

    /** A warning for every recorded answer that nothing asked for. */
    List<TestFinding> unused(ReplayDispatcher dispatcher, ScriptedApprover approver, ScenarioRecording recording) {
        List<TestFinding> unused = new ArrayList<>();
        for (ScenarioRecording.Command command : dispatcher.unused()) {
            unused.add(unused("the recorded command " + words(command.argv()) + " was never used", command.span()));
        }
        for (ScenarioRecording.Approval approval : approver.unused()) {
            unused.add(unused("the recorded approval of `" + approval.step() + "` was never used", approval.span()));
        }
        for (StepAnswers answers : recording.evidence()) {
            YamlNode.Scalar step = answers.step();
            if (plan.byId(step.text()) == null) {
                unused.add(unused("the recorded evidence of `" + step.text() + "` was never used", step.span()));
            }
        }
        return unused;
    }

    /** {@code steps/*.json} are answers to steps of types that this version does not have. */
    List<TestFinding> unusedResponses(Path folder, Workspace workspace) {
        List<TestFinding> unused = new ArrayList<>();
        Path steps = folder.resolve("steps");
        if (!Files.isDirectory(steps)) {
            return unused;
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(steps, "*.json")) {
            for (Path file : stream) {
                names.add(workspace.display(file));
            }
        } catch (IOException | DirectoryIteratorException e) {
            names.add(workspace.display(steps));
        }
        names.sort(String::compareTo);
        for (String name : names) {
            unused.add(unused("the recorded response " + name + " was never used", null));
        }
        return unused;
    }

    private TestFinding unused(String message, @Nullable Span place) {
        return findings.problem(Code.S007, message, place, "");
    }
}

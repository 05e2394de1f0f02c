package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.dispatch.replay.RecordedOperator;
import dev.gert.dispatch.replay.ReplayDispatcher;
import dev.gert.dispatch.replay.ScriptedApprover;
import dev.gert.json.JsonWriter;
import dev.gert.model.ScenarioRecording;
import dev.gert.model.Step;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Redactor;
import dev.gert.projection.RunTrace;
import dev.gert.projection.TestFinding;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a replay asked for and did not find, and what it found and did not ask for. */
final class Recordings {
    private final Findings findings;
    private final RunTrace trace;
    private final Redactor redactor;

    /** {@code redactor}: that knows all that had to be hidden. */
    Recordings(RunTrace trace, Redactor redactor) {
        this.findings = new Findings(redactor);
        this.trace = trace;
        this.redactor = redactor;
    }

    /** A failure for everything without a recording. */
    List<TestFinding> missed(ReplayDispatcher dispatcher, Span place) {
        List<TestFinding> missed = new ArrayList<>();
        for (ReplayDispatcher.Miss miss : dispatcher.misses()) {
            missed.add(miss.argv().isEmpty() ? answer(miss, place) : command(miss, place));
        }
        return missed;
    }

    private TestFinding command(ReplayDispatcher.Miss miss, Span place) {
        ScenarioRecording.Command nearest = miss.nearest();
        String message = (miss.used() == 0 ? "no recording for" : "no recording is left for") + " the command of `"
                + miss.stepId() + "`" + before(miss.used()) + ": " + words(miss.argv(), miss.redactor());
        TestFinding finding = findings.problem(
                Code.S002,
                message,
                nearest == null ? place : nearest.span(),
                nearest == null || miss.used() > 0 ? "" : "the nearest that was recorded",
                place(miss),
                "asked for here");
        String file = step(miss) instanceof Step.ToolStep
                ? ", or its answer in steps/000-" + miss.stepId().replace('_', '-') + ".json"
                : "";
        return findings.withHelp(
                finding,
                nearest == null
                        ? "record it under `commands` in the scenario's scenario.yaml" + file
                        : "recorded: " + words(nearest.argv(), miss.redactor()));
    }

    private TestFinding answer(ReplayDispatcher.Miss miss, Span place) {
        String message = (miss.used() == 0 ? "no recording for" : "no recording is left for") + " the answer to `"
                + miss.stepId() + "`" + before(miss.used());
        TestFinding finding = findings.problem(Code.S002, message, place, "", place(miss), "asked for here");
        String file = "steps/000-" + miss.stepId().replace('_', '-') + ".json";
        return findings.withHelp(
                finding,
                step(miss) instanceof Step.AwsStep
                        ? "record it under `aws` in the scenario's scenario.yaml, or in " + file
                        : "record it in the scenario's " + file);
    }

    private static String before(int used) {
        return used == 0 ? "" : " (" + used + " used before)";
    }

    private @Nullable PlanStep node(ReplayDispatcher.Miss miss) {
        for (RunTrace each : trace.runs()) {
            if (each.run().equals(miss.run())) {
                return each.plan().step(miss.step());
            }
        }
        return null;
    }

    private @Nullable Step step(ReplayDispatcher.Miss miss) {
        PlanStep node = node(miss);
        return node == null ? null : node.step();
    }

    private @Nullable Span place(ReplayDispatcher.Miss miss) {
        Step step = step(miss);
        if (step instanceof Step.CliStep cli) {
            return cli.argvSpans().get(0);
        }
        return step == null ? null : step.common().idSpan();
    }

    /** As JSON, each word redacted by itself: escapes would hide a secret from the redactor. */
    private static String words(List<String> argv, Redactor redactor) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.compact(out).array();
        for (String word : argv) {
            json.value(redactor.safe(word).text());
        }
        json.end();
        return out.toString();
    }

    /** A warning for every recorded answer that nothing asked for. */
    List<TestFinding> unused(ReplayDispatcher dispatcher, ScriptedApprover approver, RecordedOperator operator) {
        List<TestFinding> unused = new ArrayList<>();
        for (ScenarioRecording.Command command : dispatcher.unused()) {
            unused.add(unused("the recorded command " + words(command.argv(), redactor), command.span()));
        }
        for (ScenarioRecording.Approval approval : approver.unused()) {
            unused.add(unused("the recorded approval of `" + approval.step() + "`", approval.span()));
        }
        for (RecordedOperator.Unused answer : operator.unused()) {
            unused.add(unused("the recorded evidence " + answer.what(), answer.span()));
        }
        for (ScenarioRecording.Response response : dispatcher.unusedResponses()) {
            unused.add(unused("the recorded response " + response.name(), response.span()));
        }
        return unused;
    }

    private TestFinding unused(String what, Span place) {
        return findings.problem(Code.S007, what + " was never used", place, "");
    }
}

package dev.gert.scenario;

import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Operator;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Step;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers the questions of a replay as people did in the run, and notes the answers by the step's id, as a
 * scenario has them: one a step, whatever the run or the turn of a loop.
 */
final class RecordingPeople implements Approver, Operator {
    /**
     * What a manual step was given.
     *
     * @param variable the choice's, null where nothing was chosen
     * @param evidence in the order in which the step asks
     */
    record Done(
            @Nullable String variable,
            @Nullable String choice,
            List<Step.RequiredEvidence> required,
            Map<String, RunEvent.EvidenceCollected> evidence) {}

    private final RecordedAnswers answers;
    private final RunKeys keys;
    private final Map<String, RecordedAnswers.Decision> decisions = new LinkedHashMap<>();
    private final Map<String, Done> done = new LinkedHashMap<>();
    private String problem = "";

    /** {@code keys}: of the replay. */
    RecordingPeople(RecordedAnswers answers, RunKeys keys) {
        this.answers = answers;
        this.keys = keys;
    }

    void check() throws UnrecordableException {
        if (!problem.isEmpty()) {
            throw new UnrecordableException(problem);
        }
    }

    Map<String, RecordedAnswers.Decision> decisions() {
        return decisions;
    }

    Map<String, Done> done() {
        return done;
    }

    private void problem(String said) {
        problem = problem.isEmpty() ? said : problem;
    }

    @Override
    public Approver.Answer ask(Question question, RunEvent.@Nullable RequestFile request) {
        RecordedAnswers.Decision decision = answers.decision(keys.here(question.step()));
        if (decision == null) {
            return new Approver.Answer.Granted("test", "simulated");
        }
        RecordedAnswers.Decision before = decisions.putIfAbsent(question.stepId(), decision);
        if (before != null && before.granted() != decision.granted()) {
            problem("`" + question.stepId() + "` was approved once and denied once, and a scenario says one of both");
        }
        return decision.granted()
                ? new Approver.Answer.Granted(decision.person(), "simulated")
                : new Approver.Answer.Denied(decision.person(), "the scenario scripts a no");
    }

    @Override
    public Operator.Answer perform(Task task) {
        String key = keys.here(task.step());
        RunEvent.StepCompleted ended = answers.completed(key);
        Step.Choices choices = task.manual().choices();
        String id = task.stepId();
        if (ended == null || ended.status() != StepStatus.PASSED) {
            SafeText reason = ended == null ? null : ended.reason();
            String said = reason == null ? "it was not done" : reason.text();
            if (ended != null && choices == null) {
                problem("`" + id + "` was not done (" + said + "), and a scenario has no word for that");
            }
            return new Operator.Answer.Failed(said);
        }
        String choice = choices == null || ended.captures().get(choices.variable()) == null
                ? null
                : ended.captures().get(choices.variable()).shown().text();
        Map<String, RunEvent.EvidenceCollected> evidence = answers.evidence(key);
        Done given = new Done(
                choices == null ? null : choices.variable(),
                choice,
                task.manual().requiredEvidence(),
                evidence);
        Done before = done.putIfAbsent(id, given);
        if (before != null && choice != null && !choice.equals(before.choice())) {
            problem("`" + id + "` was answered once with `" + before.choice() + "` and once with `" + choice
                    + "`, and a scenario has one answer for a step");
        }
        List<Given> pieces = new ArrayList<>();
        for (Step.RequiredEvidence required : task.manual().requiredEvidence()) {
            RunEvent.EvidenceCollected piece = evidence.get(required.name());
            SafeText value = piece == null ? null : piece.value();
            boolean text = required.kind() == EvidenceKind.TEXT && value != null;
            pieces.add(new Given(
                    required.name(),
                    required.kind(),
                    text && value != null ? value.text() : "",
                    required.items(),
                    null,
                    "recorded"));
        }
        return new Operator.Answer.Done(choice, pieces);
    }
}

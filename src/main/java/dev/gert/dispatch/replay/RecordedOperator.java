package dev.gert.dispatch.replay;

import dev.gert.engine.port.Operator;
import dev.gert.model.EvidenceAnswer;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Step;
import dev.gert.model.StepAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does manual steps as a scenario recorded them (formats.md, section 4). Evidence that was not recorded
 * is simulated; a choice needs its value.
 */
public final class RecordedOperator implements Operator {
    private final List<StepAnswers> recorded;

    public RecordedOperator(List<StepAnswers> recorded) {
        this.recorded = List.copyOf(recorded);
    }

    @Override
    public Answer perform(Task task) {
        StepAnswers answers = StepAnswers.of(recorded, task.stepId());
        Step.Choices choices = task.manual().choices();
        String choice = null;
        if (choices != null) {
            EvidenceAnswer answer = answers == null ? null : answers.answer(choices.variable());
            if (answer == null) {
                return new Answer.Failed("the scenario records no choice for `" + choices.variable() + "`");
            }
            choice = answer.value();
            if (!Choice.isOne(choices, choice)) {
                return new Answer.Failed(Choice.refusal(choices, choice));
            }
        }
        List<Given> evidence = new ArrayList<>();
        for (Step.RequiredEvidence required : task.manual().requiredEvidence()) {
            EvidenceAnswer answer = answers == null ? null : answers.answer(required.name());
            if (answer == null) {
                evidence.add(SimulatedOperator.simulated(required));
                continue;
            }
            String problem = problem(required, answer);
            if (problem != null) {
                return new Answer.Failed(problem);
            }
            evidence.add(
                    new Given(required.name(), required.kind(), answer.value(), required.items(), null, "recorded"));
        }
        return new Answer.Done(choice, evidence);
    }

    /** Why an answer is not what the step requires, or null. */
    public static @Nullable String problem(Step.RequiredEvidence required, EvidenceAnswer answer) {
        if (answer.kind() != required.kind()) {
            return "evidence `" + required.name() + "` is " + answer.kind().word() + ", and must be "
                    + required.kind().word();
        }
        if (required.kind() == EvidenceKind.TEXT && answer.value().isBlank()) {
            return "evidence `" + required.name() + "` is empty";
        }
        if (required.kind() == EvidenceKind.CHECKLIST) {
            for (String item : required.items()) {
                if (!Boolean.TRUE.equals(answer.items().get(item))) {
                    return "`" + item + "` of `" + required.name() + "` is not ticked";
                }
            }
            for (Map.Entry<String, Boolean> each : answer.items().entrySet()) {
                if (!required.items().contains(each.getKey())) {
                    return "`" + required.name() + "` has no item `" + each.getKey() + "`";
                }
            }
        }
        return null;
    }
}

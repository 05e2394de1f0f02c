package dev.gert.dispatch.replay;

import dev.gert.engine.port.Operator;
import dev.gert.model.EvidenceAnswer;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Step;
import dev.gert.model.StepAnswers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Does manual steps as a scenario recorded them (formats.md, section 4). Evidence that was not recorded
 * is simulated; a choice needs its value.
 */
public final class RecordedOperator implements Operator {
    private final List<StepAnswers> recorded;
    private final Path folder;

    /** {@code folder}: the scenario's, in which recorded attachments are. */
    public RecordedOperator(List<StepAnswers> recorded, Path folder) {
        this.recorded = List.copyOf(recorded);
        this.folder = folder;
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
            String problem = answer.problem(choices);
            if (problem != null) {
                return new Answer.Failed(problem);
            }
            choice = answer.value();
        }
        List<Given> evidence = new ArrayList<>();
        for (Step.RequiredEvidence required : task.manual().requiredEvidence()) {
            EvidenceAnswer answer = answers == null ? null : answers.answer(required.name());
            if (answer == null) {
                evidence.add(SimulatedOperator.simulated(required));
                continue;
            }
            String problem = answer.problem(required);
            if (problem == null && required.kind() == EvidenceKind.ATTACHMENT) {
                problem = RecordedAttachment.problem(folder, answer);
            }
            if (problem != null) {
                return new Answer.Failed(problem);
            }
            evidence.add(
                    new Given(required.name(), required.kind(), answer.value(), required.items(), null, "recorded"));
        }
        return new Answer.Done(choice, evidence);
    }
}

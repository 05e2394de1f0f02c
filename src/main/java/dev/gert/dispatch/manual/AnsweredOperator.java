package dev.gert.dispatch.manual;

import dev.gert.engine.port.Operator;
import dev.gert.model.EvidenceAnswer;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Step;
import dev.gert.model.StepAnswers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes what a file of answers says, and asks a person for the rest (cli.md, {@code --answers}). A
 * step that requires nothing is done only where the file has an entry for it.
 */
public final class AnsweredOperator implements Operator {
    private static final String METHOD = "answers";

    private final List<StepAnswers> answers;
    private final Path folder;
    private final Attachments attachments;
    private final TerminalOperator terminal;

    /** {@code folder}: that of the file, where the paths of its attachments start. */
    public AnsweredOperator(
            List<StepAnswers> answers, Path folder, Attachments attachments, TerminalOperator terminal) {
        this.answers = List.copyOf(answers);
        this.folder = folder;
        this.attachments = attachments;
        this.terminal = terminal;
    }

    @Override
    public Answer perform(Task task) {
        StepAnswers own = StepAnswers.of(answers, task.stepId());
        if (own == null) {
            return terminal.perform(task);
        }
        List<Given> evidence = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Step.RequiredEvidence required : task.manual().requiredEvidence()) {
            EvidenceAnswer answer = own.answer(required.name());
            if (answer != null) {
                take(task, required, answer, evidence, problems);
            }
        }
        Step.Choices choices = task.manual().choices();
        EvidenceAnswer chosen = choices == null ? null : own.answer(choices.variable());
        String refusal = choices == null || chosen == null ? null : chosen.problem(choices);
        if (refusal != null) {
            problems.add(refusal);
        }
        String choice = chosen == null || refusal != null ? null : chosen.value();
        boolean whole =
                evidence.size() == task.manual().requiredEvidence().size() && (choices == null || choice != null);
        return whole
                ? new Answer.Done(choice, evidence)
                : terminal.perform(task, new Known(evidence, choice, problems));
    }

    private void take(
            Task task,
            Step.RequiredEvidence required,
            EvidenceAnswer answer,
            List<Given> evidence,
            List<String> problems) {
        String problem = answer.problem(required);
        if (problem == null && required.kind() == EvidenceKind.ATTACHMENT) {
            Attachments.Copy copy =
                    attachments.copy(folder, answer.path(), answer, task.stepId(), required.name(), task.redactor());
            if (copy instanceof Attachments.Copy.Kept kept) {
                evidence.add(new Given(required.name(), required.kind(), "", List.of(), kept.file(), METHOD));
                return;
            }
            problem = ((Attachments.Copy.Refused) copy).reason();
        }
        if (problem != null) {
            problems.add(problem);
            return;
        }
        boolean list = required.kind() == EvidenceKind.CHECKLIST;
        evidence.add(new Given(
                required.name(), required.kind(), answer.value(), list ? required.items() : List.of(), null, METHOD));
    }
}

package dev.gert.dispatch.replay;

import dev.gert.engine.port.Operator;
import dev.gert.model.EvidenceAnswer;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Step;
import dev.gert.model.StepAnswers;
import dev.gert.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Does manual steps as a scenario recorded them (formats.md, section 4). Evidence that was not recorded
 * is simulated; a choice needs its value.
 */
public final class RecordedOperator implements Operator {
    private final List<StepAnswers> recorded;
    private final Path folder;
    private final Set<String> performed = new HashSet<>();
    private final Set<String> asking = new HashSet<>();
    private final Set<EvidenceAnswer> used = Collections.newSetFromMap(new IdentityHashMap<>());

    /** {@code folder}: the scenario's, in which recorded attachments are. */
    public RecordedOperator(List<StepAnswers> recorded, Path folder) {
        this.recorded = List.copyOf(recorded);
        this.folder = folder;
    }

    /**
     * The names of answers that nothing asked for, in the order of the file: those of steps that were not
     * done, and those that a step that asks for something does not ask for.
     */
    public List<Unused> unused() {
        List<Unused> unused = new ArrayList<>();
        for (StepAnswers step : recorded) {
            String id = step.step().text();
            if (!performed.contains(id)) {
                unused.add(new Unused("of `" + id + "`", step.step().span()));
                continue;
            }
            for (EvidenceAnswer answer : step.answers()) {
                if (asking.contains(id) && !used.contains(answer)) {
                    unused.add(new Unused("`" + answer.name() + "` of `" + id + "`", answer.span()));
                }
            }
        }
        return unused;
    }

    /** Recorded evidence that nothing asked for, and how messages call it. */
    public record Unused(String what, Span span) {}

    private @Nullable EvidenceAnswer answer(@Nullable StepAnswers answers, String name) {
        EvidenceAnswer answer = answers == null ? null : answers.answer(name);
        if (answer != null) {
            used.add(answer);
        }
        return answer;
    }

    @Override
    public Answer perform(Task task) {
        StepAnswers answers = StepAnswers.of(recorded, task.stepId());
        Step.Choices choices = task.manual().choices();
        performed.add(task.stepId());
        if (choices != null || !task.manual().requiredEvidence().isEmpty()) {
            asking.add(task.stepId());
        }
        String choice = null;
        if (choices != null) {
            EvidenceAnswer answer = answer(answers, choices.variable());
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
            EvidenceAnswer answer = answer(answers, required.name());
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

package dev.gert.model;

import dev.gert.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers for one step. */
public record StepAnswers(YamlNode.Scalar step, List<EvidenceAnswer> answers) {
    public StepAnswers {
        answers = List.copyOf(answers);
    }

    /** The answer of that name, or null. */
    public @Nullable EvidenceAnswer answer(String name) {
        for (EvidenceAnswer answer : answers) {
            if (answer.name().equals(name)) {
                return answer;
            }
        }
        return null;
    }

    /** The answers for the step with that id, or null. */
    public static @Nullable StepAnswers of(List<StepAnswers> all, String stepId) {
        for (StepAnswers each : all) {
            if (each.step.text().equals(stepId)) {
                return each;
            }
        }
        return null;
    }
}

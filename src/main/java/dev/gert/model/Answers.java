package dev.gert.model;

import java.util.List;

/** A file of {@code --answers}: inputs, and what people would give in manual steps (cli.md). */
public record Answers(List<ScenarioInput> inputs, List<StepAnswers> evidence) {
    public Answers {
        inputs = List.copyOf(inputs);
        evidence = List.copyOf(evidence);
    }

    public static Answers none() {
        return new Answers(List.of(), List.of());
    }
}

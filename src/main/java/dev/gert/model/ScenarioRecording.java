package dev.gert.model;

import dev.gert.source.Span;
import java.util.List;

/** A {@code scenario.yaml}: what commands and people answered (formats.md, section 4). */
public record ScenarioRecording(List<Command> commands, List<StepAnswers> evidence, List<Approval> approvals) {
    public ScenarioRecording {
        commands = List.copyOf(commands);
        evidence = List.copyOf(evidence);
        approvals = List.copyOf(approvals);
    }

    public static ScenarioRecording empty() {
        return new ScenarioRecording(List.of(), List.of(), List.of());
    }

    /** A command's answer, used once. */
    public record Command(List<String> argv, String stdout, String stderr, int exitCode, Span span) {
        public Command {
            argv = List.copyOf(argv);
        }
    }

    /** A person's answer to the question before the step of that id. */
    public record Approval(String step, Span span, boolean granted, String person) {}
}

package dev.gert.model;

import dev.gert.json.JsonValue;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code scenario.yaml}: what commands, services and people answered (formats.md, section 4).
 *
 * @param responses what services and tools answered, in order
 */
public record ScenarioRecording(
        List<Command> commands, List<StepAnswers> evidence, List<Approval> approvals, List<Response> responses) {
    public ScenarioRecording {
        commands = List.copyOf(commands);
        evidence = List.copyOf(evidence);
        approvals = List.copyOf(approvals);
        responses = List.copyOf(responses);
    }

    public static ScenarioRecording empty() {
        return new ScenarioRecording(List.of(), List.of(), List.of(), List.of());
    }

    /** This, and answers after its own. */
    public ScenarioRecording with(List<Response> more) {
        List<Response> all = new ArrayList<>(responses);
        all.addAll(more);
        return new ScenarioRecording(commands, evidence, approvals, all);
    }

    /** A command's answer, used once. */
    public record Command(List<String> argv, String stdout, String stderr, int exitCode, Span span) {
        public Command {
            argv = List.copyOf(argv);
        }
    }

    /** A person's answer to the question before the step of that id. */
    public record Approval(String step, Span span, boolean granted, String person) {}

    /**
     * What the step of that id was answered, used once.
     *
     * @param name how messages call it: a file's, or the key under {@code aws}
     */
    public record Response(String step, JsonValue document, String name, Span span) {}
}

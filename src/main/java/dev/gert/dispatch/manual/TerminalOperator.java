package dev.gert.dispatch.manual;

import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Dialogue;
import dev.gert.engine.port.Operator;
import dev.gert.event.RunEvent.OutputFile;
import dev.gert.model.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows a person at the terminal what to do, and asks for the evidence and the choice that the step
 * requires (formats.md, section 1). No answer is never a yes: the step waits.
 */
public final class TerminalOperator implements Operator {
    private final Dialogue dialogue;
    private final Clock clock;
    private final Attachments attachments;
    private final Path folder;

    /** {@code folder}: where the paths of attachments start. */
    public TerminalOperator(Dialogue dialogue, Clock clock, Attachments attachments, Path folder) {
        this.dialogue = dialogue;
        this.clock = clock;
        this.attachments = attachments;
        this.folder = folder;
    }

    @Override
    public Answer perform(Task task) {
        return perform(task, Known.nothing());
    }

    /** Asks for what is not known yet. */
    Answer perform(Task task, Known known) {
        List<Given> given = new ArrayList<>(known.evidence());
        Answer answer = ask(task, known, given);
        if (!(answer instanceof Answer.Done)) {
            for (Given each : given) {
                OutputFile file = each.file();
                if (file != null) {
                    attachments.discard(file);
                }
            }
        }
        return answer;
    }

    private Answer ask(Task task, Known known, List<Given> given) {
        Step.ManualStep manual = task.manual();
        String obstacle = dialogue.obstacle();
        if (!obstacle.isEmpty()) {
            return new Answer.Pending(
                    "is a manual step, and nobody can be asked: " + obstacle + Lacking.said(manual, known));
        }
        Deadline deadline = new Deadline(clock, manual.common().timeoutMillis());
        Conversation conversation = new Conversation(dialogue, deadline, opening(task, known));
        Questions questions = new Questions(conversation, task.redactor(), attachments, folder, task.stepId());
        for (Step.RequiredEvidence required : manual.requiredEvidence()) {
            Given piece = known.piece(required.name()) == null ? questions.evidence(required) : null;
            if (piece != null) {
                given.add(piece);
            }
        }
        Step.Choices choices = manual.choices();
        String choice = known.choice();
        if (choices != null && choice == null) {
            choice = questions.choice(choices, task.prompt().text());
        }
        if (choices == null && manual.requiredEvidence().isEmpty()) {
            questions.done();
        }
        Answer ended = conversation.ended();
        return ended == null ? new Answer.Done(choice, ordered(manual, given)) : ended;
    }

    private static List<Given> ordered(Step.ManualStep manual, List<Given> given) {
        List<Given> ordered = new ArrayList<>();
        for (Step.RequiredEvidence required : manual.requiredEvidence()) {
            for (Given each : given) {
                if (each.name().equals(required.name())) {
                    ordered.add(each);
                }
            }
        }
        return ordered;
    }

    private static List<String> opening(Task task, Known known) {
        List<String> lines = new ArrayList<>();
        if (!task.title().text().isEmpty()) {
            lines.add("    " + task.title());
        }
        String text = task.instructions().text();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            lines.add("    " + text.substring(from, to));
            from = to + 1;
        }
        for (String problem : known.problems()) {
            lines.add("    from the answers: " + task.redactor().safe(problem));
        }
        return lines;
    }

    /** What a step still needs, for whoever finds it waiting. */
    private static final class Lacking {
        private Lacking() {}

        static String said(Step.ManualStep manual, Known known) {
            List<String> lacking = new ArrayList<>(known.problems());
            for (Step.RequiredEvidence required : manual.requiredEvidence()) {
                if (known.piece(required.name()) == null) {
                    lacking.add("it needs the " + required.kind().word() + " `" + required.name() + "`");
                }
            }
            Step.Choices choices = manual.choices();
            if (choices != null && known.choice() == null) {
                lacking.add("it needs a choice for `" + choices.variable() + "`");
            }
            return lacking.isEmpty() ? "" : "; " + String.join("; ", lacking);
        }
    }
}

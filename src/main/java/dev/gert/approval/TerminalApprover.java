package dev.gert.approval;

import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Dialogue;
import dev.gert.engine.port.Dialogue.Reply;
import dev.gert.json.JsonWriter;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The requester's own yes, by typing the step's id (formats.md, "Approvals", acknowledge). Nothing
 * else is a yes; where nobody can be asked, or no clear answer comes, the step waits.
 */
public final class TerminalApprover implements Approver {
    private static final int TRIES = 3;
    private static final int DIGEST = 8;

    private final Dialogue dialogue;
    private final String person;

    /** {@code person}: who answers at this terminal. */
    public TerminalApprover(Dialogue dialogue, String person) {
        this.dialogue = dialogue;
        this.person = person;
    }

    @Override
    public Answer ask(Question question) {
        String obstacle = dialogue.obstacle();
        if (!obstacle.isEmpty()) {
            return new Answer.Pending("needs an acknowledgement, and nobody can be asked: " + obstacle);
        }
        String id = question.stepId();
        String deny = id.equals("n") ? "no" : "n";
        String leave = id.equals("q") ? "quit" : "q";
        String look = id.equals("v") ? "policy" : "v";
        String prompt = "    type " + id + " to acknowledge, " + deny + " to deny, " + look + " for the policy, "
                + leave + " to leave it waiting >";
        List<String> lines = lines(question);
        for (int i = 0; i < TRIES; ) {
            Reply reply = dialogue.ask(lines, prompt);
            if (reply instanceof Reply.Interrupted) {
                return new Answer.Interrupted();
            }
            if (!(reply instanceof Reply.Line line)) {
                return new Answer.Pending("needs an acknowledgement, and the input ended");
            }
            if (line.text().equals(id)) {
                return new Answer.Granted(person, "acknowledge");
            }
            if (line.text().equals(deny)) {
                return new Answer.Denied(person, "denied on the terminal");
            }
            if (line.text().equals(leave)) {
                return new Answer.Pending("needs an acknowledgement, and was left waiting");
            }
            if (line.text().equals(look)) {
                lines = policy(question);
                continue;
            }
            lines = List.of("    that is none of the four");
            i++;
        }
        return new Answer.Pending("needs an acknowledgement, and no clear answer came");
    }

    /** What the policy is made of, and the command again, so that it is what stands right before the prompt. */
    private static List<String> policy(Question question) {
        List<String> lines = new ArrayList<>();
        for (PolicyLayer layer : question.policy().layers()) {
            lines.add((lines.isEmpty() ? "    policy    " : "              ") + layer.file() + " (sha256:"
                    + layer.sha256().substring(0, DIGEST) + ")");
        }
        lines.add("    rule      " + question.rule().describe());
        lines.add("    command   " + argv(question.command(), question.redactor()));
        return lines;
    }

    private static List<String> lines(Question question) {
        Redactor redactor = question.redactor();
        ResolvedCommand command = question.command();
        String argv = "    command   " + argv(command, redactor);
        List<String> lines = new ArrayList<>();
        lines.add(argv);
        if (!question.title().text().isEmpty()) {
            lines.add("    title     " + question.title());
        }
        if (command.program() != null) {
            lines.add("    program   " + safe(command.program(), redactor));
        }
        if (command.realPath() != null && !command.realPath().equals(command.program())) {
            lines.add("    really    " + safe(command.realPath(), redactor));
        }
        lines.add("    in        " + safe(command.cwd(), redactor));
        for (Map.Entry<String, String> entry : new TreeMap<>(command.environment()).entrySet()) {
            lines.add("    with      " + entry.getKey() + "=" + safe(entry.getValue(), redactor));
        }
        String stdin = command.stdin();
        if (stdin != null) {
            lines.add("    reads     " + quoted(stdin, redactor));
        }
        lines.add("    effect    " + command.effect().word());
        lines.add("    rule      " + question.rule().describe());
        lines.add(argv);
        return lines;
    }

    private static String argv(ResolvedCommand command, Redactor redactor) {
        StringBuilder json = new StringBuilder();
        JsonWriter writer = JsonWriter.compact(json);
        writer.array();
        for (String word : command.argv()) {
            writer.value(safe(word, redactor));
        }
        writer.end();
        return json.toString();
    }

    private static String quoted(String text, Redactor redactor) {
        StringBuilder json = new StringBuilder();
        JsonWriter.compact(json).value(safe(text, redactor));
        return json.toString();
    }

    private static String safe(String raw, Redactor redactor) {
        return redactor.safe(raw).text();
    }
}

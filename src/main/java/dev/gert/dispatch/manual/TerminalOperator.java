package dev.gert.dispatch.manual;

import dev.gert.engine.port.Dialogue;
import dev.gert.engine.port.Dialogue.Reply;
import dev.gert.engine.port.Operator;
import java.util.ArrayList;
import java.util.List;

/** Shows a person at the terminal what to do and waits until it is done. */
public final class TerminalOperator implements Operator {
    private static final int TRIES = 3;

    private final Dialogue dialogue;

    public TerminalOperator(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    @Override
    public Answer perform(Task task) {
        String obstacle = dialogue.obstacle();
        if (!obstacle.isEmpty()) {
            return new Answer.Pending("is a manual step, and nobody can be asked: " + obstacle);
        }
        List<String> lines = lines(task);
        for (int i = 0; i < TRIES; i++) {
            Reply reply = dialogue.ask(lines, "    Enter when it is done, q to leave it waiting >");
            if (reply instanceof Reply.Interrupted) {
                return new Answer.Interrupted();
            }
            if (!(reply instanceof Reply.Line line)) {
                return new Answer.Pending("is a manual step, and the input ended");
            }
            if (line.text().isEmpty() || line.text().equals("done")) {
                return new Answer.Done();
            }
            if (line.text().equals("q")) {
                return new Answer.Pending("is a manual step, and was left waiting");
            }
            lines = List.of("    that is neither Enter, done nor q");
        }
        return new Answer.Pending("is a manual step, and no clear answer came");
    }

    private static List<String> lines(Task task) {
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
        return lines;
    }
}

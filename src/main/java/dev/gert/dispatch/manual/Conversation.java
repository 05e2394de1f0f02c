package dev.gert.dispatch.manual;

import dev.gert.engine.port.Dialogue;
import dev.gert.engine.port.Dialogue.Offer;
import dev.gert.engine.port.Dialogue.Reply;
import dev.gert.engine.port.Operator.Answer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The questions of one step and one person's answers, until the person, the clock or a signal ends it. */
final class Conversation {
    /** How often a question is asked before the step is left waiting. */
    static final int TRIES = 3;

    static final String LATER = "Leave it waiting";

    private final Dialogue dialogue;
    private final Deadline deadline;
    private final List<String> opening;
    private @Nullable Answer ended;

    /** {@code opening}: lines that are shown above the first question. */
    Conversation(Dialogue dialogue, Deadline deadline, List<String> opening) {
        this.dialogue = dialogue;
        this.deadline = deadline;
        this.opening = new ArrayList<>(opening);
    }

    /** What was typed, or null when the conversation has ended. */
    @Nullable
    String ask(List<String> lines, String prompt, List<Offer> offers, boolean free) {
        return ended != null ? null : text(dialogue.askOffering(all(lines), prompt, offers, free, deadline.left()));
    }

    /**
     * What was typed, when it is neither of the two words: {@code no} says that it can't be done, and
     * {@code leave} leaves the step waiting.
     *
     * @param offers the other answers that are known
     * @param free whether there are more
     */
    @Nullable
    String ask(List<String> lines, String prompt, List<Offer> offers, boolean free, String no, String leave) {
        List<Offer> all = new ArrayList<>(offers);
        all.add(new Offer(no, offers.size() > 1 ? "None of them" : "It can't be done"));
        all.add(new Offer(leave, LATER));
        String typed = ask(lines, prompt, all, free);
        if (no.equals(typed)) {
            end(new Answer.Failed("whoever was to do it answered that it can't be done"));
        } else if (leave.equals(typed)) {
            end(new Answer.Pending("is a manual step, and was left waiting"));
        }
        return ended == null ? typed : null;
    }

    /** Several lines, or null when the conversation has ended. */
    @Nullable
    String askLines(List<String> lines, String prompt) {
        return ended != null ? null : text(dialogue.askLines(all(lines), prompt, deadline.left()));
    }

    /** Leaves the step waiting. */
    void leave(String reason) {
        end(new Answer.Pending("is a manual step, and " + reason));
    }

    /** How it ended; null while it goes on. */
    @Nullable
    Answer ended() {
        return ended;
    }

    private void end(Answer answer) {
        ended = ended == null ? answer : ended;
    }

    private List<String> all(List<String> lines) {
        List<String> all = new ArrayList<>(opening);
        opening.clear();
        all.addAll(lines);
        return all;
    }

    private @Nullable String text(Reply reply) {
        if (reply instanceof Reply.Line line) {
            return line.text();
        }
        if (reply instanceof Reply.Interrupted) {
            end(new Answer.Interrupted());
        } else if (reply instanceof Reply.Late) {
            end(new Answer.TimedOut());
        } else {
            leave("the input ended");
        }
        return null;
    }
}

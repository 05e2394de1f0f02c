package dev.gert.terminal;

import dev.gert.engine.port.Dialogue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A person whose answers are known beforehand; when there are none left the input has ended. */
public final class ScriptedDialogue implements Dialogue {
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<String> shown = new ArrayList<>();
    private final List<Long> waits = new ArrayList<>();
    private String obstacle = "";

    public static ScriptedDialogue typing(String... lines) {
        ScriptedDialogue dialogue = new ScriptedDialogue();
        for (String line : lines) {
            dialogue.replies.add(new Reply.Line(line));
        }
        return dialogue;
    }

    public static ScriptedDialogue nobody(String why) {
        ScriptedDialogue dialogue = new ScriptedDialogue();
        dialogue.obstacle = why;
        return dialogue;
    }

    public ScriptedDialogue thenSignal() {
        replies.add(new Reply.Interrupted());
        return this;
    }

    public ScriptedDialogue thenLate() {
        replies.add(new Reply.Late());
        return this;
    }

    /** How long each question would have waited, in milliseconds. */
    public List<Long> waits() {
        return waits;
    }

    /** Every line and prompt that was shown; hidden prompts begin with {@code hidden}. */
    public List<String> shown() {
        return shown;
    }

    @Override
    public String obstacle() {
        return obstacle;
    }

    @Override
    public Reply ask(List<String> lines, String prompt, long millis, BooleanSupplier over) {
        waits.add(millis);
        shown.addAll(lines);
        shown.add(prompt);
        return replies.isEmpty() ? new Reply.End() : replies.remove();
    }

    @Override
    public Reply askLines(List<String> lines, String prompt, long millis) {
        return ask(lines, "lines" + prompt);
    }

    @Override
    public Reply askHidden(List<String> lines, String prompt) {
        return ask(lines, "hidden" + prompt, FOR_EVER);
    }
}

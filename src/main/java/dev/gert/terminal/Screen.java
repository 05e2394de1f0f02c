package dev.gert.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * What lines, one live line and prompts share: lines go to standard output, the live line and prompts
 * to standard error. While a prompt is open lines wait, so that nothing writes over a question.
 */
public final class Screen {
    private static final String CLEAR = "\r\u001b[K";

    private final TextOutput out;
    private final TextOutput err;
    private final boolean redraws;
    private final List<String> held = new ArrayList<>();
    private boolean prompting;
    /** The live line that is to be seen; empty: none. */
    private String drawn = "";

    /** {@code redraws}: whether a live line may be drawn at all. */
    public Screen(TextOutput out, TextOutput err, boolean redraws) {
        this.out = out;
        this.err = err;
        this.redraws = redraws;
    }

    /** A line that stays; it has been escaped. */
    public synchronized void line(String line) {
        if (prompting) {
            held.add(line);
            return;
        }
        clear();
        out.line(line);
        out.flush();
    }

    /** Draws the live line in place of the one before; it has been escaped and is no wider than the terminal. */
    public synchronized void live(String line) {
        if (redraws && !prompting && !line.equals(drawn)) {
            err.print(CLEAR + line);
            err.flush();
            drawn = line;
        }
    }

    /** Takes the live line away. */
    public synchronized void clear() {
        if (!drawn.isEmpty()) {
            err.print(CLEAR);
            err.flush();
            drawn = "";
        }
    }

    /** From here on lines wait. */
    synchronized void openPrompt() {
        clear();
        out.flush();
        prompting = true;
    }

    /** Text of the prompt's owner; it has been escaped. */
    synchronized void prompt(String text) {
        err.print(text);
        err.flush();
    }

    synchronized void closePrompt() {
        prompting = false;
        for (String line : held) {
            out.line(line);
        }
        held.clear();
        out.flush();
    }
}

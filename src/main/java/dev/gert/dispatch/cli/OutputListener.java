package dev.gert.dispatch.cli;

import dev.gert.policy.SafeText;
import java.util.function.Supplier;

/** Hears, from the threads that carry a command's output, of the last whole line that it printed. */
public interface OutputListener {
    /**
     * Called often, so it should do no more than keep the supplier; the line, at most 200 characters
     * of it, is made when it is asked for.
     */
    void line(String step, Supplier<SafeText> line);
}

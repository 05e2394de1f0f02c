package dev.gert.engine.port;

import java.util.List;
import java.util.function.BooleanSupplier;

/** A person at a terminal, who is shown lines and types one. */
public interface Dialogue {
    /** To wait as long as it takes. */
    long FOR_EVER = Long.MAX_VALUE;

    /** Why nobody can be asked; empty when somebody can. */
    String obstacle();

    /** The same as {@link #ask(List, String, long)}, for as long as it takes. */
    default Reply ask(List<String> lines, String prompt) {
        return ask(lines, prompt, FOR_EVER);
    }

    /** The same as {@link #ask(List, String, long, BooleanSupplier)}, with nothing that ends the wait. */
    default Reply ask(List<String> lines, String prompt, long millis) {
        return ask(lines, prompt, millis, () -> false);
    }

    /**
     * Shows the lines, then the prompt, and waits for a line that is typed after that: nothing typed
     * before counts. What would move the cursor or can't be seen is shown escaped; the lines hold
     * gert's own words and what a redactor made, nothing else.
     *
     * @param millis how long it waits at most, then {@link Reply.Late}
     * @param over asked every now and then: whether no answer is wanted any more, then {@link Reply.Over}
     */
    Reply ask(List<String> lines, String prompt, long millis, BooleanSupplier over);

    /**
     * The same, for a yes or a no to a command; what is typed is a {@link Reply.Line}, a button may be a
     * {@link Reply.Decided}.
     *
     * @param yes what is typed to say yes; empty where it can't be said here
     */
    default Reply askDecision(List<String> lines, String prompt, String yes, long millis, BooleanSupplier over) {
        return ask(lines, prompt, millis, over);
    }

    /**
     * The same as {@link #ask(List, String, long)}, where some answers are known.
     *
     * @param offers what may be typed, for whoever can show buttons
     * @param free whether another answer counts as well
     */
    default Reply askOffering(List<String> lines, String prompt, List<Offer> offers, boolean free, long millis) {
        return ask(lines, prompt, millis);
    }

    /** An answer that is known. {@code label}: what it means, safe to show. */
    record Offer(String answer, String label) {}

    /** The same, for several lines, the last of which is followed by one that holds a point and nothing else. */
    Reply askLines(List<String> lines, String prompt, long millis);

    /** A line, with what is typed not shown; {@link Reply.End} where the terminal can't hide it. */
    Reply askHidden(List<String> lines, String prompt);

    /** What came. */
    sealed interface Reply {
        /** A whole line, without its end and the blanks around it; or several, with a line end between two. */
        record Line(String text) implements Reply {}

        /** A yes or a no that was not typed; {@code reason}: raw, may be empty. */
        record Decided(boolean yes, String reason) implements Reply {}

        /** The input ended, or can't be read. */
        record End() implements Reply {}

        /** The time was over. */
        record Late() implements Reply {}

        /** No answer is wanted any more. */
        record Over() implements Reply {}

        /** A signal came while waiting. */
        record Interrupted() implements Reply {}
    }
}

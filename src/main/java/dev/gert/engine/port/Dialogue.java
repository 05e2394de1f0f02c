package dev.gert.engine.port;

import java.util.List;

/** A person at a terminal, who is shown lines and types one. */
public interface Dialogue {
    /** Why nobody can be asked; empty when somebody can. */
    String obstacle();

    /**
     * Shows the lines, then the prompt, and waits for a line that is typed after that: nothing typed
     * before counts. What would move the cursor or can't be seen is shown escaped; the lines hold
     * gert's own words and what a redactor made, nothing else.
     */
    Reply ask(List<String> lines, String prompt);

    /** The same, with what is typed not shown; {@link Reply.End} where the terminal can't hide it. */
    Reply askHidden(List<String> lines, String prompt);

    /** What came. */
    sealed interface Reply {
        /** A whole line, without its end and the blanks around it. */
        record Line(String text) implements Reply {}

        /** The input ended, or can't be read. */
        record End() implements Reply {}

        /** A signal came while waiting. */
        record Interrupted() implements Reply {}
    }
}

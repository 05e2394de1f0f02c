package dev.gert.web;

import java.util.List;

/**
 * What a person is asked on the page.
 *
 * @param id another for each question: an answer is to the one that its reader saw
 * @param lines what is shown before it, safe to show
 * @param prompt what is asked
 * @param kind how it is answered
 * @param step of an approval, the id that is typed to say yes; else empty
 */
public record PageQuestion(String id, List<String> lines, String prompt, Kind kind, String step) {
    /** How a question is answered. */
    public enum Kind {
        LINE,
        LINES,
        HIDDEN,
        DECISION
    }

    public PageQuestion {
        lines = List.copyOf(lines);
    }
}

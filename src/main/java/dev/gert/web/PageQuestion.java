package dev.gert.web;

import dev.gert.engine.port.Dialogue.Offer;
import java.util.List;

/**
 * What a person is asked on the page.
 *
 * @param id another for each question: an answer is to the one that its reader saw
 * @param lines what is shown before it, safe to show
 * @param prompt what is asked
 * @param kind how it is answered
 * @param step of an approval, the id that is typed to say yes; else empty
 * @param offers the answers that are known
 */
public record PageQuestion(String id, List<String> lines, String prompt, Kind kind, String step, List<Offer> offers) {
    /** How a question is answered. */
    public enum Kind {
        LINE,
        CHOICE,
        LINES,
        HIDDEN,
        DECISION
    }

    public PageQuestion {
        lines = List.copyOf(lines);
        offers = List.copyOf(offers);
    }
}

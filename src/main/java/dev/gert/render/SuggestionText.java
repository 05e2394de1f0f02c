package dev.gert.render;

import dev.gert.projection.Obstacle;
import dev.gert.projection.RunbookSuggestions;
import dev.gert.projection.SuggestedFile;
import dev.gert.projection.Suggestion;
import dev.gert.source.Span;
import java.util.List;

/** What {@code gert coverage --suggest} prints behind the figures: the files to save, as they are to be. */
public final class SuggestionText {
    private static final int WORDS = 600;
    private static final int LINE = 1 << 20;

    private final StringBuilder out = new StringBuilder();
    private final Marks marks;
    private final boolean unicode;

    private SuggestionText(boolean colour, boolean unicode) {
        this.marks = new Marks(colour, unicode);
        this.unicode = unicode;
    }

    /**
     * The whole text, with an empty line at its end; empty where nothing is uncovered.
     *
     * @param colour whether escape sequences for colours are written; the words are the same
     * @param unicode whether the output can show more than ASCII; if not, the rest is escaped
     */
    public static String render(List<RunbookSuggestions> all, boolean colour, boolean unicode) {
        SuggestionText text = new SuggestionText(colour, unicode);
        for (RunbookSuggestions runbook : all) {
            if (!runbook.suggestions().isEmpty()) {
                text.runbook(runbook);
            }
        }
        return text.out.toString();
    }

    private void runbook(RunbookSuggestions runbook) {
        out.append("Suggestions for ").append(words(runbook.file())).append("\n\n");
        for (Suggestion suggestion : runbook.suggestions()) {
            suggestion(suggestion);
        }
        SuggestedFile tests = runbook.tests();
        if (tests != null) {
            out.append("The same as unit tests\n");
            file(tests);
            out.append('\n');
        }
    }

    private void suggestion(Suggestion suggestion) {
        boolean found =
                suggestion.status() == Suggestion.Status.FOUND || suggestion.status() == Suggestion.Status.SHARED;
        String label = suggestion.site().label();
        out.append(found ? marks.good() : marks.bad()).append(' ');
        out.append(words(unicode ? label : label.replace("\u2192", "->"))).append('\n');
        switch (suggestion.status()) {
            case FOUND -> {
                for (SuggestedFile file : suggestion.files()) {
                    file(file);
                }
                if (!suggestion.why().isEmpty()) {
                    out.append("  ").append(words(suggestion.why())).append('\n');
                }
                if (suggestion.files().isEmpty()) {
                    out.append("  the unit test `")
                            .append(words(suggestion.name()))
                            .append("` below reaches it\n");
                }
            }
            case SHARED -> out.append("  `").append(words(suggestion.name())).append("` above reaches it too\n");
            case UNREACHABLE -> closed("can't be reached: ", suggestion);
            case UNSOLVED -> closed("could not be solved", suggestion);
        }
        out.append('\n');
    }

    private void closed(String lead, Suggestion suggestion) {
        boolean more = !suggestion.why().isEmpty();
        out.append("  ").append(lead).append(more && !lead.endsWith(" ") ? ": " : "");
        out.append(words(suggestion.why())).append('\n');
        for (Obstacle obstacle : suggestion.obstacles()) {
            Span place = obstacle.place();
            out.append("    ").append(words(obstacle.message()));
            if (place != null) {
                out.append(" (").append(words(place.place())).append(')');
            }
            out.append('\n');
        }
    }

    private void file(SuggestedFile file) {
        out.append(unicode ? "\u2500\u2500 " : "-- ").append(words(file.path())).append('\n');
        for (String line : file.text().split("\n", -1)) {
            if (!line.isEmpty()) {
                out.append(SafeLine.of(line, unicode, LINE)).append('\n');
            }
        }
    }

    private String words(String text) {
        return SafeLine.of(text, unicode, WORDS);
    }
}

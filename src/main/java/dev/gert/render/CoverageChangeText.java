package dev.gert.render;

import dev.gert.projection.CoverageComparison;
import dev.gert.projection.CoverageComparison.Change;
import dev.gert.projection.CoverageComparison.Moved;
import dev.gert.projection.CoverageComparison.Runbook;
import dev.gert.projection.Tally;
import java.util.ArrayList;
import java.util.List;

/** What {@code gert coverage --baseline} shows of what changed. */
final class CoverageChangeText {
    private static final int WORDS = 600;

    private final StringBuilder out = new StringBuilder();
    private final Marks marks;
    private final boolean unicode;

    private CoverageChangeText(boolean colour, boolean unicode) {
        this.marks = new Marks(colour, unicode);
        this.unicode = unicode;
    }

    /** Lines, each with a newline at its end. */
    static String render(CoverageComparison comparison, boolean colour, boolean unicode) {
        CoverageChangeText text = new CoverageChangeText(colour, unicode);
        text.out
                .append("compared with ")
                .append(text.words(comparison.baseline()))
                .append('\n');
        int same = 0;
        for (Runbook runbook : comparison.runbooks()) {
            if (runbook.isSame()) {
                same++;
            } else {
                text.runbook(runbook);
            }
        }
        if (same > 0) {
            text.out
                    .append("  ")
                    .append(same)
                    .append(same == 1 ? " runbook" : " runbooks")
                    .append(" as before\n");
        }
        if (comparison.runbooks().size() > 1) {
            text.out.append("  in all: ");
            text.figures("branches", comparison.branches());
            text.out.append(", ");
            text.figures("outcomes", comparison.outcomes());
            text.out.append('\n');
        }
        return text.out.toString();
    }

    private void runbook(Runbook runbook) {
        out.append("  ").append(words(runbook.file()));
        out.append(runbook.isNew() ? " is new: " : runbook.isGone() ? " is not counted now: " : ": ");
        figures("branches", runbook.branches());
        out.append(", ");
        figures("outcomes", runbook.outcomes());
        out.append('\n');
        List<Moved> moved = new ArrayList<>(runbook.branches().sites());
        moved.addAll(runbook.outcomes().sites());
        int width = 0;
        for (Moved each : moved) {
            width = Math.max(width, CoverageText.columns(label(each)));
        }
        for (Moved each : moved) {
            String label = label(each);
            out.append("    ").append(mark(each)).append(' ').append(label);
            out.append(" ".repeat(width - CoverageText.columns(label) + 4));
            out.append(what(each)).append('\n');
        }
    }

    private void figures(String noun, Change change) {
        Tally before = change.before();
        Tally after = change.after();
        out.append(noun).append(' ');
        if (before != null) {
            tally(before);
        }
        if (before != null && after != null && !before.equals(after)) {
            out.append(unicode ? " \u2192 " : " -> ");
            tally(after);
        } else if (before == null && after != null) {
            tally(after);
        }
    }

    private void tally(Tally tally) {
        out.append(tally.covered()).append(" of ").append(tally.total());
        out.append(" (").append(tally.percentage()).append("%)");
    }

    private String label(Moved moved) {
        String label = moved.site().label();
        return words(moved.site().type() + " " + (unicode ? label : label.replace("\u2192", "->")));
    }

    private String mark(Moved moved) {
        return switch (moved.kind()) {
            case COVERED -> marks.good();
            case UNCOVERED -> marks.bad();
            case NEW -> moved.coveredBy().isEmpty() ? marks.bad() : marks.good();
            case GONE -> marks.none();
        };
    }

    private String what(Moved moved) {
        String by = moved.coveredBy().isEmpty() ? "NO SCENARIO" : words(String.join(", ", moved.coveredBy()));
        return switch (moved.kind()) {
            case COVERED -> "now covered: " + by;
            case UNCOVERED -> "no longer covered: NO SCENARIO";
            case NEW -> "new: " + by;
            case GONE -> "gone";
        };
    }

    private String words(String text) {
        return SafeLine.of(text, unicode, WORDS);
    }
}

package dev.gert.diagnostic;

import dev.gert.source.Source;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects findings; nothing is thrown for a user's mistake. Not for more than one thread. Of one
 * file a thousand are kept and the rest counted: a hostile one can hold a mistake in every third byte.
 */
public final class Diagnostics {
    private static final int MAX_PER_FILE = 1000;

    private final List<Diagnostic> found = new ArrayList<>();

    private final Map<Source, Tally> tallies = new LinkedHashMap<>();

    public void error(Code code, @Nullable Span span, String message) {
        error(code, span, message, "", null);
    }

    public void error(Code code, @Nullable Span span, String message, String label, @Nullable String help) {
        add(Severity.ERROR, code, span, message, label, help);
    }

    public void warning(Code code, @Nullable Span span, String message, @Nullable String help) {
        add(Severity.WARNING, code, span, message, "", help);
    }

    private void add(
            Severity severity, Code code, @Nullable Span span, String message, String label, @Nullable String help) {
        Label primary = span == null ? null : new Label(span, label);
        add(new Diagnostic(code, severity, message, primary, List.of(), help));
    }

    public void add(Diagnostic diagnostic) {
        Label primary = diagnostic.primary();
        if (primary != null) {
            Tally tally = tallies.computeIfAbsent(primary.span().source(), Tally::new);
            if (tally.kept == MAX_PER_FILE) {
                tally.drop(diagnostic);
                return;
            }
            tally.kept++;
        }
        found.add(diagnostic);
    }

    public void addAll(Diagnostics others) {
        for (Diagnostic diagnostic : others.found) {
            add(diagnostic);
        }
        for (Tally tally : others.tallies.values()) {
            if (tally.firstDropped != null) {
                tallies.computeIfAbsent(tally.source, Tally::new).drop(tally);
            }
        }
    }

    public boolean hasErrors() {
        for (Diagnostic d : found) {
            if (d.severity() == Severity.ERROR) {
                return true;
            }
        }
        for (Tally tally : tallies.values()) {
            if (tally.droppedError) {
                return true;
            }
        }
        return false;
    }

    /** All findings by file name, then place, then code; those without a place come first. */
    public List<Diagnostic> sorted() {
        List<Diagnostic> sorted = new ArrayList<>(found);
        for (Tally tally : tallies.values()) {
            Diagnostic rest = tally.rest();
            if (rest != null) {
                sorted.add(rest);
            }
        }
        sorted.sort(Diagnostics::compare);
        return sorted;
    }

    private static int compare(Diagnostic a, Diagnostic b) {
        Label left = a.primary();
        Label right = b.primary();
        if (left == null && right == null) {
            return a.code().compareTo(b.code());
        }
        if (left == null || right == null) {
            return left == null ? -1 : 1;
        }
        int byFile = left.span().source().name().compareTo(right.span().source().name());
        if (byFile != 0) {
            return byFile;
        }
        int byPlace = Integer.compare(left.span().start(), right.span().start());
        return byPlace != 0 ? byPlace : a.code().compareTo(b.code());
    }

    /** What was found in one file. */
    private static final class Tally {
        private final Source source;
        private int kept;
        private int dropped;
        private boolean droppedError;
        private @Nullable Diagnostic firstDropped;

        Tally(Source source) {
            this.source = source;
        }

        void drop(Diagnostic diagnostic) {
            dropped++;
            droppedError |= diagnostic.severity() == Severity.ERROR;
            firstDropped = firstDropped == null ? diagnostic : firstDropped;
        }

        void drop(Tally other) {
            dropped += other.dropped;
            droppedError |= other.droppedError;
            firstDropped = firstDropped == null ? other.firstDropped : firstDropped;
        }

        /** One finding that stands for those that were dropped, null if none was. */
        @Nullable
        Diagnostic rest() {
            if (firstDropped == null) {
                return null;
            }
            return new Diagnostic(
                    firstDropped.code(),
                    droppedError ? Severity.ERROR : Severity.WARNING,
                    dropped + " more problems in this file are not shown",
                    firstDropped.primary(),
                    List.of(),
                    null);
        }
    }
}

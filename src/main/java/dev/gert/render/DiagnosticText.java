package dev.gert.render;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;

/** Diagnostics as a compiler prints them (cli.md, "Diagnostics look like a compiler's"). */
public final class DiagnosticText {
    /** The columns of a source line that are shown; a longer one is cut around the place. */
    private static final int WIDTH = 160;

    /** The columns of a message, label or help: a name in it may be as long as the file. */
    private static final int WORDS = 600;

    private static final String RESET = "\u001b[0m";
    private static final String RED = "\u001b[1;31m";
    private static final String YELLOW = "\u001b[1;33m";
    private static final String BLUE = "\u001b[34m";
    private static final String BOLD = "\u001b[1m";

    private final StringBuilder out = new StringBuilder();
    private final boolean colour;
    private final boolean unicode;

    /** The columns of the terminal, 0 where there is none. */
    private final int width;

    private DiagnosticText(boolean colour, boolean unicode, int width) {
        this.colour = colour;
        this.unicode = unicode;
        this.width = width;
    }

    /**
     * All of them in the order given, a blank line between two; ends with a newline unless there are
     * none.
     *
     * @param colour whether escape sequences for colours are written; the words are the same
     * @param unicode whether the output can show more than ASCII; if not, the rest is escaped
     */
    public static String render(List<Diagnostic> diagnostics, boolean colour, boolean unicode) {
        return render(diagnostics, colour, unicode, 0);
    }

    /** {@code width}: the columns of the terminal, at which messages and help are folded; 0: there is none. */
    public static String render(List<Diagnostic> diagnostics, boolean colour, boolean unicode, int width) {
        DiagnosticText text = new DiagnosticText(colour, unicode, width);
        for (int i = 0; i < diagnostics.size(); i++) {
            if (i > 0) {
                text.out.append('\n');
            }
            text.add(diagnostics.get(i));
        }
        return text.out.toString();
    }

    /** The summary of these diagnostics. */
    public static String summary(List<Diagnostic> diagnostics, int filesChecked) {
        int errors = 0;
        for (Diagnostic diagnostic : diagnostics) {
            errors += diagnostic.severity() == Severity.ERROR ? 1 : 0;
        }
        return summary(errors, diagnostics.size() - errors, filesChecked);
    }

    /** {@code 2 errors, 1 warning in 3 files checked}; no newline. */
    public static String summary(int errors, int warnings, int filesChecked) {
        StringBuilder line = new StringBuilder();
        if (errors > 0) {
            line.append(counted(errors, "error"));
        }
        if (warnings > 0) {
            line.append(errors > 0 ? ", " : "").append(counted(warnings, "warning"));
        }
        if (errors == 0 && warnings == 0) {
            line.append("no problems");
        }
        return line.append(" in ")
                .append(counted(filesChecked, "file"))
                .append(" checked")
                .toString();
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private void add(Diagnostic diagnostic) {
        String tone = diagnostic.severity() == Severity.ERROR ? RED : YELLOW;
        String head = diagnostic.severity().word() + "[" + diagnostic.code().name() + "]";
        paint(tone, head);
        folded(BOLD, head.length(), ": " + words(diagnostic.message()));

        List<Label> labels = new ArrayList<>();
        List<Excerpt> excerpts = new ArrayList<>();
        Label primary = diagnostic.primary();
        if (primary != null) {
            labels.add(primary);
        }
        labels.addAll(diagnostic.others());
        int gutter = 1;
        for (Label label : labels) {
            Excerpt excerpt = Excerpt.of(label.span(), WIDTH, unicode);
            excerpts.add(excerpt);
            gutter = Math.max(gutter, String.valueOf(excerpt.line()).length());
        }
        for (int i = 0; i < labels.size(); i++) {
            boolean first = i == 0 && primary != null;
            frame(
                    labels.get(i),
                    excerpts.get(i),
                    gutter,
                    first ? "-->" : ":::",
                    first ? '^' : '-',
                    first ? tone : BLUE);
        }
        String help = diagnostic.help();
        if (help != null) {
            spaces(gutter + 1);
            paint(BLUE, "=");
            out.append(' ');
            paint(BOLD, "help");
            folded("", gutter + 7, ": " + words(help));
        }
    }

    /** The rest of a line of which {@code written} columns are there; what goes on stands under its text. */
    private void folded(String tone, int written, String rest) {
        String whole = " ".repeat(written) + rest;
        List<String> lines = width == 0 ? List.of(whole) : FoldedText.under(whole, width, written + 2);
        for (int i = 0; i < lines.size(); i++) {
            String line = i == lines.size() - 1 ? lines.get(i) : lines.get(i).stripTrailing();
            int begin = i == 0 ? written : 0;
            while (i > 0 && begin < line.length() && line.charAt(begin) == ' ') {
                begin++;
            }
            spaces(i == 0 ? 0 : begin);
            paint(tone, line.substring(begin));
            out.append('\n');
        }
    }

    private void frame(Label label, Excerpt excerpt, int gutter, String arrow, char underline, String tone) {
        spaces(gutter);
        paint(BLUE, arrow);
        out.append(' ').append(words(label.span().place())).append('\n');
        if (!label.span().source().text().isEmpty()) {
            spaces(gutter + 1);
            paint(BLUE, "|");
            out.append('\n');
            String number = String.valueOf(excerpt.line());
            paint(BLUE, number);
            spaces(gutter + 1 - number.length());
            paint(BLUE, "|");
            out.append(excerpt.text().isEmpty() ? "" : " ")
                    .append(excerpt.text())
                    .append('\n');
            spaces(gutter + 1);
            paint(BLUE, "|");
            spaces(1 + excerpt.indent());
            String marks = String.valueOf(underline).repeat(excerpt.length());
            paint(tone, label.text().isEmpty() ? marks : marks + " " + words(label.text()));
            out.append('\n');
        } else if (!label.text().isEmpty()) {
            spaces(gutter + 1);
            paint(BLUE, "|");
            out.append(' ');
            paint(tone, words(label.text()));
            out.append('\n');
        }
    }

    private String words(String text) {
        return SafeLine.of(text, unicode, WORDS);
    }

    private void spaces(int count) {
        for (int i = 0; i < count; i++) {
            out.append(' ');
        }
    }

    private void paint(String tone, String text) {
        if (colour && !tone.isEmpty()) {
            out.append(tone).append(text).append(RESET);
        } else {
            out.append(text);
        }
    }
}

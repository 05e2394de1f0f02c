package dev.gert.render;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.source.Position;
import java.util.List;

/**
 * Diagnostics as GitHub's workflow commands (cli.md, {@code --format github}):
 * {@code ::error file=…,line=…,col=…,endColumn=…,title=…::message}, one a line. A place of several
 * lines has {@code endLine} and no columns, as GitHub wants it; columns count code points.
 */
public final class DiagnosticGithub {
    private DiagnosticGithub() {}

    /** All of them in the order given, each with a newline; the message's lines are joined by {@code %0A}. */
    public static String render(List<Diagnostic> diagnostics) {
        StringBuilder out = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            out.append("::").append(diagnostic.severity().word()).append(' ');
            Label primary = diagnostic.primary();
            if (primary != null) {
                place(primary, out);
                out.append(',');
            }
            out.append("title=");
            escape(diagnostic.code().name() + ": " + diagnostic.code().title(), true, out);
            out.append("::");
            String between = "";
            for (String line : Wording.lines(diagnostic)) {
                out.append(between);
                // a line end inside the words is shown, so that the lines are those of the finding
                escape(SafeLine.of(line, true), false, out);
                between = "%0A";
            }
            for (Label other : diagnostic.others()) {
                String words = other.text().isEmpty() ? "" : ": " + other.text();
                out.append(between);
                escape(SafeLine.of(other.span().place() + words, true), false, out);
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static void place(Label label, StringBuilder out) {
        Position start = label.span().position();
        Position end = label.span().endPosition();
        out.append("file=");
        escape(label.span().source().name(), true, out);
        out.append(",line=").append(start.line());
        if (start.line() == end.line()) {
            out.append(",col=").append(start.column()).append(",endColumn=").append(end.column());
        } else {
            out.append(",endLine=").append(end.line());
        }
    }

    /** A path keeps its line ends, which GitHub has an escape for; what it has none for is shown. */
    private static void escape(String text, boolean property, StringBuilder out) {
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            switch (point) {
                case '%' -> out.append("%25");
                case '\r' -> out.append("%0D");
                case '\n' -> out.append("%0A");
                case ':' -> out.append(property ? "%3A" : ":");
                case ',' -> out.append(property ? "%2C" : ",");
                default -> Wording.visible(point, out);
            }
        }
    }
}

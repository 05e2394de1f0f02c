package dev.gert.render;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import java.util.List;

/** Diagnostics one a line (cli.md, {@code --format concise}): what editors and {@code grep} read. */
public final class DiagnosticConcise {
    private static final String RESET = "\u001b[0m";
    private static final String RED = "\u001b[1;31m";
    private static final String YELLOW = "\u001b[1;33m";

    /** The columns of a path or a message: a name in it may be as long as the file. */
    private static final int WORDS = 600;

    private DiagnosticConcise() {}

    /**
     * {@code path:line:column: error[Y104]: message}, each with a newline; without a place it begins
     * with the severity. Nothing in it can begin a second line.
     *
     * @param colour whether escape sequences for colours are written; the words are the same
     * @param unicode whether the output can show more than ASCII; if not, the rest is escaped
     */
    public static String render(List<Diagnostic> diagnostics, boolean colour, boolean unicode) {
        StringBuilder out = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            Label primary = diagnostic.primary();
            if (primary != null) {
                out.append(SafeLine.of(primary.span().place(), unicode)).append(": ");
            }
            String head = Wording.head(diagnostic);
            String tone = diagnostic.severity() == Severity.ERROR ? RED : YELLOW;
            out.append(colour ? tone + head + RESET : head)
                    .append(": ")
                    .append(SafeLine.of(diagnostic.message(), unicode, WORDS))
                    .append('\n');
        }
        return out.toString();
    }
}

package dev.gert.render;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 has it, every value in quotes and on one line: control characters are written out as
 * {@code \\u{1b}}. A text that a spreadsheet would take for a formula begins with an apostrophe.
 */
final class CsvLines {
    private static final String FORMULA = "=+-@";

    private final StringBuilder out = new StringBuilder();

    /** {@code columns}: their names, the first line. */
    CsvLines(List<String> columns) {
        line(columns);
    }

    /** Null is empty. */
    CsvLines line(List<? extends @Nullable String> cells) {
        String between = "";
        for (String cell : cells) {
            out.append(between).append('"');
            if (cell != null && !cell.isEmpty()) {
                String text = RunLines.safe(cell, true);
                out.append(FORMULA.indexOf(text.charAt(0)) < 0 ? "" : "'").append(text.replace("\"", "\"\""));
            }
            out.append('"');
            between = ",";
        }
        out.append("\r\n");
        return this;
    }

    /** All lines. */
    String text() {
        return out.toString();
    }
}

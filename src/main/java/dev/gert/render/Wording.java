package dev.gert.render;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import java.util.ArrayList;
import java.util.List;

/** What a finding says, the same in every format: its message, the words beside its place, its help. */
final class Wording {
    private Wording() {}

    /** One to three lines, as they are: each format escapes them its own way. */
    static List<String> lines(Diagnostic diagnostic) {
        List<String> lines = new ArrayList<>();
        lines.add(diagnostic.message());
        Label primary = diagnostic.primary();
        if (primary != null && !primary.text().isEmpty()) {
            lines.add(primary.text());
        }
        String help = diagnostic.help();
        if (help != null) {
            lines.add("help: " + help);
        }
        return lines;
    }

    /** The character, written out as {@code \\u{1b}} where it would act on a terminal or could not be seen. */
    static void visible(int point, StringBuilder out) {
        if (point >= ' ' && point < 0x7f) {
            out.append((char) point);
        } else {
            SafeLine safe = new SafeLine(true);
            safe.add(point);
            out.append(safe);
        }
    }

    /** {@code error[Y104]}, by which people look it up. */
    static String head(Diagnostic diagnostic) {
        return diagnostic.severity().word() + "[" + diagnostic.code().name() + "]";
    }
}

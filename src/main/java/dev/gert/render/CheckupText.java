package dev.gert.render;

import dev.gert.json.JsonWriter;
import dev.gert.projection.Checkup;

/** What {@code gert doctor} prints: a line a thing, and under it what to do; or schema {@code gert.doctor/v1}. */
public final class CheckupText {
    private static final int SUBJECT = 9;
    private static final int TEXT = 24;
    private static final int WIDTH = 80;

    private CheckupText() {}

    /** {@code width}: 0: not known. */
    public static String render(Checkup checkup, boolean unicode, int width) {
        StringBuilder out = new StringBuilder();
        for (Checkup.Item item : checkup.items()) {
            StringBuilder line = new StringBuilder(item.level().word());
            pad(line, SUBJECT).append(item.subject());
            pad(line, TEXT).append(item.said());
            fold(line.toString(), unicode, width, out);
            if (item.help() != null) {
                fold(" ".repeat(TEXT) + "= help: " + item.help(), unicode, width, out);
            }
        }
        return out.append('\n').append(summary(checkup)).append('\n').toString();
    }

    /** The last line. */
    public static String summary(Checkup checkup) {
        int errors = checkup.count(Checkup.Level.ERROR);
        int warnings = checkup.count(Checkup.Level.WARNING);
        return checkup.items().size() + " things looked at: " + (errors == 0 ? "no" : String.valueOf(errors))
                + (errors == 1 ? " error, " : " errors, ")
                + (warnings == 0 ? "no" : String.valueOf(warnings))
                + (warnings == 1 ? " warning" : " warnings");
    }

    /** The whole document, with a newline at its end. */
    public static String json(Checkup checkup) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out);
        json.object().name("schema").value("gert.doctor/v1");
        json.name("errors").value(checkup.count(Checkup.Level.ERROR));
        json.name("warnings").value(checkup.count(Checkup.Level.WARNING));
        json.name("checks").array();
        for (Checkup.Item item : checkup.items()) {
            json.object().name("level").value(item.level().word());
            json.name("subject").value(item.subject());
            json.name("said").value(item.said());
            json.name("help").value(item.help()).end();
        }
        json.end().end();
        return out.append('\n').toString();
    }

    private static StringBuilder pad(StringBuilder line, int to) {
        line.append(' ');
        while (line.length() < to) {
            line.append(' ');
        }
        return line;
    }

    private static void fold(String line, boolean unicode, int width, StringBuilder out) {
        for (String part : FoldedText.under(RunLines.source(line, unicode), width == 0 ? WIDTH : width, TEXT)) {
            out.append(part.stripTrailing()).append('\n');
        }
    }
}

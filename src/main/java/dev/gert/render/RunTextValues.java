package dev.gert.render;

import dev.gert.event.RunEvent;
import dev.gert.json.JsonWriter;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import dev.gert.render.RunTextLook.Detail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values of a run as a person reads them: captures, commands, pieces of evidence. */
final class RunTextValues {
    private static final int VALUE = 40;
    private static final int SHORTEST = 8;
    private static final int WHOLE_VALUE = 2000;
    private static final int DIGEST = 8;

    private RunTextValues() {}

    /** {@code name=value} each; long values are cut unless everything is told. {@code room}: columns of a line. */
    static List<String> captures(Map<String, Captured> captures, RunTextLook look, int room) {
        List<String> pieces = new ArrayList<>();
        for (Map.Entry<String, Captured> capture : captures.entrySet()) {
            String name = capture.getKey() + "=";
            String text = capture.getValue().shown().text();
            int limit = Math.max(SHORTEST, Math.min(VALUE, room - name.length() - 1));
            pieces.add(name
                    + (look.detail() == Detail.VERBOSE
                            ? RunLines.safe(text, look.unicode(), WHOLE_VALUE)
                            : firstLine(text, look, limit)));
        }
        return pieces;
    }

    /** The first line, cut where it takes more than {@code limit} columns; one ellipsis says that there is more. */
    static String firstLine(String text, RunTextLook look, int limit) {
        int end = text.indexOf('\n');
        if (end < 0) {
            return RunLines.safe(text, look.unicode(), limit);
        }
        String line = RunLines.safe(text.substring(0, end), look.unicode());
        return RunLines.columns(line) <= limit
                ? line + SafeLine.ellipsis(look.unicode())
                : RunLines.safe(text.substring(0, end), look.unicode(), limit);
    }

    static String argv(List<SafeText> words, RunTextLook look) {
        StringBuilder json = new StringBuilder();
        JsonWriter writer = JsonWriter.compact(json);
        writer.array();
        for (SafeText word : words) {
            writer.value(word.text());
        }
        writer.end();
        return RunLines.safe(json.toString(), look.unicode());
    }

    /** A piece of evidence under its step. */
    static List<String> evidence(RunEvent.EvidenceCollected item, RunTextLook look) {
        String name = RunLines.safe(item.name(), look.unicode());
        RunTextFold fold = new RunTextFold(look.width(), "    evidence   ", 15, 15).piece("", name + ":");
        SafeText value = item.value();
        RunEvent.OutputFile file = item.file();
        if (value != null) {
            int limit = look.detail() == Detail.VERBOSE ? WHOLE_VALUE : Math.max(SHORTEST, fold.room() - 1);
            fold.piece(" ", firstLine(value.text(), look, limit));
        } else if (file != null) {
            fold.piece(" ", RunLines.safe(file.file(), look.unicode()));
            String digest = file.sha256().length() > DIGEST
                    ? ", sha256:" + file.sha256().substring(0, DIGEST) + SafeLine.ellipsis(look.unicode())
                    : "";
            fold.piece(" ", "(" + file.bytes() + " bytes" + digest + ")");
        } else {
            fold.words(item.ticked().size() + (item.ticked().size() == 1 ? " item ticked" : " items ticked"));
        }
        if (!item.method().equals("person")) {
            fold.piece("   ", item.method());
        }
        List<String> lines = new ArrayList<>(fold.lines());
        if (look.detail() == Detail.VERBOSE) {
            for (SafeText ticked : item.ticked()) {
                lines.add("               - " + RunLines.safe(ticked.text(), look.unicode()));
            }
        }
        return lines;
    }
}

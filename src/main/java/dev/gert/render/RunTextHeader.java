package dev.gert.render;

import dev.gert.event.RunEvent;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.List;

/** The line that a run begins with. */
final class RunTextHeader {
    private static final int DIGEST = 8;

    private RunTextHeader() {}

    static List<String> lines(RunTextRun run, RunEvent.RunStarted first) {
        RunTextLook look = run.look;
        RunTextFold fold = new RunTextFold(look.width(), "", 0, 2);
        String name = RunLines.safe(first.runbookName(), look.unicode());
        fold.painted("", look.bold(name), RunLines.columns(name));
        fold.piece("   ", "run " + run.id);
        RunTextRun from = run.from;
        RunEvent.RunStarted before = from == null ? null : from.started;
        if (before != null) {
            fold.piece(
                    "   ",
                    run.chained
                            ? "goes on from " + RunLines.safe(before.runbookName(), look.unicode())
                            : "invoked by " + RunLines.safe(run.by, look.unicode()));
        }
        if (before == null || !before.policySha256().equals(first.policySha256())) {
            policy(first, look, fold);
        }
        if (!first.mode().equals("real")) {
            fold.piece("   ", "mode " + first.mode());
        }
        SafeText incident = first.incident();
        if (incident != null && before == null) {
            fold.piece("   ", "incident " + RunLines.safe(incident.text(), look.unicode()));
        }
        List<String> lines = new ArrayList<>();
        if (run.chained) {
            lines.add("");
        }
        lines.addAll(fold.lines());
        return lines;
    }

    private static void policy(RunEvent.RunStarted first, RunTextLook look, RunTextFold fold) {
        List<RunEvent.FileDigest> layers = first.policies();
        if (layers.isEmpty()) {
            fold.piece("   ", "policy built-in floor");
        }
        for (int i = 0; i < layers.size(); i++) {
            RunEvent.FileDigest layer = layers.get(i);
            String comma = i < layers.size() - 1 ? "," : "";
            boolean known = layer.sha256().length() > DIGEST;
            String digest = known
                    ? "(sha256:" + layer.sha256().substring(0, DIGEST) + SafeLine.ellipsis(look.unicode()) + ")"
                    : "";
            String file = (i == 0 ? "policy " : "") + RunLines.safe(layer.file(), look.unicode());
            String whole = known ? file + " " + digest + comma : file + comma;
            String before = i == 0 ? "   " : " ";
            if (!known || RunLines.columns(whole) <= fold.room()) {
                fold.piece(before, whole);
            } else {
                fold.piece(before, file).piece(" ", digest + comma);
            }
        }
    }
}

package dev.gert.render;

import dev.gert.projection.RunGlance;
import dev.gert.projection.RunStatus;
import java.util.ArrayList;
import java.util.List;

/** What {@code gert status} shows. */
public final class StatusText {
    private static final int MARGIN = 10;
    private static final int UNFOLDED = 1 << 20;

    private final boolean unicode;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    private StatusText(boolean unicode, int width) {
        this.unicode = unicode;
        this.width = width == 0 ? UNFOLDED : width;
    }

    /** The lines, each with its newline. {@code width}: 0: as wide as it gets. */
    public static String render(RunStatus status, boolean unicode, int width) {
        StatusText text = new StatusText(unicode, width);
        text.add(status);
        return String.join("\n", text.lines) + "\n";
    }

    private void add(RunStatus status) {
        RunGlance run = status.glance();
        lines.addAll(new RunTextFold(width, "", 0, MARGIN)
                .piece("", RunLines.safe(run.runbook().isEmpty() ? "?" : run.runbook(), unicode))
                .piece("   ", "run " + run.id())
                .piece("   ", RunLines.safe(status.started(), unicode))
                .lines());
        String state = run.state() == RunGlance.State.OVER
                ? "over: " + run.outcome()
                : (run.detail().startsWith("waits ")
                                ? run.detail()
                                : run.state().word().replace('-', ' ')
                                        + (run.detail().isEmpty() ? "" : ": " + run.detail()))
                        + (run.holder() == 0 ? "" : ", in process " + run.holder());
        row("state", state);
        if (run.incident() != null && !run.incident().isEmpty()) {
            row("incident", run.incident());
        }
        if (status.owner() != null) {
            row("for", status.owner());
        }
        row("steps", status.counts().isEmpty() ? "none yet" : String.join(", ", status.counts()));
        if (!status.last().isEmpty()) {
            row("last", status.last());
        }
        for (RunStatus.Waiting wait : status.waits()) {
            row("waits", wait.step() + ": " + wait.reason());
            if (!wait.command().isEmpty()) {
                row("command", wait.command());
            }
            if (!wait.who().isEmpty()) {
                row("who", String.join("; ", wait.who()));
            }
        }
        status.open().forEach(open -> row("open", open));
        String name = "next";
        for (String command : status.next()) {
            StringBuilder line = new StringBuilder(name);
            RunTextLook.pad(line, MARGIN - name.length());
            lines.add(line.append(RunLines.safe(command, unicode)).toString().stripTrailing());
            name = "";
        }
    }

    private void row(String name, String text) {
        StringBuilder beginning = new StringBuilder(name);
        RunTextLook.pad(beginning, MARGIN - name.length());
        lines.addAll(new RunTextFold(width, beginning.toString(), MARGIN)
                .words(RunLines.safe(text, unicode))
                .lines());
    }
}

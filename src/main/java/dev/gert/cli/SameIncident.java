package dev.gert.cli;

import dev.gert.event.RunEvent;
import dev.gert.journal.GlanceReader;
import dev.gert.journal.RunFolders;
import dev.gert.projection.RunGlance;
import dev.gert.scenario.TextFiles;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two people of one incident who begin the same runbook: the second one is told of the first. */
final class SameIncident {
    /** How many of the newest runs are looked at: a run does not wait for the archive. */
    private static final int NEWEST = 1000;

    private SameIncident() {}

    /** Warns, and returns what belongs into the journal; nothing where the runbook does not run for this incident. */
    static List<RunEvent> warn(RunFolders folders, RunEvent.RunStarted started, Wiring wiring) {
        RunGlance other = other(folders, started, wiring.io());
        if (other == null) {
            return List.of();
        }
        String message = "`" + other.runbook() + "` has a run for this incident already that is not over: " + other.id()
                + ", by " + other.actor() + ", " + other.state().word();
        String help = "`" + wiring.command("status " + other.id()) + "` shows it, `"
                + wiring.command("resume " + other.id()) + "` goes on with it";
        wiring.io().warning(message, help);
        return List.of(new RunEvent.Warning(wiring.redaction().get().safe(message + "; " + help), null));
    }

    private static @Nullable RunGlance other(RunFolders folders, RunEvent.RunStarted started, Io io) {
        if (started.incident() == null) {
            return null;
        }
        try {
            List<String> ids = folders.newestFirst();
            for (String id : ids.subList(0, Math.min(NEWEST, ids.size()))) {
                RunGlance run = GlanceReader.read(folders.folder(id));
                if (run.isOpen()
                        && run.runbook().equals(started.runbookName())
                        && started.incident().text().equals(run.incident())) {
                    return run;
                }
            }
        } catch (IOException e) {
            io.warning("whether this incident has a run already can't be seen: " + TextFiles.reason(e), null);
        }
        return null;
    }
}

package dev.gert.cli;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.runtime.RunEnd;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.ScenarioRecorder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code --record}: what a session does for a scenario of its run. The run does not wait for it and is not
 * changed by it: a scenario that can't be written is a warning.
 */
final class RunRecording {
    private static final String OPTION = "--record";

    private final Path folder;
    private final Path shown;
    private final List<Envelope> records = new ArrayList<>();

    private RunRecording(Path folder, Path shown) {
        this.folder = folder;
        this.shown = shown;
    }

    /** Null where none was asked for; refuses a place that is taken before anything runs. */
    static @Nullable RunRecording of(Arguments arguments, Io io) {
        Path named = arguments.file(OPTION);
        if (named == null) {
            return null;
        }
        Path folder = io.cwd().resolve(named).normalize();
        String obstacle = ScenarioRecorder.obstacle(folder);
        if (obstacle != null) {
            throw new UsageException(
                    obstacle.startsWith("`") ? obstacle : "`" + OPTION + " " + named + "` " + obstacle,
                    "a scenario is recorded into a new folder; nothing was executed");
        }
        return new RunRecording(folder, named);
    }

    /** Takes a record of the run, those of earlier sessions first. */
    void add(Envelope record) {
        records.add(record);
    }

    /** What a command that goes on with the run needs. */
    String option() {
        return " " + OPTION + " " + ShellWord.of(shown.toString());
    }

    /** {@code run}: the run's folder. */
    void end(RunEnd end, Wiring wiring, Plan plan, Path run) {
        Io io = wiring.io();
        if (!(end instanceof RunEnd.Completed) || !(records.get(0).event() instanceof RunEvent.RunStarted started)) {
            io.err("record   no scenario yet: one is written when the run is over");
            return;
        }
        ScenarioRecorder.Result result;
        try {
            result = new ScenarioRecorder(folder, Path.of(started.cwd()), wiring.policies(), new SystemClock())
                    .record(plan, run, records, wiring.redaction().get());
        } catch (RuntimeException e) {
            // The run is over and on disk; what it ended with must reach whoever waits for it.
            result = new ScenarioRecorder.Result.Refused("an error of gert's own, " + e, "");
        }
        if (result instanceof ScenarioRecorder.Result.Refused refused) {
            io.warning(
                    "no scenario was recorded: " + io.safe(refused.reason()),
                    refused.help().isEmpty() ? null : refused.help());
            return;
        }
        ScenarioRecorder.Result.Written written = (ScenarioRecorder.Result.Written) result;
        String runbook = written.found() ? "" : ShellWord.of(started.runbook().file()) + " ";
        wiring.line("scenario " + io.safe(wiring.shown(folder).toString()) + "   " + written.steps()
                + (written.steps() == 1 ? " step" : " steps") + "; replay it: gert test " + runbook + "--scenario "
                + ShellWord.of(shown.toString()));
    }
}

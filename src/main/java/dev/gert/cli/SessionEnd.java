package dev.gert.cli;

import dev.gert.projection.Evidence;
import dev.gert.runtime.RunEnd;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a session says last: where the evidence is and which command goes on. */
final class SessionEnd {
    private final Wiring wiring;
    private final RunView view;
    private final Path folder;
    private final String run;
    private final String record;

    /** {@code scenario}: that is to be made of the run; null: none. */
    SessionEnd(Wiring wiring, RunView view, Path folder, String run, @Nullable RunRecording scenario) {
        this.record = scenario == null ? "" : scenario.option();
        this.wiring = wiring;
        this.view = view;
        this.folder = folder;
        this.run = run;
    }

    void say(RunEnd end, Evidence evidence) {
        Io io = wiring.io();
        view.evidence(wiring.shown(folder.resolve("evidence.json"))).forEach(wiring::line);
        if (end instanceof RunEnd.InDoubt doubt) {
            new Doubt(wiring, folder, run).say(doubt, evidence);
        } else if (end instanceof RunEnd.Pending pending) {
            io.err("waiting  " + pending.stepId() + ": " + io.safe(pending.reason()));
            io.err("go on    " + wiring.command("resume " + run + record));
        } else if (end instanceof RunEnd.Interrupted interrupted) {
            io.err("stopped  by SIG" + interrupted.signal());
            io.err("go on    " + wiring.command("resume " + run + record));
        } else if (end instanceof RunEnd.Unrecorded unrecorded) {
            io.error(
                    "the run stopped because it could not be recorded: " + unrecorded.reason(),
                    "nothing more was started; go on with `" + wiring.command("resume " + run + record) + "`");
        }
    }
}

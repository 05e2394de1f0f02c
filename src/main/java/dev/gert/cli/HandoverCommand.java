package dev.gert.cli;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.runtime.SystemClock;
import java.io.IOException;
import java.util.List;

/** {@code gert handover}: a run becomes another person's to go on with, and the record says so (cli.md). */
final class HandoverCommand implements Command {
    @Override
    public String name() {
        return "handover";
    }

    @Override
    public String summary() {
        return "passes a run on to another person, for the record";
    }

    @Override
    public String example() {
        return "gert handover latest --to bob --reason 'end of my shift'";
    }

    @Override
    public void declare(Options options) {
        options.positional("RUN", "a run's id, the beginning of one, `latest`, or a folder")
                .text("--to", "NAME", "whose it is from now on: an OS user's name")
                .text("--reason", "TEXT", "why, for the record and for who takes over")
                .texts("--policy", "FILE", "the policy files that the run was started with")
                .text("--reports", "DIR", "the folder that runs are written under (default: reports)");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        String to = arguments.text("--to");
        if (to == null || to.isBlank()) {
            throw new UsageException("a run is handed over to somebody: `--to NAME`", null);
        }
        OpenRun.Asked asked = new OpenRun.Asked(false, null, "resume " + ShellWord.of(arguments.positional(0)));
        OpenRun.Result result = OpenRun.open(arguments, io, new SystemClock(), asked);
        if (result instanceof OpenRun.Result.Refused refused) {
            return refused.exitCode();
        }
        OpenRun open = ((OpenRun.Result.Opened) result).run();
        boolean over = open.tree().completed() != null;
        if (!over) {
            String reason = arguments.text("--reason");
            open.recordCut();
            open.record(
                    open.run(),
                    new RunEvent.RunHandedOver(
                            Wiring.osUser(),
                            to,
                            reason == null
                                    ? null
                                    : open.plan().policy().redactor().safe(reason)));
        }
        try {
            open.journal().close();
        } catch (IOException e) {
            io.error("the handover may not be on disk: " + e.getMessage(), null);
            return Cli.UNRECORDED;
        }
        if (over) {
            io.error("run " + open.run() + " is over: there is nothing to hand over", null);
            return Cli.NEGATIVE;
        }
        io.err("recorded: run " + open.run() + " is " + io.safe(to) + "'s to go on with, says " + Wiring.osUser());
        io.err("they see how it stands: " + Wiring.command(arguments, "status " + open.run()));
        return Cli.OK;
    }

    /** Whom the run was handed over to and has not been taken up by since, or the empty text. */
    static String to(List<Envelope> records) {
        String to = "";
        for (Envelope record : records) {
            if (record.event() instanceof RunEvent.RunHandedOver handed) {
                to = handed.to();
            }
        }
        return to;
    }
}

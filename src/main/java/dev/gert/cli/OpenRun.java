package dev.gert.cli;

import dev.gert.engine.RunTree;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.FileJournal;
import dev.gert.journal.RunFolders;
import dev.gert.plan.Plan;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.TextFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run that stopped, opened to go on with: its journal locked and verified, the files that govern it what they
 * were when it began, or changed in nothing that was done and accepted so.
 *
 * @param tree what the records add up to
 * @param narrowed policy was changed since; the plan is under both
 * @param changed what a person accepts with this session
 */
record OpenRun(
        String run,
        Path folder,
        FileJournal journal,
        Plan plan,
        RunTree tree,
        boolean narrowed,
        List<RunEvent.ChangedFile> changed,
        List<Envelope> records,
        long cutBytes) {
    /** What came of opening. */
    sealed interface Result {
        /** Ready to go on. */
        record Opened(OpenRun run) implements Result {}

        /** It can't be; what is wrong was said. */
        record Refused(int exitCode) implements Result {}
    }

    /**
     * How a run is opened.
     *
     * @param accepts changes are accepted that leave alone what was done
     * @param again the id or address of a step that is to be made again, null: of none
     * @param command the words that open it so, after which {@code --accept-changes} may stand
     */
    record Asked(boolean accepts, @Nullable String again, String command) {}

    static Result open(Arguments arguments, Io io, SystemClock clock, Asked asked) {
        try {
            RunFolders.Found.Run run = NamedRun.of(arguments, io);
            if (run == null) {
                return new Result.Refused(Cli.USAGE);
            }
            return reopen(run.id(), run.folder(), arguments, io, clock, asked);
        } catch (IOException e) {
            io.error("the run can't be opened: " + TextFiles.reason(e), null);
            return new Result.Refused(6);
        }
    }

    private static Result reopen(String id, Path folder, Arguments arguments, Io io, SystemClock clock, Asked asked)
            throws IOException {
        FileJournal.Reopened reopened = FileJournal.reopen(folder, clock);
        if (reopened instanceof FileJournal.Reopened.Busy busy) {
            io.error(
                    "run " + id + " is being worked on by " + busy.holder(),
                    "one process at a time goes on with a run");
            return new Result.Refused(Cli.NEGATIVE);
        }
        if (reopened instanceof FileJournal.Reopened.Damaged damaged && damaged.isEmpty()) {
            io.error(
                    "run " + id + " stopped before its first record was whole", "nothing was executed; start it again");
            return new Result.Refused(RunCommand.REFUSED);
        }
        if (reopened instanceof FileJournal.Reopened.Damaged damaged) {
            io.error(
                    "the journal of run " + id + " is damaged at line " + damaged.line() + ", byte " + damaged.offset()
                            + ": " + damaged.reason(),
                    "nothing goes on from a record that does not verify");
            return new Result.Refused(RunCommand.REFUSED);
        }
        FileJournal.Reopened.Ready ready = (FileJournal.Reopened.Ready) reopened;
        OpenRun open = new Opening(folder, ready, arguments, io, asked).run();
        if (open == null) {
            ready.journal().close();
            return new Result.Refused(RunCommand.REFUSED);
        }
        return new Result.Opened(open);
    }

    /** Writes down what a person says of the run with the id {@code of}, and takes it in. */
    void record(String of, RunEvent event) {
        String step = event.step();
        String span = step == null ? null : new DerivedIds().span(of, step, event.attempt());
        Envelope envelope = journal.append(of, span, event);
        tree.evolve(envelope);
        records.add(envelope);
    }

    /** A session that goes on says itself that a torn last record was cut off; without one, this does. */
    void recordCut() {
        if (cutBytes > 0) {
            String said = cutBytes + " bytes of a record that was not written to its end were removed";
            record(run, new RunEvent.Warning(plan.policy().redactor().safe(said), null));
        }
    }

    /** Whether nothing was recorded since a seal. */
    boolean isSealed() {
        return records.get(records.size() - 1).event() instanceof RunEvent.RunSealed;
    }

    RunEvent.RunStarted started() {
        return (RunEvent.RunStarted) records.get(0).event();
    }
}

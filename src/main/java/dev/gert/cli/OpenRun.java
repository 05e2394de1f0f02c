package dev.gert.cli;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.engine.IllegalRecordException;
import dev.gert.engine.RunTree;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.FileJournal;
import dev.gert.journal.RunFolders;
import dev.gert.plan.Plan;
import dev.gert.policy.PolicyLayer;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.Project;
import dev.gert.scenario.RunbookLoader;
import dev.gert.scenario.TextFiles;
import dev.gert.source.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run that stopped, opened to go on with: its journal locked and verified, its runbook what it was when
 * it began. A changed one is refused: what was proved of the run's first half must hold for its second.
 *
 * @param narrowed policy was changed since; the plan is under both
 */
record OpenRun(
        String run,
        Path folder,
        FileJournal journal,
        Plan plan,
        boolean narrowed,
        List<Envelope> records,
        long cutBytes) {
    /** What came of opening. */
    sealed interface Result {
        /** Ready to go on. */
        record Opened(OpenRun run) implements Result {}

        /** It can't be; what is wrong was said. */
        record Refused(int exitCode) implements Result {}
    }

    static Result open(Arguments arguments, Io io, SystemClock clock) {
        Path reports = Wiring.reports(arguments, io, Project.of(io.cwd()));
        try {
            RunFolders.Found found = new RunFolders(reports).find(arguments.positional(0));
            if (found instanceof RunFolders.Found.None none) {
                io.error(none.reason(), null);
                return new Result.Refused(Cli.USAGE);
            }
            if (found instanceof RunFolders.Found.Several several) {
                io.error("more than one run begins like that: " + String.join(", ", several.ids()), null);
                return new Result.Refused(Cli.USAGE);
            }
            RunFolders.Found.Run run = (RunFolders.Found.Run) found;
            return reopen(run.id(), run.folder(), arguments, io, clock);
        } catch (IOException e) {
            io.error("the run can't be opened: " + TextFiles.reason(e), null);
            return new Result.Refused(6);
        }
    }

    private static Result reopen(String id, Path folder, Arguments arguments, Io io, SystemClock clock)
            throws IOException {
        FileJournal.Reopened reopened = FileJournal.reopen(folder, clock);
        if (reopened instanceof FileJournal.Reopened.Busy busy) {
            io.error(
                    "run " + id + " is being worked on by " + busy.holder(),
                    "one process at a time goes on with a run");
            return new Result.Refused(Cli.NEGATIVE);
        }
        if (reopened instanceof FileJournal.Reopened.Damaged damaged) {
            io.error(
                    "the journal of run " + id + " is damaged at line " + damaged.line() + ", byte " + damaged.offset()
                            + ": " + damaged.reason(),
                    "nothing goes on from a record that does not verify");
            return new Result.Refused(RunCommand.REFUSED);
        }
        FileJournal.Reopened.Ready ready = (FileJournal.Reopened.Ready) reopened;
        Opening opening = plan(ready.records(), folder, arguments, io);
        if (opening == null) {
            ready.journal().close();
            return new Result.Refused(RunCommand.REFUSED);
        }
        return new Result.Opened(new OpenRun(
                id, folder, ready.journal(), opening.plan(), opening.narrowed(), ready.records(), ready.cutBytes()));
    }

    private record Opening(Plan plan, boolean narrowed) {}

    private static @Nullable Opening plan(List<Envelope> records, Path folder, Arguments arguments, Io io) {
        if (records.isEmpty() || !(records.get(0).event() instanceof RunEvent.RunStarted started)) {
            io.error("the run stopped before its first record was whole", "nothing was executed; start it again");
            return null;
        }
        boolean inputs = false;
        for (Envelope record : records) {
            inputs |= record.event() instanceof RunEvent.InputsResolved;
        }
        if (!inputs) {
            io.error("the run stopped before its inputs were recorded", "nothing was executed; start it again");
            return null;
        }
        Diagnostics diagnostics = new Diagnostics();
        Path cwd = Path.of(started.cwd());
        RunbookLoader loader = new RunbookLoader(cwd, arguments.files("--policy")).deniedToo();
        Plan plan = loader.load(Path.of(started.runbook().file()), diagnostics);
        boolean narrowed =
                plan != null && !Sha256.hex(plan.policy().canonical()).equals(started.policySha256());
        if (plan != null && narrowed) {
            List<PolicyLayer> pinned = new PinnedFiles(folder).layers(records);
            if (pinned == null) {
                io.error(
                        "the policy is not what the run began with: " + changed(started, plan),
                        "the run's folder does not hold the one of then; start the run again, or undo the change");
                return null;
            }
            io.warning(
                    "the policy is not what the run began with: " + changed(started, plan),
                    "the run goes on with what both allow");
            diagnostics = new Diagnostics();
            loader = new RunbookLoader(cwd, arguments.files("--policy")).pinned(pinned);
            plan = loader.load(Path.of(started.runbook().file()), diagnostics);
        }
        if (plan == null) {
            Wiring.print(diagnostics, io);
            return null;
        }
        String now = plan.runbook().source().sha256();
        if (!now.equals(started.runbook().sha256())) {
            io.error(
                    started.runbook().file() + " is not what the run began with",
                    "bring the file back as it was, or start the run again");
            return null;
        }
        List<RunEvent.FileDigest> linked = RunCommand.linked(loader);
        for (RunEvent.FileDigest then : started.linked()) {
            if (!then.file().startsWith(ProvidedInputs.PREFIX) && !linked.contains(then)) {
                io.error(
                        then.file() + ", which the runbook leads to, is not what the run began with",
                        "bring the file back as it was, or start the run again");
                return null;
            }
        }
        RunEvent.FileDigest roster = SessionParts.roster(plan);
        RunEvent.FileDigest then = started.roster();
        String pinned = then == null ? "" : then.sha256();
        boolean same = pinned.equals(roster == null ? "" : roster.sha256());
        if (!same) {
            io.error(
                    "the roster is not what the run began with",
                    "who may decide is pinned with the run: undo the change, or start the run again");
            return null;
        }
        return new Opening(plan, narrowed);
    }

    private static String changed(RunEvent.RunStarted started, Plan plan) {
        List<String> changes = new ArrayList<>();
        for (RunEvent.FileDigest then : started.policies()) {
            PolicyLayer now = null;
            for (PolicyLayer layer : plan.policy().layers()) {
                now = layer.file().equals(then.file()) ? layer : now;
            }
            if (now == null) {
                changes.add(then.file() + " is not there (`--policy " + then.file() + "` names it)");
            } else if (!now.sha256().equals(then.sha256())) {
                changes.add(then.file() + " was changed");
            }
        }
        return changes.isEmpty() ? "a file was added" : String.join(", ", changes);
    }

    /** The state that the records add up to, or null, said to the user, where they don't fit the runbook. */
    @Nullable
    RunTree tree(Io io) {
        RunTree tree = new RunTree(plan).narrowed(narrowed);
        try {
            records.forEach(tree::evolve);
            String cut = CutJournal.evidence(folder, tree);
            if (cut != null) {
                io.error(
                        "records were taken from the journal's end: " + cut,
                        "nothing goes on from a journal that was cut");
                return null;
            }
            return tree;
        } catch (IOException e) {
            io.error("the run's folder can't be read: " + TextFiles.reason(e), null);
            return null;
        } catch (IllegalRecordException e) {
            io.error("the journal does not fit the runbook: " + e.getMessage(), null);
            return null;
        }
    }

    RunEvent.RunStarted started() {
        return (RunEvent.RunStarted) records.get(0).event();
    }
}

package dev.gert.cli;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.engine.DoneParts;
import dev.gert.engine.IllegalRecordException;
import dev.gert.engine.RunTree;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.FileJournal;
import dev.gert.plan.Plan;
import dev.gert.policy.PolicyLayer;
import dev.gert.projection.RunEnding;
import dev.gert.render.LineDifference;
import dev.gert.scenario.RunbookLoader;
import dev.gert.source.Sha256;
import dev.gert.source.Source;
import dev.gert.source.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a journal that was locked and verified to a run that may go on, or why it may not. */
final class Opening {
    private final Path folder;
    private final FileJournal.Reopened.Ready ready;
    private final List<Envelope> records;
    private final Arguments arguments;
    private final Io io;
    private final OpenRun.Asked asked;
    private final PinnedFiles pinned;

    Opening(Path folder, FileJournal.Reopened.Ready ready, Arguments arguments, Io io, OpenRun.Asked asked) {
        this.folder = folder;
        this.ready = ready;
        this.records = ready.records();
        this.arguments = arguments;
        this.io = io;
        this.asked = asked;
        this.pinned = new PinnedFiles(folder);
    }

    /** Null, with the reason said, where it may not. */
    @Nullable
    OpenRun run() throws IOException {
        RunEvent.RunStarted started = (RunEvent.RunStarted) records.get(0).event();
        boolean inputs = false;
        RunEnding ending = new RunEnding();
        for (Envelope record : records) {
            inputs |= record.event() instanceof RunEvent.InputsResolved;
            ending.take(record);
        }
        if (!inputs) {
            io.error("the run stopped before its inputs were recorded", "nothing was executed; start it again");
            return null;
        }
        if (!ending.openGrants().isEmpty()) {
            io.error(
                    "an elevation was granted and is not released: " + String.join(", ", ending.openGrants()),
                    "gert " + io.safe(started.gertVersion()) + " began the run and can release it; this version can't");
            return null;
        }
        Diagnostics diagnostics = new Diagnostics();
        RunbookLoader loader = loader(started).deniedToo();
        Plan plan = loader.load(Path.of(started.runbook().file()), diagnostics);
        if (plan == null) {
            Wiring.print(diagnostics, io);
            return null;
        }
        RunPins pins = new RunPins(records);
        List<RunEvent.ChangedFile> changed = pins.changed(plan, loader.others());
        boolean narrowed = !Sha256.hex(plan.policy().canonical()).equals(started.policySha256());
        if (narrowed) {
            return narrowed(started, plan, pins, changed);
        }
        if (!mayGoOn(started, plan, loader.others(), pins, changed)) {
            return null;
        }
        RunTree tree = tree(new RunTree(plan).accepting(pins.accepted(changed)));
        if (tree == null) {
            return null;
        }
        return tree.otherPolicy() ? narrowed(started, plan, pins, changed) : open(plan, tree, false, changed, loader);
    }

    private RunbookLoader loader(RunEvent.RunStarted started) {
        return new RunbookLoader(Path.of(started.cwd()), arguments.files("--policy"));
    }

    /** Under what the policy of then and today's allow together. */
    private @Nullable OpenRun narrowed(
            RunEvent.RunStarted started, Plan today, RunPins pins, List<RunEvent.ChangedFile> changed)
            throws IOException {
        List<PolicyLayer> layers = pinned.layers(records, pins.accepted(changed));
        if (layers == null) {
            io.error(
                    "the policy is not what the run began with: " + otherPolicy(started, today),
                    "the run's folder does not hold the one of then; start the run again, or undo the change");
            return null;
        }
        io.warning(
                "the policy is not what the run began with: " + otherPolicy(started, today),
                "the run goes on with what both allow");
        Diagnostics diagnostics = new Diagnostics();
        RunbookLoader loader = loader(started).pinned(layers);
        Plan plan = loader.load(Path.of(started.runbook().file()), diagnostics);
        if (plan == null) {
            Wiring.print(diagnostics, io);
            return null;
        }
        if (!mayGoOn(started, plan, loader.others(), pins, changed)) {
            return null;
        }
        RunTree tree = tree(new RunTree(plan).narrowed(true).accepting(pins.accepted(changed)));
        return tree == null ? null : open(plan, tree, true, changed, loader);
    }

    private OpenRun open(
            Plan plan, RunTree tree, boolean narrowed, List<RunEvent.ChangedFile> changed, RunbookLoader loader)
            throws IOException {
        if (!changed.isEmpty()) {
            pinned.keep(plan, loader.others());
        }
        return new OpenRun(
                records.get(0).run(),
                folder,
                ready.journal(),
                plan,
                tree,
                narrowed,
                changed,
                new ArrayList<>(records),
                ready.cutBytes());
    }

    /** The state that the records add up to, or null, said to the user, where they don't fit the runbook. */
    private @Nullable RunTree tree(RunTree tree) throws IOException {
        try {
            records.forEach(tree::evolve);
        } catch (IllegalRecordException e) {
            io.error("the journal does not fit the runbook: " + e.getMessage(), null);
            return null;
        }
        String cut = CutJournal.evidence(folder, tree);
        if (cut != null) {
            io.error(
                    "records were taken from the journal's end: " + cut, "nothing goes on from a journal that was cut");
            return null;
        }
        return tree;
    }

    /** Whether the files that govern the run are as they were, or differ in nothing that was done, and that is accepted. */
    private boolean mayGoOn(
            RunEvent.RunStarted started,
            Plan plan,
            List<Source> others,
            RunPins pins,
            List<RunEvent.ChangedFile> changed) {
        boolean known = true;
        for (RunEvent.ChangedFile file : changed) {
            String message = file.file()
                    + (file.now() == null
                            ? ", which the run began with, is led to no more"
                            : file.then() == null
                                    ? " is led to, and was not when the run began"
                                    : " is not what the run began with");
            if (asked.accepts()) {
                io.warning(message, null);
            } else {
                io.error(message, null);
            }
            known &= show(file, plan, others);
        }
        if (changed.isEmpty()) {
            return true;
        }
        if (!asked.accepts()) {
            io.err("bring the files back as they were, or go on with them as they are, if what was done is the same in"
                    + " them: " + Wiring.command(arguments, asked.command() + " --accept-changes"));
            return false;
        }
        if (!known) {
            io.error("the run's folder does not hold the files as they were", "start the run again");
            return false;
        }
        DoneParts.Difference difference = difference(started, plan, pins, changed);
        if (difference != null) {
            Span now = difference.now();
            Span then = difference.then();
            io.error(
                    difference.message()
                            + (now == null ? "" : ": " + now.place())
                            + (then == null ? "" : ", then at " + then.place()),
                    "a change that is accepted leaves alone what was done; start the run again");
            return false;
        }
        return true;
    }

    /** Shows what is different; false where the text of then is not there. */
    private boolean show(RunEvent.ChangedFile file, Plan plan, List<Source> others) {
        String then = file.then() == null ? "" : pinned.text(file.then());
        String now = "";
        List<Source> sources = new ArrayList<>(others);
        sources.add(plan.runbook().source());
        for (Source source : sources) {
            now = source.sha256().equals(file.now()) ? source.text() : now;
        }
        if (plan.policy().roster() != null && plan.policy().roster().sha256().equals(file.now())) {
            now = plan.policy().roster().text();
        }
        if (then == null) {
            return false;
        }
        for (String line : LineDifference.of(then, now)) {
            io.err("    " + io.safe(plan.policy().redactor().safe(line).text()));
        }
        return true;
    }

    private DoneParts.@Nullable Difference difference(
            RunEvent.RunStarted started, Plan plan, RunPins pins, List<RunEvent.ChangedFile> changed) {
        RunbookLoader loader = loader(started).deniedToo().asOf(name -> {
            String sha256 = pins.sha256(name);
            return sha256 == null ? null : pinned.text(sha256);
        });
        Plan then = loader.load(Path.of(started.runbook().file()), new Diagnostics());
        if (then == null) {
            return new DoneParts.Difference("the runbook as it was can't be read again", null, null);
        }
        RunTree tree = new RunTree(then).narrowed(true).accepting(pins.accepted(changed));
        try {
            records.forEach(tree::evolve);
        } catch (IllegalRecordException e) {
            return new DoneParts.Difference("the journal does not fit the runbook: " + e.getMessage(), null, null);
        }
        return DoneParts.between(tree, plan, asked.again());
    }

    private static String otherPolicy(RunEvent.RunStarted started, Plan plan) {
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
}

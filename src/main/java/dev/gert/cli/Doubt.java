package dev.gert.cli;

import dev.gert.engine.port.Dispatcher.Leftover;
import dev.gert.event.RunEvent;
import dev.gert.projection.Evidence;
import dev.gert.projection.EvidenceAttempt;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.Leftovers;
import dev.gert.runtime.RunEnd;
import dev.gert.terminal.OutputFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a step of which nobody knows whether it had its effect, and how a person settles it. */
final class Doubt {
    private static final String INDENT = "         ";

    private final Wiring wiring;
    private final Io io;
    private final Path folder;
    private final String run;

    /** {@code run}: the first one of the folder. */
    Doubt(Wiring wiring, Path folder, String run) {
        this.wiring = wiring;
        this.io = wiring.io();
        this.folder = folder;
        this.run = run;
    }

    void say(RunEnd.InDoubt doubt, Evidence evidence) {
        io.err("in doubt " + doubt.stepId() + ": it was started and nobody knows what came of it");
        EvidenceAttempt attempt = attempt(doubt, evidence);
        if (attempt != null) {
            io.err(INDENT + "started after " + attempt.dispatchedAt
                    + (doubt.pid() == 0 ? "" : ", process " + doubt.pid()));
            alive(attempt, evidence.started());
            printed(attempt);
        }
        io.err(INDENT + "find out whether it had its effect, then say so:");
        for (String verdict : new String[] {"--did-run", "--did-not-run", "--abort"}) {
            io.err(INDENT + "  " + wiring.command("decide " + run + " " + doubt.stepId() + " " + verdict));
        }
    }

    private static @Nullable EvidenceAttempt attempt(RunEnd.InDoubt doubt, Evidence evidence) {
        EvidenceAttempt found = null;
        for (EvidenceAttempt each : evidence.attempts()) {
            RunEvent.Dispatched dispatched = each.dispatched;
            boolean open = each.settled == null && each.failed == null;
            boolean known = dispatched != null && (doubt.pid() == 0 || dispatched.pid() == doubt.pid());
            if (each.started.step().equals(doubt.step()) && known && open) {
                found = each;
            }
        }
        return found;
    }

    /** Only what is of that attempt for sure: a process number alone may mean another one by now. */
    private void alive(EvidenceAttempt attempt, RunEvent.@Nullable RunStarted first) {
        String given = first == null ? null : first.traceparent();
        String traceparent =
                new DerivedIds().traceparent(run, given, attempt.run, attempt.started.step(), attempt.number);
        for (Leftover each : Leftovers.of(traceparent)) {
            String command = wiring.redaction().get().safe(each.command()).text();
            io.err(INDENT + "still running: process " + each.pid() + ", " + io.safe(command));
        }
    }

    private void printed(EvidenceAttempt attempt) {
        OutputFiles files = new OutputFiles(folder, io.cwd());
        for (String file : files(attempt)) {
            List<String> lines = files.lastLines(file);
            if (!lines.isEmpty()) {
                io.err(INDENT + "last output, " + files.path(file) + ":");
                for (String line : lines) {
                    io.err(INDENT + "  " + io.safe(line));
                }
            }
        }
    }

    /** As the journal names them; where gert ended before it could, those that begin with the dispatch's number. */
    private List<String> files(EvidenceAttempt attempt) {
        List<String> files = new ArrayList<>();
        RunEvent.OutputCaptured output = attempt.output;
        for (String ending : new String[] {".out", ".err"}) {
            RunEvent.OutputFile named = output == null ? null : ending.equals(".out") ? output.out() : output.err();
            String file = named == null ? null : named.file();
            if (output == null) {
                file = newest(attempt.dispatch, ending);
            }
            if (file != null) {
                files.add(file);
            }
        }
        return files;
    }

    /** Of several the one with the highest number before its ending. */
    private @Nullable String newest(int dispatch, String ending) {
        String[] names = folder.resolve("output").toFile().list();
        String newest = null;
        for (String name : names == null ? new String[0] : names) {
            int dash = name.indexOf('-');
            if (dash > 0
                    && name.endsWith(ending)
                    && name.substring(0, dash).equals(padded(dispatch))
                    && (newest == null
                            || name.length() > newest.length()
                            || name.length() == newest.length() && name.compareTo(newest) > 0)) {
                newest = name;
            }
        }
        return newest == null ? null : "output/" + newest;
    }

    private static String padded(int number) {
        String digits = Integer.toString(number);
        return "000".substring(Math.min(3, digits.length())) + digits;
    }
}

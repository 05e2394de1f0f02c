package dev.gert.render;

import dev.gert.event.RunEvent;
import dev.gert.policy.SafeText;
import dev.gert.render.RunTextLook.Detail;
import java.util.ArrayList;
import java.util.List;

/** The lines that a run ends with. */
final class RunTextEnd {
    private static final int TEXT = 9;

    private RunTextEnd() {}

    /** {@code steps}, {@code approvals}: as they are to be told. */
    static List<String> lines(RunTextRun run, RunEvent.RunCompleted completed, int steps, int approvals, long micros) {
        RunTextFold fold = outcome(run, completed);
        String counted = counted(steps, "step");
        if (approvals > 0) {
            counted += ", " + counted(approvals, "approval");
        }
        fold.piece("   ", counted + ", " + RunLines.duration(micros));
        List<String> lines = new ArrayList<>(fold.lines());
        recommendation(run, lines);
        if (run.next != null && run.look.detail() != Detail.QUIET) {
            lines.addAll(new RunTextFold(run.look.width(), "goes on  ", TEXT, TEXT)
                    .words("with " + RunLines.safe(run.next, run.look.unicode()))
                    .lines());
        }
        return lines;
    }

    /** Of a run that a step waits for: the run goes on, so its end is worth one line. */
    static List<String> ofInvoked(RunTextRun run, RunEvent.RunCompleted completed) {
        RunTextFold fold = outcome(run, completed);
        fold.piece("   ", counted(run.steps, "step"));
        List<String> lines = new ArrayList<>(fold.lines());
        if (run.look.detail() == Detail.VERBOSE) {
            recommendation(run, lines);
        }
        return lines;
    }

    private static RunTextFold outcome(RunTextRun run, RunEvent.RunCompleted completed) {
        RunTextLook look = run.look;
        RunTextFold fold = new RunTextFold(look.width(), "outcome  ", TEXT, TEXT);
        fold.painted("", look.bold(completed.outcome()), completed.outcome().length());
        RunEvent.OutcomeReached outcome = run.outcome;
        SafeText reason = completed.reason();
        if (outcome != null) {
            sentence(fold, "\"" + RunLines.safe(outcome.label().text(), look.unicode()) + "\"");
        } else if (reason != null) {
            sentence(fold, RunLines.safe(reason.text(), look.unicode()));
        } else if (run.failed != null && completed.exitCode() != 0) {
            sentence(fold, RunLines.safe(run.failed, look.unicode()));
        }
        return fold;
    }

    private static void sentence(RunTextFold fold, String text) {
        String[] words = text.split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            fold.piece(i == 0 ? "   " : " ", words[i]);
        }
    }

    private static void recommendation(RunTextRun run, List<String> lines) {
        RunEvent.OutcomeReached outcome = run.outcome;
        String text = outcome == null ? "" : outcome.recommendation().text();
        if (text.isBlank()) {
            return;
        }
        boolean first = true;
        for (String part : text.strip().split("\n", -1)) {
            lines.addAll(new RunTextFold(run.look.width(), first ? "next     " : "         ", TEXT, TEXT)
                    .words(RunLines.source(part, run.look.unicode()))
                    .lines());
            first = false;
        }
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}

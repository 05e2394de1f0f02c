package dev.gert.render;

import dev.gert.event.RunEvent;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import dev.gert.render.RunTextLook.Detail;
import dev.gert.render.RunTextLook.Head;
import dev.gert.render.RunTextLook.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The lines of what stands between the steps of a run: inputs, branches, loops. */
final class RunTextNode {
    private static final int VALUES = 13;

    private final RunTextRun run;
    private final RunTextLook look;
    private final List<String> lines;

    /** {@code lines}: takes what is made. */
    RunTextNode(RunTextRun run, List<String> lines) {
        this.run = run;
        this.look = run.look;
        this.lines = lines;
    }

    void inputs(RunEvent.InputsResolved inputs) {
        if (look.detail() == Detail.VERBOSE && !inputs.values().isEmpty()) {
            values("    inputs   ", List.of(), inputs.values());
        }
    }

    void taken(RunEvent.BranchTaken taken) {
        if (look.detail() == Detail.QUIET) {
            return;
        }
        String beginning = "  " + look.arrow() + " ";
        RunTextFold fold = new RunTextFold(look.width(), beginning, beginning.length(), beginning.length());
        List<String> around = run.around(taken.step());
        fold.words((around.isEmpty() ? "" : String.join(", ", around) + ": ") + safe(taken.label()));
        lines.addAll(fold.lines());
        if (look.detail() == Detail.VERBOSE) {
            values("    because  ", List.of(safe(taken.condition())), taken.operands());
        }
    }

    void skipped(RunEvent.BranchSkipped skipped) {
        if (look.detail() == Detail.VERBOSE) {
            lines.addAll(new RunTextFold(look.width(), "    ", 4, 6)
                    .words(safe(skipped.label()) + ": not taken"
                            + (skipped.unknown() ? ", because nothing is known of " : ", ")
                            + safe(skipped.condition()))
                    .lines());
        }
    }

    /** Steps tell their turn themselves; what let the loop go on is for those who want to know all. */
    void turn(RunEvent.IterationStarted turn) {
        run.turn(turn);
        if (look.detail() == Detail.VERBOSE) {
            values("    loop     ", List.of(run.turn(turn.step(), turn.iteration())), turn.operands());
        }
    }

    /** That a loop had nothing to go over explains why its steps are not there; when it was done is worth knowing too. */
    void ended(RunEvent.IterationEnded end) {
        String word = run.loopWord(end.step());
        boolean worthIt = look.detail() == Detail.VERBOSE || end.iterations() == 0 || word.equals("until");
        if (look.detail() == Detail.QUIET || !end.converged() || !worthIt) {
            return;
        }
        List<String> around = run.around(end.step());
        String times = end.iterations() + (end.iterations() == 1 ? " iteration" : " iterations");
        String said =
                end.iterations() == 0 ? "nothing to go over" : word.equals("until") ? "true after " + times : times;
        String beginning = "  " + look.arrow() + " ";
        lines.addAll(new RunTextFold(look.width(), beginning, beginning.length(), beginning.length())
                .words((around.isEmpty() ? "" : String.join(", ", around) + ", ") + word + ": " + said)
                .lines());
        if (look.detail() == Detail.VERBOSE && !end.operands().isEmpty()) {
            values("    because  ", List.of(), end.operands());
        }
    }

    /** {@code id}: of the step that failed; empty where it is a loop. */
    void failed(RunEvent.NodeFailed failed, String id) {
        String what = id.isEmpty() ? run.loopWord(failed.step()) : id;
        if (run.failed == null) {
            run.failed = (id.isEmpty() ? "the loop `" + failed.step() : "`" + id) + "` failed";
        }
        Head head = look.head(Mark.FAILED, what, id.isEmpty() ? "loop" : "", "");
        List<String> around = run.around(failed.step());
        lines.addAll(new RunTextFold(look.width(), head.text() + "   ", head.columns() + 3)
                .words((around.isEmpty() ? "" : String.join(", ", around) + ": ") + "failed: " + safe(failed.reason()))
                .lines());
    }

    private void values(String beginning, List<String> first, Map<String, Captured> values) {
        RunTextFold fold = new RunTextFold(look.width(), beginning, VALUES);
        List<String> pieces = new ArrayList<>(first);
        pieces.addAll(RunTextValues.captures(values, look, fold.room()));
        lines.addAll(fold.pieces(pieces, "  ").lines());
    }

    private String safe(SafeText text) {
        return RunLines.safe(text.text(), look.unicode());
    }
}

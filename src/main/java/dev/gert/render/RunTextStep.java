package dev.gert.render;

import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.model.Step;
import dev.gert.policy.SafeText;
import dev.gert.render.RunTextLook.Detail;
import dev.gert.render.RunTextLook.Head;
import dev.gert.render.RunTextLook.Mark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of one step of one run, from its start to its end; keeps what the records before its end said. */
final class RunTextStep {
    private final RunTextRun run;
    private final RunTextLook look;
    private final RunText.Output output;
    private final String address;
    private final String id;
    private final String kind;
    private final List<String> around;
    /** The step whose precondition this is; null for a step of its own. */
    private final @Nullable RunTextStep owner;

    private final List<RunEvent.EvidenceCollected> evidence = new ArrayList<>();
    private String startedAt = "";
    private String dispatchedAt = "";
    private boolean begun;
    private @Nullable RunTextStep probe;
    private RunEvent.@Nullable StepCompleted ended;
    private RunEvent.@Nullable StepBlocked blocked;
    private RunEvent.@Nullable ApprovalDenied denied;
    private RunEvent.@Nullable OutputCaptured printed;

    RunTextStep(RunTextRun run, RunText.Output output, RunEvent.StepStarted begun, @Nullable RunTextStep owner) {
        this.run = run;
        this.look = run.look;
        this.output = output;
        this.address = begun.step();
        this.id = owner == null ? begun.id() : owner.id;
        this.kind = owner == null ? begun.kind() : owner.kind;
        this.around = run.around(begun.step());
        this.owner = owner;
        if (owner != null) {
            owner.probe = this;
        }
    }

    String id() {
        return id;
    }

    String kind() {
        return kind;
    }

    RunTextRun run() {
        return run;
    }

    boolean isProbe() {
        return owner != null;
    }

    /** How long the step waits after this record, in milliseconds. */
    long waits(RunEvent event) {
        if (event instanceof RunEvent.AttemptFailed lost && lost.retried()) {
            Step.Retry retry = retry();
            return retry == null ? 0 : retry.waitMillis(lost.attempt() + 1);
        }
        Step step = event instanceof RunEvent.StepStarted && owner == null ? run.step(address) : null;
        return step == null ? 0 : step.common().delayMillis();
    }

    void add(RunEvent event, String time, List<String> lines) {
        if (event instanceof RunEvent.StepStarted) {
            startedAt = time;
            again();
        } else if (event instanceof RunEvent.PolicyDecided decided && look.detail() == Detail.VERBOSE) {
            lines.add("    $ " + RunTextValues.argv(decided.command().argv(), look));
            lines.addAll(new RunTextFold(look.width(), "    ", 4, 6)
                    .words(decided.decision() + ": " + RunText.described(decided.rule(), look))
                    .lines());
        } else if (event instanceof RunEvent.StepBlocked stopped) {
            blocked = stopped;
        } else if (event instanceof RunEvent.ApprovalDenied refused) {
            denied = refused;
        } else if (event instanceof RunEvent.Dispatched) {
            dispatchedAt = time;
            begun = true;
        } else if (event instanceof RunEvent.RunLinked) {
            begun = true;
        } else if (event instanceof RunEvent.OutputCaptured captured) {
            printed = captured;
        } else if (event instanceof RunEvent.EvidenceCollected item) {
            evidence.add(item);
        } else if (event instanceof RunEvent.StepCompleted last) {
            ended = last;
            completed(last, time, lines);
        } else {
            between(event, time, lines);
        }
    }

    private void again() {
        begun = false;
        probe = null;
        ended = null;
        blocked = null;
        denied = null;
        printed = null;
        evidence.clear();
    }

    private void between(RunEvent event, String time, List<String> lines) {
        String whose = owner == null ? "" : " of its precondition";
        if (event instanceof RunEvent.AwaitingApproval asked) {
            said(Mark.WAITING, "", "waits for approval" + whose + ": " + RunText.described(asked.rule(), look), lines);
        } else if (event instanceof RunEvent.AwaitingInput) {
            said(Mark.WAITING, "", "waits for a person", lines);
        } else if (event instanceof RunEvent.AttemptFailed lost) {
            failed(lost, time, lines);
        } else if (event instanceof RunEvent.StepInDoubt doubt) {
            String process = doubt.pid() == 0 ? "" : " (process " + doubt.pid() + ")";
            said(Mark.DOUBT, "", "in doubt: it began" + process + ", and nobody knows what came of it", lines);
        } else if (event instanceof RunEvent.StepDecided settled) {
            settled(settled, lines);
        }
    }

    private void failed(RunEvent.AttemptFailed lost, String time, List<String> lines) {
        if (!lost.retried()) {
            said(Mark.DOUBT, "", safe(lost.reason()), lines);
            return;
        }
        Step.Retry retry = retry();
        String again = ", again";
        if (retry != null) {
            long wait = retry.waitMillis(lost.attempt() + 1);
            again = wait == 0 ? ", again at once" : ", again in " + RunLines.waiting(wait);
        }
        String took = RunLines.duration(RunLines.between(dispatchedAt, time));
        said(Mark.WAITING, took, attempt(lost.attempt()) + " failed: " + safe(lost.reason()) + again, lines);
        if (look.detail() == Detail.VERBOSE && printed != null) {
            whole(printed.out(), lines);
            whole(printed.err(), lines);
        }
        printed = null;
    }

    private Step.@Nullable Retry retry() {
        Step step = run.step(address);
        Step.Work work = step == null ? null : step.work();
        return work == null ? null : work.retry();
    }

    private String attempt(int number) {
        Step.Retry retry = retry();
        return "attempt " + number + (retry == null ? "" : " of " + retry.attempts());
    }

    private void said(Mark mark, String duration, String words, List<String> lines) {
        if (look.detail() != Detail.QUIET) {
            RunTextFold fold = fold(mark, duration);
            where(fold);
            lines.addAll(fold.pieces(List.of(words.split(" ", -1)), " ").lines());
        }
    }

    private RunTextFold fold(Mark mark, String duration) {
        Head head = look.head(mark, id, kind, duration);
        return new RunTextFold(look.width(), head.text() + "   ", head.columns() + 3);
    }

    /** In which branch of a {@code parallel} and which turn of a loop the step stands. */
    private void where(RunTextFold fold) {
        for (int i = 0; i < around.size(); i++) {
            String[] words = around.get(i).split(" ", -1);
            for (int j = 0; j < words.length; j++) {
                boolean last = j == words.length - 1;
                fold.piece(" ", words[j] + (last ? i == around.size() - 1 ? ":" : "," : ""));
            }
        }
    }

    private void settled(RunEvent.StepDecided settled, List<String> lines) {
        boolean ran = settled.verdict().equals("did_run");
        Mark mark = ran ? Mark.PASSED : settled.verdict().equals("abort") ? Mark.FAILED : Mark.SKIPPED;
        String verdict = ran ? "it did run" : mark == Mark.FAILED ? "the run is to end" : "it did not run";
        SafeText reason = settled.reason();
        said(
                mark,
                "",
                verdict + ", says " + RunLines.safe(settled.person(), look.unicode())
                        + (reason == null ? "" : ": " + safe(reason)),
                lines);
    }

    private void completed(RunEvent.StepCompleted last, String time, List<String> lines) {
        if (owner != null) {
            if (look.detail() == Detail.VERBOSE) {
                precondition(lines);
            }
            return;
        }
        boolean passed = last.status() == StepStatus.PASSED;
        if (look.detail() == Detail.QUIET && (passed || last.status() == StepStatus.SKIPPED)) {
            return;
        }
        long micros = last.durationMicros();
        if (micros == 0 && passed && (kind.equals("manual") || kind.equals("invoke"))) {
            micros = RunLines.between(startedAt, time);
        }
        RunTextFold fold = fold(mark(last.status()), micros == 0 ? "" : RunLines.duration(micros));
        if (passed && last.reason() == null) {
            List<String> captures = RunTextValues.captures(last.captures(), look, fold.room());
            if (captures.isEmpty()) {
                around.forEach(each -> fold.pieces(List.of(each.split(" ", -1)), " "));
            } else {
                where(fold);
                fold.piece(around.isEmpty() ? "" : " ", captures.get(0));
                fold.pieces(captures.subList(1, captures.size()), "  ");
            }
        } else {
            where(fold);
            fold.words(words(last));
        }
        lines.addAll(fold.lines());
        boolean failed = last.status() == StepStatus.FAILED || last.status() == StepStatus.TIMED_OUT;
        if (probe != null && !passed && !begun && look.detail() != Detail.VERBOSE) {
            probe.precondition(lines);
        }
        if (look.detail() != Detail.QUIET) {
            for (RunEvent.EvidenceCollected item : evidence) {
                lines.addAll(RunTextValues.evidence(item, look));
            }
        }
        if (failed) {
            lastWords(lines);
        } else if (look.detail() == Detail.VERBOSE && printed != null) {
            whole(printed.out(), lines);
            whole(printed.err(), lines);
        }
    }

    /** What a step's precondition came to, as a quieter line under the step. */
    private void precondition(List<String> lines) {
        RunEvent.StepCompleted last = ended;
        if (last == null) {
            return;
        }
        String took = last.durationMicros() == 0 ? "" : RunLines.duration(last.durationMicros()) + "   ";
        String beginning = "    precondition   " + took;
        RunTextFold fold = new RunTextFold(look.width(), look.faint(beginning), beginning.length(), 6);
        if (last.status() == StepStatus.PASSED) {
            fold.piece(" ", "exit code " + (last.exitCode() == null ? 0 : last.exitCode()));
        } else {
            fold.words(words(last));
        }
        lines.addAll(fold.lines());
        if (last.status() == StepStatus.FAILED
                && owner != null
                && owner.ended != null
                && owner.ended.status() == StepStatus.FAILED) {
            lastWords(lines);
        }
    }

    private static Mark mark(StepStatus status) {
        return switch (status) {
            case PASSED -> Mark.PASSED;
            case SKIPPED, NOT_REACHED -> Mark.SKIPPED;
            case BLOCKED, DENIED -> Mark.BLOCKED;
            case IN_DOUBT -> Mark.DOUBT;
            case FAILED, TIMED_OUT, INTERRUPTED -> Mark.FAILED;
        };
    }

    /** How a step ended, in words. */
    static String words(StepStatus status) {
        return status.word().replace('_', ' ');
    }

    private String words(RunEvent.StepCompleted last) {
        StringBuilder words = new StringBuilder(words(last.status()));
        SafeText reason = last.reason();
        if (last.status() == StepStatus.BLOCKED && blocked != null) {
            words.append(": ").append(safe(blocked.reason()));
            if (blocked.rule() != null) {
                words.append(": ").append(RunText.described(blocked.rule(), look));
            }
        } else if (last.status() == StepStatus.DENIED && denied != null) {
            words.append(" by ").append(RunLines.safe(denied.person(), look.unicode()));
            words.append(": ").append(safe(denied.reason()));
        } else if (reason != null) {
            words.append(": ").append(safe(reason));
        } else if (last.status() == StepStatus.SKIPPED) {
            words.append(skipped());
        }
        boolean failed = last.status() == StepStatus.FAILED || last.status() == StepStatus.TIMED_OUT;
        if (failed && last.attempt() > 1 && retry() != null) {
            words.append(", ").append(attempt(last.attempt()));
        }
        return words.toString();
    }

    /** A step is skipped without another reason when its {@code when} is not true. */
    private String skipped() {
        Step step = run.step(address);
        return step == null || step.common().when() == null
                ? ""
                : ": `" + RunLines.safe(step.common().when().source(), look.unicode()) + "` is not true";
    }

    /** The end of what a failed step printed, its errors if there are any, and where the rest is. */
    private void lastWords(List<String> lines) {
        if (printed == null) {
            return;
        }
        RunEvent.OutputFile file = printed.err() != null ? printed.err() : printed.out();
        if (file == null) {
            return;
        }
        for (String line : output.lastLines(file.file())) {
            lines.add("    | "
                    + RunLines.fitting(RunLines.source(line, look.unicode()), look.unicode(), look.width() - 6));
        }
        whole(file, lines);
    }

    private void whole(RunEvent.@Nullable OutputFile file, List<String> lines) {
        if (file != null) {
            lines.addAll(new RunTextFold(look.width(), "    all of it: ", 15, 6)
                    .piece("", RunLines.safe(output.path(file.file()), look.unicode()))
                    .lines());
        }
    }

    private String safe(SafeText text) {
        return RunLines.safe(text.text(), look.unicode());
    }
}

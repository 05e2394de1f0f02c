package dev.gert.render;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.plan.Plan;
import dev.gert.policy.RulePlace;
import dev.gert.render.RunTextLook.Detail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run, and those that it leads to, as lines for a person, record by record (cli.md, "Terminal"); live
 * and plain views print the same words. All that comes out has been escaped.
 */
public final class RunText {
    private static final String PROBE = ".precondition";

    private final RunTextLook look;
    private final Output output;
    private final @Nullable Plan plan;
    private final Map<String, RunTextRun> runs = new HashMap<>();
    private final Map<String, RunTextStep> steps = new HashMap<>();
    /** Every step that ran, once, however often it was tried. */
    private final Set<String> ran = new HashSet<>();

    private int approvals;

    /** {@code output}: what steps printed. */
    public RunText(RunTextLook look, Output output) {
        this(look, output, null);
    }

    /** {@code plan}: of the first run, from which labels and waits are known; null: they are not told. */
    public RunText(RunTextLook look, Output output, @Nullable Plan plan) {
        this.look = look;
        this.output = output;
        this.plan = plan;
    }

    /** What steps printed, as it stands in the run's folder. */
    public interface Output {
        /** The last few lines of a file, given as in {@link RunEvent.OutputFile#file()}; none when it can't be read. */
        List<String> lastLines(String file);

        /** How a person names the file. */
        String path(String file);
    }

    /** Takes in a record of an earlier session, of which nothing is shown. */
    public void recall(Envelope envelope) {
        add(envelope);
    }

    /** The lines that a new record is worth; none for most. */
    public List<String> add(Envelope envelope) {
        RunTextRun run = runs.computeIfAbsent(envelope.run(), id -> new RunTextRun(id, look, plan));
        RunEvent event = envelope.event();
        List<String> own = new ArrayList<>();
        if (event instanceof RunEvent.RunStarted first) {
            run.started = first;
            run.startedAt = envelope.time();
            header(run, own);
        } else if (event instanceof RunEvent.RunResumed resumed) {
            resumed(run, resumed, own);
        } else {
            of(run, envelope, own);
            if (!own.isEmpty() && !run.headed) {
                List<String> head = new ArrayList<>();
                header(run, head);
                own.addAll(0, head);
            }
        }
        String indent = " ".repeat(2 * run.depth);
        List<String> lines = new ArrayList<>();
        for (String line : own) {
            lines.add(line.isEmpty() ? line : indent + line);
        }
        return lines;
    }

    private void of(RunTextRun run, Envelope envelope, List<String> lines) {
        RunEvent event = envelope.event();
        RunTextNode node = new RunTextNode(run, lines);
        if (event instanceof RunEvent.InputsResolved inputs) {
            node.inputs(inputs);
        } else if (event instanceof RunEvent.BranchTaken taken) {
            node.taken(taken);
        } else if (event instanceof RunEvent.BranchSkipped skipped) {
            node.skipped(skipped);
        } else if (event instanceof RunEvent.IterationStarted turn) {
            node.turn(turn);
        } else if (event instanceof RunEvent.IterationEnded end) {
            node.ended(end);
        } else if (event instanceof RunEvent.NodeFailed failed) {
            RunTextStep step = steps.get(key(run.id, failed.step()));
            node.failed(failed, step == null ? "" : step.id());
        } else if (event instanceof RunEvent.OutcomeReached reached) {
            run.outcome = reached;
        } else if (event instanceof RunEvent.RunCompleted completed) {
            completed(run, completed, envelope.time(), lines);
        } else if (event instanceof RunEvent.RunSealed seal) {
            lines.add("sealed   by " + RunLines.safe(seal.key(), look.unicode()));
        } else if (event instanceof RunEvent.Warning warning) {
            warning(run, warning.message().text(), lines);
        } else if (event instanceof RunEvent.Notified sent && sent.problem() != null) {
            warning(
                    run,
                    "`notify` of `" + sent.on() + "` by " + sent.target().text() + ": "
                            + sent.problem().text(),
                    lines);
        } else if (event instanceof RunEvent.StepRetried again) {
            String why = again.reason() == null ? "" : ": " + again.reason().text();
            byHand(run, again.step() + " is made again, by " + again.person() + why, lines);
        } else if (event instanceof RunEvent.StepsSkipped left) {
            String what = (left.from() == null ? "" : "what stands before " + left.from() + " ")
                    + String.join(" ", left.steps());
            byHand(
                    run,
                    "left out by " + left.person() + ": " + what.strip() + ": "
                            + left.reason().text(),
                    lines);
        } else if (event instanceof RunEvent.ChangesAccepted changes) {
            for (RunEvent.ChangedFile file : changes.files()) {
                byHand(run, file.file() + " was changed, which " + changes.person() + " accepts", lines);
            }
        } else if (event.step() != null) {
            step(run, event, event.step(), envelope.time(), lines);
        }
    }

    private void warning(RunTextRun run, String message, List<String> lines) {
        lines.addAll(new RunTextFold(run.look.width(), "", 0, 2)
                .words("warning: " + RunLines.safe(message, look.unicode()))
                .lines());
    }

    private void byHand(RunTextRun run, String text, List<String> lines) {
        lines.addAll(new RunTextFold(run.look.width(), "", 0, 2)
                .words(RunLines.safe(text, look.unicode()))
                .lines());
    }

    private static String key(String run, String address) {
        return run + " " + address;
    }

    private void step(RunTextRun run, RunEvent event, String address, String time, List<String> lines) {
        String key = key(run.id, address);
        if (event instanceof RunEvent.StepStarted begun) {
            RunTextStep owner = begun.kind().equals("precondition") && address.endsWith(PROBE)
                    ? steps.get(key.substring(0, key.length() - PROBE.length()))
                    : null;
            steps.put(key, new RunTextStep(run, output, begun, owner));
        } else if (event instanceof RunEvent.ApprovalGranted) {
            approvals++;
        }
        RunTextStep step = steps.get(key);
        if (event instanceof RunEvent.RunLinked linked) {
            String id = step == null ? linked.step() : step.id();
            runs.put(linked.child(), run.child(linked, id));
            if (linked.kind().equals("chain")) {
                run.next = linked.reference();
                return;
            }
        }
        if (step == null) {
            return;
        }
        if (event instanceof RunEvent.StepCompleted ended && !step.isProbe()) {
            ended(run, key, ended, step.id());
        } else if (event instanceof RunEvent.StepDecided decided
                && decided.verdict().equals("did_run")) {
            count(run, key);
        }
        step.add(event, time, lines);
    }

    private void ended(RunTextRun run, String key, RunEvent.StepCompleted ended, String id) {
        StepStatus status = ended.status();
        switch (status) {
            case PASSED, FAILED, TIMED_OUT, INTERRUPTED -> count(run, key);
            default -> {
                // it did not run
            }
        }
        boolean passed = status == StepStatus.PASSED || status == StepStatus.SKIPPED;
        if (!passed && run.failed == null && !run.letsPass(ended.step())) {
            run.failed = "`" + id + "` " + RunTextStep.words(status);
        }
    }

    private void count(RunTextRun run, String key) {
        if (ran.add(key)) {
            run.steps++;
        }
    }

    /** How long nothing happens at the record's step now, in milliseconds: its delay, or that before its next attempt; else 0. */
    public long waits(Envelope envelope) {
        String address = envelope.event().step();
        RunTextStep step = address == null ? null : steps.get(key(envelope.run(), address));
        return step == null ? 0 : step.waits(envelope.event());
    }

    /** {@code nanos} since then; {@code waits}: milliseconds of waiting, 0 while it runs; {@code lastLine} that it printed. */
    public record Activity(String run, String step, long nanos, long waits, String lastLine) {}

    /** What is under way, in one line that fits the terminal; empty when that is nothing. */
    public String live(List<Activity> activities) {
        RunTextLive live = new RunTextLive(look);
        for (Activity each : activities) {
            RunTextStep step = steps.get(key(each.run(), each.step()));
            if (step != null) {
                live.add(step, each);
            }
        }
        return live.line();
    }

    /** Where the evidence of the run is. */
    public List<String> evidence(String path) {
        return new RunTextFold(look.width(), "evidence ", 9, 2)
                .piece("", RunLines.safe(path, look.unicode()))
                .lines();
    }

    private void header(RunTextRun run, List<String> lines) {
        run.headed = true;
        RunEvent.RunStarted first = run.started;
        if (look.detail() != Detail.QUIET && first != null) {
            lines.addAll(RunTextHeader.lines(run, first));
        }
    }

    private void resumed(RunTextRun run, RunEvent.RunResumed resumed, List<String> lines) {
        for (RunTextRun each : runs.values()) {
            each.headed = each == run;
        }
        header(run, lines);
        if (look.detail() != Detail.QUIET) {
            lines.addAll(new RunTextFold(run.look.width(), "", 0, 2)
                    .words("resumed by " + RunLines.safe(resumed.actor(), look.unicode()) + " on "
                            + RunLines.safe(resumed.host(), look.unicode())
                            + (resumed.cutBytes() == 0 ? "" : ", after a record that was not written to its end"))
                    .lines());
        }
    }

    private void completed(RunTextRun run, RunEvent.RunCompleted completed, String time, List<String> lines) {
        if (!run.isTop()) {
            if (look.detail() != Detail.QUIET) {
                lines.addAll(RunTextEnd.ofInvoked(run, completed));
            }
            return;
        }
        RunTextRun first = run;
        while (run.next == null && first.from != null) {
            first = first.from;
        }
        long micros = RunLines.between(first.startedAt, time);
        boolean last = run.next == null;
        lines.addAll(RunTextEnd.lines(run, completed, last ? ran.size() : run.steps, last ? approvals : 0, micros));
    }

    /** {@code deny_commands "rm" (governance.yaml:4)}, as it may be printed. */
    static String described(RulePlace rule, RunTextLook look) {
        return RunLines.safe(rule.describe(), look.unicode());
    }
}

package dev.gert.render;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import dev.gert.render.RunTextLook.Detail;
import dev.gert.render.RunTextLook.Mark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as lines for a person, record by record (cli.md, "Terminal"); live and plain views print the
 * same words. All that comes out has been escaped.
 */
public final class RunText {
    private static final int DIGEST = 8;

    private final RunTextLook look;
    private final RunTextStep step;
    private RunEvent.@Nullable RunStarted started;
    private RunEvent.@Nullable OutcomeReached outcome;
    private @Nullable String failed;
    private String run = "";
    private String startedAt = "";
    private int steps;
    private int approvals;

    /** {@code output}: what steps printed. */
    public RunText(RunTextLook look, Output output) {
        this.look = look;
        this.step = new RunTextStep(look, output);
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
        RunEvent event = envelope.event();
        List<String> lines = new ArrayList<>();
        if (event instanceof RunEvent.RunStarted first) {
            started = first;
            run = envelope.run();
            startedAt = envelope.time();
            header(first, lines);
        } else if (event instanceof RunEvent.RunResumed resumed) {
            resumed(resumed, lines);
        } else if (event instanceof RunEvent.InputsResolved inputs) {
            inputs(inputs, lines);
        } else if (event instanceof RunEvent.BranchTaken taken) {
            taken(taken, lines);
        } else if (event instanceof RunEvent.BranchSkipped skipped && look.detail() == Detail.VERBOSE) {
            lines.add("    " + safe(skipped.label()) + ": not taken"
                    + (skipped.unknown() ? ", because nothing is known of " : ", ") + safe(skipped.condition()));
        } else if (event instanceof RunEvent.OutcomeReached reached) {
            outcome = reached;
        } else if (event instanceof RunEvent.RunCompleted completed) {
            completed(completed, RunLines.between(startedAt, envelope.time()), lines);
        } else if (event instanceof RunEvent.Warning warning) {
            lines.add("warning: " + safe(warning.message()));
        } else {
            step(event, envelope.time(), lines);
        }
        return lines;
    }

    private void step(RunEvent event, String time, List<String> lines) {
        if (event instanceof RunEvent.ApprovalGranted) {
            approvals++;
        } else if (event instanceof RunEvent.StepCompleted ended) {
            ended(ended.status());
        }
        step.add(event, time, lines);
    }

    private void ended(StepStatus status) {
        switch (status) {
            case PASSED, FAILED, TIMED_OUT, INTERRUPTED -> steps++;
            default -> {
                // it did not run
            }
        }
        if (status != StepStatus.PASSED && status != StepStatus.SKIPPED) {
            failed = "`" + step.id() + "` " + RunTextStep.words(status);
        }
    }

    /** The step that the run is at, while nothing is known of its end; {@code seconds} since it was dispatched. */
    public String live(long seconds, String lastLine) {
        String head =
                step.head(Mark.WAITING, RunLines.duration(seconds * 1_000_000).replace(".0 s", " s"));
        int room = look.width() - 1 - step.headWidth() - 3;
        String line = room < 1 || lastLine.isEmpty() ? "" : RunLines.safe(lastLine, look.unicode(), room - 3);
        return line.isEmpty() ? head : head + "   " + look.faint(line);
    }

    /** Where the evidence of the run is. */
    public String evidence(String path) {
        return "evidence " + RunLines.safe(path, look.unicode());
    }

    private void header(RunEvent.RunStarted first, List<String> lines) {
        if (look.detail() == Detail.QUIET) {
            return;
        }
        StringBuilder line = new StringBuilder(look.bold(RunLines.safe(first.runbookName(), look.unicode())));
        line.append("   run ").append(run).append("   policy ");
        if (first.policies().isEmpty()) {
            line.append("built-in floor");
        }
        for (int i = 0; i < first.policies().size(); i++) {
            RunEvent.FileDigest layer = first.policies().get(i);
            line.append(i == 0 ? "" : ", ").append(RunLines.safe(layer.file(), look.unicode()));
            if (layer.sha256().length() > DIGEST) {
                line.append(" (sha256:").append(layer.sha256(), 0, DIGEST).append(SafeLine.ellipsis(look.unicode()));
                line.append(')');
            }
        }
        if (!first.mode().equals("real")) {
            line.append("   mode ").append(first.mode());
        }
        SafeText incident = first.incident();
        if (incident != null) {
            line.append("   incident ").append(safe(incident));
        }
        lines.add(line.toString());
    }

    private void resumed(RunEvent.RunResumed resumed, List<String> lines) {
        if (started != null) {
            header(started, lines);
        }
        if (look.detail() != Detail.QUIET) {
            lines.add("resumed by " + RunLines.safe(resumed.actor(), look.unicode()) + " on "
                    + RunLines.safe(resumed.host(), look.unicode())
                    + (resumed.cutBytes() == 0 ? "" : ", after a record that was not written to its end"));
        }
    }

    private void inputs(RunEvent.InputsResolved inputs, List<String> lines) {
        if (look.detail() == Detail.VERBOSE && !inputs.values().isEmpty()) {
            lines.addAll(step.folded("    inputs   ", 13, step.captures(inputs.values()), "  "));
        }
    }

    private void taken(RunEvent.BranchTaken taken, List<String> lines) {
        if (look.detail() == Detail.QUIET) {
            return;
        }
        lines.add("  " + look.arrow() + " " + safe(taken.label()));
        if (look.detail() == Detail.VERBOSE) {
            List<String> pieces = new ArrayList<>();
            pieces.add(safe(taken.condition()));
            pieces.addAll(step.captures(taken.operands()));
            lines.addAll(step.folded("    because  ", 13, pieces, "  "));
        }
    }

    private void completed(RunEvent.RunCompleted completed, long micros, List<String> lines) {
        StringBuilder line = new StringBuilder("outcome  ").append(look.bold(completed.outcome()));
        String recommendation = "";
        SafeText reason = completed.reason();
        if (outcome != null) {
            line.append("   \"").append(safe(outcome.label())).append('"');
            recommendation = outcome.recommendation().text();
        } else if (reason != null) {
            line.append("   ").append(safe(reason));
        } else if (failed != null && completed.exitCode() != 0) {
            line.append("   ").append(failed);
        }
        line.append("   ").append(counted(steps, "step"));
        if (approvals > 0) {
            line.append(", ").append(counted(approvals, "approval"));
        }
        lines.add(line.append(", ").append(RunLines.duration(micros)).toString());
        boolean first = true;
        for (String part : recommendation.strip().split("\n", -1)) {
            if (!recommendation.isBlank()) {
                String text = RunLines.source(part, look.unicode());
                lines.addAll(step.folded(first ? "next     " : "         ", 9, List.of(text.split(" ", -1)), " "));
                first = false;
            }
        }
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private String safe(SafeText text) {
        return RunLines.safe(text.text(), look.unicode());
    }

    /** {@code deny_commands "rm" (governance.yaml:4)}, as it may be printed. */
    static String described(RulePlace rule, RunTextLook look) {
        return RunLines.safe(rule.describe(), look.unicode());
    }
}

package dev.gert.render;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import dev.gert.projection.OpenEnd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a dry-run prints: every step that would run, and where it can't tell how a run would go on. */
public final class DryRunText {
    private static final int WORD = 14;
    private static final int MOST_LINES = 200;

    private final StringBuilder out = new StringBuilder();
    private final boolean verbose;
    private final boolean unicode;
    private final Set<String> executed;
    private final Map<String, RunEvent.StepStarted> started = new HashMap<>();
    private final Map<String, RunEvent.PolicyDecided> decided = new HashMap<>();
    private final Map<String, RunEvent.StepBlocked> blocked = new HashMap<>();
    private int would;
    private int stopped;

    private DryRunText(Set<String> executed, boolean verbose, boolean unicode) {
        this.executed = executed;
        this.verbose = verbose;
        this.unicode = unicode;
    }

    /**
     * The whole text, with a newline at its end.
     *
     * @param reads whether believed reads were allowed to run
     * @param executed which steps were, each as run and address with a blank between
     */
    public static String render(
            List<Envelope> records,
            List<OpenEnd> ends,
            boolean reads,
            Set<String> executed,
            boolean verbose,
            boolean unicode) {
        DryRunText text = new DryRunText(executed, verbose, unicode);
        for (Envelope record : records) {
            text.add(record, reads);
        }
        for (OpenEnd end : ends) {
            text.open(end);
        }
        text.summary(ends);
        return text.out.toString();
    }

    private void add(Envelope record, boolean reads) {
        RunEvent event = record.event();
        if (event instanceof RunEvent.RunStarted first) {
            header(record, first, reads);
        } else if (event instanceof RunEvent.StepStarted step) {
            started.put(key(record, step.step()), step);
        } else if (event instanceof RunEvent.PolicyDecided decision) {
            decided.put(key(record, decision.step()), decision);
        } else if (event instanceof RunEvent.StepBlocked block) {
            blocked.put(key(record, block.step()), block);
        } else if (event instanceof RunEvent.StepCompleted ended) {
            ended(key(record, ended.step()), ended);
        } else if (event instanceof RunEvent.BranchTaken taken) {
            line("branch", taken.label().text() + because(taken.condition()));
        } else if (event instanceof RunEvent.RunLinked linked) {
            line(linked.kind().equals("chain") ? "then" : "invokes", linked.reference());
        } else if (event instanceof RunEvent.NodeFailed failed) {
            line("fails", failed.reason().text());
        } else if (event instanceof RunEvent.OutcomeReached reached) {
            String label = reached.label().text();
            line(
                    "outcome",
                    reached.state() + (label.isEmpty() ? "" : " \"" + label + "\"") + because(reached.condition()));
        } else if (event instanceof RunEvent.RunCompleted completed) {
            if (completed.outcome().equals("completed")) {
                line("outcome", "completed");
            }
        }
    }

    private static String because(SafeText condition) {
        return condition.text().isBlank() ? "" : " because " + condition.text();
    }

    private void header(Envelope record, RunEvent.RunStarted first, boolean reads) {
        if (record.seq() > 0) {
            line("runbook", first.runbookName() + " (" + first.runbook().file() + ")");
            return;
        }
        String what = reads ? "only believed reads are executed" : "nothing is executed";
        String name = SafeLine.of(first.runbookName(), unicode);
        out.append(name).append("   mode dry-run: ").append(what).append("   policy ");
        for (int i = 0; i < first.policies().size(); i++) {
            out.append(i == 0 ? "" : ", ")
                    .append(SafeLine.of(first.policies().get(i).file(), unicode));
        }
        out.append('\n');
    }

    private void ended(String key, RunEvent.StepCompleted ended) {
        RunEvent.StepStarted step = started.get(key);
        RunEvent.PolicyDecided decision = decided.get(key);
        String id = step == null ? ended.step() : step.id();
        boolean done = ended.status() == StepStatus.PASSED;
        boolean ran = executed.contains(key);
        if (decision != null) {
            would += ran || ended.status() == StepStatus.BLOCKED ? 0 : 1;
            line(word(decision, ended, ran), id + "  " + command(decision));
            line("", decision.decision() + ": " + decision.rule().describe());
        } else if (done && step != null && step.kind().equals("manual")) {
            line(
                    "a person",
                    id
                            + (step.title().text().isEmpty()
                                    ? ""
                                    : "  " + step.title().text()));
        } else if (!done) {
            line(ended.status() == StepStatus.SKIPPED ? "left out" : "fails", id);
        }
        if (verbose || ran) {
            captures(ended);
        }
        // how a precondition that was not run came out is made up
        boolean madeUp = !ran && step != null && step.kind().equals("precondition");
        if (!madeUp || ended.status() == StepStatus.BLOCKED) {
            reason(ended, blocked.get(key));
        }
    }

    private String word(RunEvent.PolicyDecided decision, RunEvent.StepCompleted ended, boolean ran) {
        if (ended.status() == StepStatus.BLOCKED) {
            stopped++;
            return "denied";
        }
        if (ran) {
            return "ran";
        }
        return switch (decision.decision()) {
            case "allow" -> "would run";
            case "acknowledge", "approve" -> "would ask";
            default -> "undetermined";
        };
    }

    private static String command(RunEvent.PolicyDecided decision) {
        StringBuilder line = new StringBuilder();
        for (SafeText word : decision.command().argv()) {
            line.append(line.length() == 0 ? "" : " ").append(word.text());
        }
        return line.toString();
    }

    private void captures(RunEvent.StepCompleted ended) {
        for (Map.Entry<String, Captured> capture : ended.captures().entrySet()) {
            line("", capture.getKey() + "=" + capture.getValue().shown().text());
        }
    }

    private void reason(RunEvent.StepCompleted ended, RunEvent.@Nullable StepBlocked block) {
        if (block != null) {
            line("", block.reason().text());
        } else if (ended.reason() != null) {
            line("", ended.reason().text());
        }
    }

    private void open(OpenEnd end) {
        out.append('\n');
        line("stopped", end.step() + ": how it goes on depends on " + String.join(", ", end.names()));
        for (String each : PlanText.ways(end.ways(), verbose, unicode, MOST_LINES)) {
            out.append(each).append('\n');
        }
    }

    private void summary(List<OpenEnd> ends) {
        out.append('\n')
                .append(would)
                .append(would == 1 ? " command" : " commands")
                .append(" would run, ");
        out.append(executed.size()).append(" executed, ").append(stopped).append(" denied");
        out.append(ends.isEmpty() ? "" : "; the rest is not known before a run").append('\n');
    }

    private static String key(Envelope record, String step) {
        return record.run() + " " + step;
    }

    private void line(String word, String text) {
        out.append(word);
        for (int i = word.length(); i < WORD; i++) {
            out.append(' ');
        }
        out.append(SafeLine.of(text, unicode, verbose ? Integer.MAX_VALUE : 160))
                .append('\n');
    }
}

package dev.gert.projection;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.policy.Captured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The evidence of a run: a fold over its records that keeps what an auditor asks for (formats.md, section 5). */
public final class Evidence {
    private RunEvent.@Nullable RunStarted started;
    private String run = "";
    private String startedAt = "";
    private String lastAt = "";
    private long records;
    private int sessions = 1;
    private final Map<String, Captured> inputs = new LinkedHashMap<>();
    private final Map<String, String> inputsFrom = new LinkedHashMap<>();
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();
    private final List<Envelope> branches = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private RunEvent.@Nullable OutcomeReached outcome;
    private RunEvent.@Nullable RunCompleted completed;

    /** What is known of one attempt of one step. */
    public static final class Attempt {
        public final RunEvent.StepStarted started;
        public final @Nullable String span;
        public final String startedAt;
        public RunEvent.@Nullable PolicyDecided decided;
        public RunEvent.@Nullable StepBlocked blocked;
        public RunEvent.@Nullable AwaitingInput manual;
        public RunEvent.@Nullable AwaitingApproval asked;
        public RunEvent.@Nullable ApprovalGranted granted;
        public RunEvent.@Nullable ApprovalDenied refused;
        public RunEvent.@Nullable Dispatched dispatched;
        public RunEvent.@Nullable OutputCaptured output;
        public RunEvent.@Nullable StepCompleted completed;
        public RunEvent.@Nullable StepDecided settled;
        public @Nullable String lost;
        public @Nullable String endedAt;
        private boolean inDoubt;

        Attempt(RunEvent.StepStarted started, @Nullable String span, String startedAt) {
            this.started = started;
            this.span = span;
            this.startedAt = startedAt;
        }

        /** The wire word of how it stands: a status, {@code lost}, or where it waits. */
        public String status() {
            if (settled != null) {
                return settled.verdict();
            }
            if (inDoubt) {
                return StepStatus.IN_DOUBT.word();
            }
            if (completed != null) {
                return completed.status().word();
            }
            if (lost != null) {
                return "lost";
            }
            return dispatched != null ? "running" : asked != null && granted == null ? "awaiting_approval" : "started";
        }
    }

    /** Takes in one record. */
    public void add(Envelope envelope) {
        RunEvent event = envelope.event();
        records++;
        lastAt = envelope.time();
        if (event instanceof RunEvent.RunStarted first) {
            started = first;
            run = envelope.run();
            startedAt = envelope.time();
        } else if (event instanceof RunEvent.InputsResolved resolved) {
            inputs.putAll(resolved.values());
            inputsFrom.putAll(resolved.from());
        } else if (event instanceof RunEvent.RunResumed) {
            sessions++;
        } else if (event instanceof RunEvent.StepStarted begun) {
            attempts.put(key(begun), new Attempt(begun, envelope.span(), envelope.time()));
        } else if (event instanceof RunEvent.BranchTaken || event instanceof RunEvent.BranchSkipped) {
            branches.add(envelope);
        } else if (event instanceof RunEvent.OutcomeReached reached) {
            outcome = reached;
        } else if (event instanceof RunEvent.RunCompleted ended) {
            completed = ended;
        } else if (event instanceof RunEvent.Warning warning) {
            warnings.add(warning.message().text());
        } else {
            Attempt attempt = event.step() == null ? null : attempts.get(key(event));
            if (attempt != null) {
                add(attempt, event, envelope.time());
            }
        }
    }

    private static void add(Attempt attempt, RunEvent event, String time) {
        if (event instanceof RunEvent.PolicyDecided decided) {
            attempt.decided = decided;
        } else if (event instanceof RunEvent.StepBlocked blocked) {
            attempt.blocked = blocked;
        } else if (event instanceof RunEvent.AwaitingInput manual) {
            attempt.manual = manual;
        } else if (event instanceof RunEvent.AwaitingApproval asked) {
            attempt.asked = asked;
        } else if (event instanceof RunEvent.ApprovalGranted granted) {
            attempt.granted = granted;
        } else if (event instanceof RunEvent.ApprovalDenied refused) {
            attempt.refused = refused;
        } else if (event instanceof RunEvent.Dispatched dispatched) {
            attempt.dispatched = dispatched;
        } else if (event instanceof RunEvent.OutputCaptured output) {
            attempt.output = output;
        } else if (event instanceof RunEvent.AttemptFailed lost) {
            attempt.lost = lost.reason().text();
            attempt.endedAt = time;
        } else if (event instanceof RunEvent.StepInDoubt) {
            attempt.inDoubt = true;
        } else if (event instanceof RunEvent.StepDecided settled) {
            attempt.settled = settled;
            attempt.endedAt = time;
        } else if (event instanceof RunEvent.StepCompleted completed) {
            attempt.completed = completed;
            attempt.endedAt = time;
        }
    }

    private static String key(RunEvent event) {
        return event.step() + "#" + event.attempt();
    }

    public RunEvent.@Nullable RunStarted started() {
        return started;
    }

    public String run() {
        return run;
    }

    public String startedAt() {
        return startedAt;
    }

    /** When the last record was made. */
    public String lastAt() {
        return lastAt;
    }

    public long records() {
        return records;
    }

    /** How many processes worked on the run. */
    public int sessions() {
        return sessions;
    }

    public Map<String, Captured> inputs() {
        return inputs;
    }

    public Map<String, String> inputsFrom() {
        return inputsFrom;
    }

    /** In the order in which they began. */
    public List<Attempt> attempts() {
        return List.copyOf(attempts.values());
    }

    /** The records of branches taken and not taken. */
    public List<Envelope> branches() {
        return branches;
    }

    public List<String> warnings() {
        return warnings;
    }

    public RunEvent.@Nullable OutcomeReached outcome() {
        return outcome;
    }

    public RunEvent.@Nullable RunCompleted completed() {
        return completed;
    }
}

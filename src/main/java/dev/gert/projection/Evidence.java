package dev.gert.projection;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.policy.Captured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a run and of those that it led to: a fold over the records of their folder that keeps
 * what an auditor asks for (formats.md, section 5).
 */
public final class Evidence {
    private final Map<String, EvidenceRun> runs = new LinkedHashMap<>();
    private final Map<String, EvidenceAttempt> attempts = new LinkedHashMap<>();
    /** The newest attempt of a step, by run and address. */
    private final Map<String, EvidenceAttempt> newest = new HashMap<>();

    private final Map<String, EvidenceLoop> loops = new LinkedHashMap<>();
    private final List<Envelope> branches = new ArrayList<>();
    private final List<Envelope> failures = new ArrayList<>();
    private final List<Envelope> warnings = new ArrayList<>();
    private final List<Envelope> notices = new ArrayList<>();
    private final List<Envelope> byHand = new ArrayList<>();
    private final EvidenceRun nothing = new EvidenceRun("", null, null);
    private @Nullable EvidenceRun root;
    private String lastAt = "";
    private long records;
    private int dispatches;
    private int sessions = 1;
    private RunEvent.@Nullable RunSealed seal;

    /** Takes in one record. */
    public void add(Envelope envelope) {
        RunEvent event = envelope.event();
        records++;
        dispatches += event instanceof RunEvent.Dispatched ? 1 : 0;
        lastAt = envelope.time();
        EvidenceRun run = runs.computeIfAbsent(envelope.run(), id -> new EvidenceRun(id, null, null));
        if (root == null) {
            root = run;
        }
        run.add(event, envelope.time());
        seal = event instanceof RunEvent.RunSealed sealed ? sealed : null;
        if (event instanceof RunEvent.RunResumed) {
            sessions++;
        } else if (event instanceof RunEvent.BranchTaken || event instanceof RunEvent.BranchSkipped) {
            branches.add(envelope);
        } else if (event instanceof RunEvent.NodeFailed) {
            failures.add(envelope);
        } else if (event instanceof RunEvent.StepRetried) {
            reopen(run);
        }
        if (event instanceof RunEvent.StepsSkipped
                || event instanceof RunEvent.ChangesAccepted
                || event instanceof RunEvent.RunHandedOver
                || event instanceof RunEvent.StepRetried) {
            byHand.add(envelope);
        } else if (event instanceof RunEvent.Warning) {
            warnings.add(envelope);
        } else if (event instanceof RunEvent.Notified) {
            notices.add(envelope);
        } else if (event instanceof RunEvent.IterationStarted turn) {
            loops.computeIfAbsent(key(envelope.run(), turn.step()), k -> new EvidenceLoop(envelope.run(), turn.step()))
                    .turn(turn);
        } else if (event instanceof RunEvent.IterationEnded end) {
            loops.computeIfAbsent(key(envelope.run(), end.step()), k -> new EvidenceLoop(envelope.run(), end.step()))
                    .ended = end;
        } else if (event instanceof RunEvent.RunLinked linked) {
            runs.put(linked.child(), new EvidenceRun(linked.child(), envelope.run(), linked));
        }
        if (event.step() != null) {
            attempt(envelope, event, event.step());
        }
    }

    /** The run goes on, and so does whatever waited for it. */
    private void reopen(EvidenceRun run) {
        run.completed = null;
        run.endedAt = null;
        RunEvent.RunLinked link = run.link;
        EvidenceRun parent = runs.get(run.parent == null ? "" : run.parent);
        while (link != null && parent != null && link.kind().equals("chain")) {
            link = parent.link;
            parent = runs.get(parent.parent == null ? "" : parent.parent);
        }
        if (link != null && parent != null) {
            EvidenceAttempt waits = newest.get(key(parent.id, link.step()));
            if (waits != null) {
                waits.completed = null;
            }
            reopen(parent);
        }
    }

    /** What people did to the run that its runbook does not say, in order. */
    public List<Envelope> byHand() {
        return byHand;
    }

    private void attempt(Envelope envelope, RunEvent event, String step) {
        String place = key(envelope.run(), step);
        if (event instanceof RunEvent.StepStarted begun) {
            EvidenceAttempt attempt = new EvidenceAttempt(envelope.run(), begun, envelope.span(), envelope.time());
            attempts.put(place + "#" + begun.attempt(), attempt);
            newest.put(place, attempt);
            return;
        }
        EvidenceAttempt attempt = attempts.get(place + "#" + event.attempt());
        EvidenceAttempt before = newest.get(place);
        if (attempt == null && before != null && before.isRetriedAs(event.attempt())) {
            attempt = before.next(envelope.span(), envelope.time());
            attempts.put(place + "#" + event.attempt(), attempt);
            newest.put(place, attempt);
        }
        if (attempt != null) {
            attempt.add(event, envelope.time());
            attempt.dispatch = event instanceof RunEvent.Dispatched ? dispatches : attempt.dispatch;
        }
    }

    private static String key(String run, String address) {
        return run + " " + address;
    }

    private EvidenceRun root() {
        return root == null ? nothing : root;
    }

    public RunEvent.@Nullable RunStarted started() {
        return root().started;
    }

    public String run() {
        return root().id;
    }

    public String startedAt() {
        return root().startedAt;
    }

    /** When the last record was made. */
    public String lastAt() {
        return lastAt;
    }

    public long records() {
        return records;
    }

    /** How many dispatches were recorded. */
    public int dispatches() {
        return dispatches;
    }

    /** The signature that the records end with; null: none. */
    public RunEvent.@Nullable RunSealed seal() {
        return seal;
    }

    /** How many processes worked on the run. */
    public int sessions() {
        return sessions;
    }

    public Map<String, Captured> inputs() {
        return root().inputs;
    }

    public Map<String, String> inputsFrom() {
        return root().inputsFrom;
    }

    /** The runs of the folder in the order in which they were begun, the first one first. */
    public List<EvidenceRun> runs() {
        return List.copyOf(runs.values());
    }

    /** Of all runs, in the order in which they began. */
    public List<EvidenceAttempt> attempts() {
        return List.copyOf(attempts.values());
    }

    /** The records of branches taken and not taken. */
    public List<Envelope> branches() {
        return branches;
    }

    /** The newest attempt of the step at that address; null where it never began. */
    @Nullable
    EvidenceAttempt newest(String run, String address) {
        return newest.get(key(run, address));
    }

    /** What people call the step at that address; the address where it never began. */
    public String id(String run, String address) {
        EvidenceAttempt attempt = newest.get(key(run, address));
        return attempt == null ? address : attempt.started.id();
    }

    /** The records of processes that outlived their steps. */
    public List<Envelope> leaked() {
        List<Envelope> leaked = new ArrayList<>();
        for (Envelope each : warnings) {
            if (((RunEvent.Warning) each.event()).leaked() != null) {
                leaked.add(each);
            }
        }
        return leaked;
    }

    public List<EvidenceLoop> loops() {
        return List.copyOf(loops.values());
    }

    /** The records of what failed between steps. */
    public List<Envelope> failures() {
        return failures;
    }

    /** The records of messages to people. */
    public List<Envelope> notices() {
        return notices;
    }

    /** The records of warnings. */
    public List<Envelope> warnings() {
        return warnings;
    }

    /** The outcome of the last run of the chain: the one that the run ended with. */
    public RunEvent.@Nullable OutcomeReached outcome() {
        return last().outcome;
    }

    /** How the last run of the chain ended; null while it goes on. */
    public RunEvent.@Nullable RunCompleted completed() {
        return last().completed;
    }

    /** The run that the chain has come to. */
    public EvidenceRun last() {
        EvidenceRun last = root();
        while (last.next != null) {
            EvidenceRun next = runs.get(last.next);
            if (next == null) {
                return last;
            }
            last = next;
        }
        return last;
    }
}

package dev.gert.projection;

import dev.gert.event.Envelope;
import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import dev.gert.json.JsonValue;
import dev.gert.projection.ReportNode.Kind;
import dev.gert.projection.ReportNode.Pause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants to see of a run and of those that it led to: a fold over the records of their folder that
 * keeps its tree, when what happened, and the {@link Evidence} (formats.md, section 5).
 */
public final class RunReport {
    /** A time in which no session worked on the run, in microseconds since 1970. */
    public record Idle(long from, long to) {}

    private static final String TURN = ".iterate#";

    private final Evidence evidence = new Evidence();
    private final Map<String, ReportNode> nodes = new HashMap<>();
    private final Map<String, List<ReportNode>> roots = new LinkedHashMap<>();
    private final List<ReportNode> steps = new ArrayList<>();
    private final List<Envelope> decisions = new ArrayList<>();
    private final List<Envelope> collected = new ArrayList<>();
    private final List<Idle> idle = new ArrayList<>();
    private long start = -1;
    private long last;

    /** Takes in one record. */
    public void add(Envelope record) {
        long now = Envelope.micros(record.time());
        start = start < 0 ? now : start;
        RunEvent event = record.event();
        evidence.add(record);
        if (event instanceof RunEvent.RunStarted) {
            roots.computeIfAbsent(record.run(), run -> new ArrayList<>());
        } else if (event instanceof RunEvent.RunResumed && now > last) {
            idle.add(new Idle(last, now));
        } else if (event instanceof RunEvent.BranchTaken taken) {
            node(record.run(), taken.arm(), Kind.ARM, now).event = event;
        } else if (event instanceof RunEvent.BranchSkipped skipped) {
            node(record.run(), skipped.arm(), Kind.ARM, now).event = event;
        } else if (event instanceof RunEvent.IterationStarted turn) {
            node(record.run(), turn.step(), Kind.LOOP, now);
            node(record.run(), turn.step() + TURN + turn.iteration(), Kind.TURN, now).event = event;
        } else if (event instanceof RunEvent.IterationEnded end) {
            node(record.run(), end.step(), Kind.LOOP, now).event = event;
        } else if (event instanceof RunEvent.NodeFailed failed) {
            node(record.run(), failed.step(), Kind.LOOP, now).failed = failed;
        } else {
            ofStep(record, event, now);
        }
        last = Math.max(last, now);
    }

    private void ofStep(Envelope record, RunEvent event, long now) {
        String step = address(event);
        if (step == null) {
            return;
        }
        ReportNode node = event instanceof RunEvent.StepStarted
                ? node(record.run(), step, Kind.STEP, now)
                : nodes.get(key(record.run(), step));
        if (node == null) {
            return;
        }
        EvidenceAttempt newest = evidence.newest(record.run(), step);
        if (newest != null && newest != node.newest()) {
            node.attempts.add(newest);
        }
        EventType type = event.type();
        if (event instanceof RunEvent.AwaitingApproval) {
            node.begin(Pause.APPROVAL, now);
        } else if (event instanceof RunEvent.ApprovalGranted granted) {
            decisions.add(record);
            if (!granted.more()) {
                node.end(Pause.APPROVAL, now);
            }
        } else if (event instanceof RunEvent.ApprovalDenied) {
            decisions.add(record);
            node.end(Pause.APPROVAL, now);
        } else if (event instanceof RunEvent.AwaitingInput) {
            node.begin(Pause.MANUAL, now);
        } else if (event instanceof RunEvent.EvidenceCollected) {
            collected.add(record);
        } else if (event instanceof RunEvent.OutcomeReached outcome) {
            node.outcome = outcome;
        } else if (event instanceof RunEvent.RunLinked linked) {
            node.linked = linked;
        } else if (event instanceof RunEvent.StepCompleted || event instanceof RunEvent.StepBlocked) {
            node.end(Pause.APPROVAL, now);
            node.end(Pause.MANUAL, now);
            node.end(Pause.ELEVATION, now);
        } else if (type == EventType.AWAITING_JIT) {
            node.begin(Pause.ELEVATION, now);
        } else if (type == EventType.ELEVATION_GRANTED) {
            node.end(Pause.ELEVATION, now);
            node.begin(Pause.ELEVATED, now);
        } else if (type == EventType.ELEVATION_RELEASED) {
            node.end(Pause.ELEVATED, now);
        }
    }

    private static @Nullable String address(RunEvent event) {
        return event instanceof RunEvent.Unrecognised other
                        && other.data() instanceof JsonValue.MapValue data
                        && data.entries().get("step") instanceof JsonValue.Text step
                ? step.value()
                : event.step();
    }

    private ReportNode node(String run, String address, Kind kind, long now) {
        String key = key(run, address);
        ReportNode node = nodes.get(key);
        if (node == null) {
            node = new ReportNode(run, address, kind, now);
            nodes.put(key, node);
            around(run, address).add(node);
            if (kind == Kind.STEP) {
                steps.add(node);
            }
        }
        return node;
    }

    /** The nodes among which one with that address stands. */
    private List<ReportNode> around(String run, String address) {
        for (int dot = address.lastIndexOf('.'); dot > 0; dot = address.lastIndexOf('.', dot - 1)) {
            ReportNode owner = nodes.get(key(run, address.substring(0, dot)));
            if (owner != null) {
                return owner.children;
            }
        }
        return roots.computeIfAbsent(run, each -> new ArrayList<>());
    }

    private static String key(String run, String address) {
        return run + " " + address;
    }

    public Evidence evidence() {
        return evidence;
    }

    /** What stands in that run's tree, outermost, in the order in which the run came to it. */
    public List<ReportNode> tree(String run) {
        return roots.getOrDefault(run, List.of());
    }

    /** The steps of all runs, in the order in which they first began. */
    public List<ReportNode> steps() {
        return steps;
    }

    /** The records of yes and no. */
    public List<Envelope> decisions() {
        return decisions;
    }

    /** The records of evidence that people gave. */
    public List<Envelope> collected() {
        return collected;
    }

    public List<Idle> idle() {
        return idle;
    }

    /** When the first record was made, in microseconds since 1970. */
    public long start() {
        return Math.max(0, start);
    }

    /** When the last record was made; a clock that was set back counts for nothing. */
    public long end() {
        return last;
    }
}

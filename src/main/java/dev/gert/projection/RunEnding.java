package dev.gert.projection;

import dev.gert.event.Envelope;
import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import dev.gert.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run's records come to its end, and which can't stand where they do (docs/journal.md, "The order of
 * records"). It needs no runbook.
 */
public final class RunEnding {
    private final Set<String> runs = new HashSet<>();
    private final Map<String, String> chained = new HashMap<>();
    private final Map<String, RunEvent.RunCompleted> completed = new HashMap<>();
    private final Map<String, String> open = new LinkedHashMap<>();
    private final Map<String, String> grants = new LinkedHashMap<>();
    private @Nullable Envelope last;
    private String root = "";
    private long dispatches;

    /** Takes in the next record; returns null, or why it can't stand here, as a sentence about it. */
    public @Nullable String take(Envelope record) {
        String fault = fault(record);
        if (fault == null) {
            evolve(record);
        }
        return fault;
    }

    private @Nullable String fault(Envelope record) {
        RunEvent event = record.event();
        EventType type = event.type();
        if (last != null && !runs.contains(record.run())) {
            return "no record before it led to its run";
        }
        if (event instanceof RunEvent.RunLinked linked && (last == null || runs.contains(linked.child()))) {
            return "it leads to a run that is there already";
        }
        boolean reopens = reopens(event);
        if (last != null && last.event().type() == EventType.RUN_SEALED && !reopens) {
            return "it follows the run's seal";
        }
        if (type == EventType.RUN_SEALED) {
            return outcome() == null ? "it seals a run that is not over" : null;
        }
        return outcome() == null || reopens || mayFollowTheEnd(event) ? null : "it follows the end of the run";
    }

    private static boolean reopens(RunEvent event) {
        String type = wireType(event);
        return type.equals("run_resumed") || type.equals("step_retried");
    }

    private static String wireType(RunEvent event) {
        EventType type = event.type();
        return type == null ? ((RunEvent.Unrecognised) event).wireType() : type.wire();
    }

    /** Of a record that this version does not make, too. */
    private static @Nullable String step(RunEvent event) {
        return event instanceof RunEvent.Unrecognised other
                        && other.data() instanceof JsonValue.MapValue data
                        && data.entries().get("step") instanceof JsonValue.Text step
                ? step.value()
                : event.step();
    }

    private static boolean mayFollowTheEnd(RunEvent event) {
        EventType type = event.type();
        return type == null
                || type == EventType.WARNING
                || type == EventType.NOTIFIED
                || type == EventType.RUN_HANDED_OVER
                || type == EventType.CHANGES_ACCEPTED
                || type == EventType.ELEVATION_RELEASED;
    }

    private void evolve(Envelope record) {
        RunEvent event = record.event();
        if (last == null) {
            root = record.run();
            runs.add(root);
        }
        last = record;
        String step = step(event);
        String place = record.run() + " " + step;
        if (reopens(event)) {
            completed.clear();
        } else if (event instanceof RunEvent.RunCompleted end) {
            completed.put(record.run(), end);
        } else if (event instanceof RunEvent.RunLinked linked) {
            runs.add(linked.child());
            if (linked.kind().equals("chain")) {
                chained.put(record.run(), linked.child());
            }
        } else if (event instanceof RunEvent.StepStarted && step != null) {
            open.put(place, step);
        } else if (event instanceof RunEvent.StepCompleted
                || event instanceof RunEvent.StepBlocked
                || event instanceof RunEvent.StepDecided) {
            open.remove(place);
        } else if (event instanceof RunEvent.Dispatched) {
            dispatches++;
        } else if (event.type() == EventType.ELEVATION_GRANTED) {
            grants.put(place, String.valueOf(step));
        } else if (event.type() == EventType.ELEVATION_RELEASED) {
            grants.remove(place);
        }
    }

    /** How the last run of the chain ended; null where it did not, or goes on since. */
    public RunEvent.@Nullable RunCompleted outcome() {
        String run = root;
        for (String next = chained.get(run); next != null; next = chained.get(run)) {
            run = next;
        }
        return completed.get(run);
    }

    /** The first run's id; empty where there is no record. */
    public String root() {
        return root;
    }

    /** The last record; null where there is none. */
    public @Nullable Envelope last() {
        return last;
    }

    /** Whether the last record is a seal. */
    public boolean isSealed() {
        return last != null && last.event().type() == EventType.RUN_SEALED;
    }

    /** How many dispatches the records hold. */
    public long dispatches() {
        return dispatches;
    }

    /** The addresses of steps that were begun and did not end, in the order in which they began. */
    public List<String> openSteps() {
        return new ArrayList<>(open.values());
    }

    /** The steps whose elevation was granted and not released. */
    public List<String> openGrants() {
        return new ArrayList<>(grants.values());
    }
}

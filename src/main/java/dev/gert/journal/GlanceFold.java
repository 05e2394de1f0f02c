package dev.gert.journal;

import dev.gert.event.EventType;
import dev.gert.json.JsonValue;
import dev.gert.projection.RunGlance;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a run stands, from its journal's records or only the last of them. */
final class GlanceFold {
    private final String root;
    private final Map<String, String> chained = new HashMap<>();
    private final Map<String, String> outcomes = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private @Nullable EventType last;
    private String lastRun = "";
    private String detail = "";
    private String time = "";
    private String hash = "";
    private boolean broken;

    /** {@code root}: the id of the folder's first run. */
    GlanceFold(String root) {
        this.root = root;
    }

    /** Whether a record of that type says more than that the run went on; one that can't be read does. */
    static boolean matters(String type) {
        return switch (type) {
            case "inputs_resolved",
                    "policy_decided",
                    "output_captured",
                    "evidence_collected",
                    "branch_taken",
                    "branch_skipped",
                    "iteration_started",
                    "iteration_ended",
                    "outcome_reached" -> false;
            default -> true;
        };
    }

    void add(JsonValue.MapValue record) {
        String type = GlanceReader.text(record, "type");
        String run = GlanceReader.text(record, "run");
        broken |= type.isEmpty() || run.isEmpty();
        time = GlanceReader.text(record, "time");
        hash = GlanceReader.text(record, "hash");
        JsonValue.MapValue data = GlanceReader.data(record);
        EventType known = EventType.of(type);
        if (known == null
                || known == EventType.RUN_SEALED
                || known == EventType.WARNING
                || known == EventType.RUN_HANDED_OVER) {
            return;
        }
        last = known;
        lastRun = run;
        detail = "";
        String key = run + ' ' + GlanceReader.text(data, "step");
        switch (known) {
            case RUN_COMPLETED -> outcomes.put(run, GlanceReader.text(data, "outcome"));
            case STEP_RETRIED -> outcomes.clear();
            case RUN_RESUMED, STEP_STARTED -> outcomes.remove(run);
            case RUN_LINKED -> {
                if (GlanceReader.text(data, "kind").equals("chain")) {
                    chained.put(run, GlanceReader.text(data, "child"));
                }
            }
            case DISPATCHED -> {
                if (GlanceReader.text(data, "effect").equals("mutate")) {
                    open.add(key);
                }
            }
            case STEP_IN_DOUBT -> open.add(key);
            case ATTEMPT_FAILED, STEP_COMPLETED, STEP_DECIDED -> open.remove(key);
            case RUN_PAUSED -> detail = GlanceReader.text(data, "reason");
            case RUN_INTERRUPTED -> detail = "by " + GlanceReader.text(data, "signal");
            default -> {}
        }
    }

    /** Whether the last record is the end of a run that leads to no other: the records before change nothing. */
    boolean endedAlone() {
        return !broken && last == EventType.RUN_COMPLETED && lastRun.equals(root) && !chained.containsKey(root);
    }

    /** Whether the last record is the end of a run. */
    boolean ended() {
        return !broken && last == EventType.RUN_COMPLETED;
    }

    /** Whether that run is the last of the chain: the records before, but for those that link runs, change nothing. */
    boolean endedTheChain() {
        return ended() && lastRun.equals(chainEnd());
    }

    boolean isBroken() {
        return broken;
    }

    /** That of the last run of the chain, or null while it is not over. */
    @Nullable
    String outcome() {
        return outcomes.get(chainEnd());
    }

    private String chainEnd() {
        String at = root;
        for (int i = 0; i < chained.size() && chained.containsKey(at); i++) { // no longer, should it lead back
            at = chained.getOrDefault(at, at);
        }
        return at;
    }

    RunGlance.State state(boolean held) {
        if (outcome() != null) {
            return RunGlance.State.OVER;
        }
        boolean asked = last == EventType.AWAITING_APPROVAL || last == EventType.AWAITING_INPUT;
        if (held) {
            return asked ? RunGlance.State.WAITING : RunGlance.State.RUNNING;
        }
        if (!open.isEmpty()) {
            return RunGlance.State.IN_DOUBT;
        }
        return asked || last == EventType.RUN_PAUSED ? RunGlance.State.WAITING : RunGlance.State.INTERRUPTED;
    }

    String detail() {
        return detail;
    }

    String time() {
        return time;
    }

    String hash() {
        return hash;
    }
}

package dev.gert.projection;

import dev.gert.event.RunEvent;
import dev.gert.policy.Captured;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of one run of a folder. */
public final class EvidenceRun {
    public final String id;
    /** The run that led to it; null for the first. */
    public final @Nullable String parent;
    /** How that one led to it; null for the first. */
    public final RunEvent.@Nullable RunLinked link;

    public final Map<String, Captured> inputs = new LinkedHashMap<>();
    public final Map<String, String> inputsFrom = new LinkedHashMap<>();
    public RunEvent.@Nullable RunStarted started;
    public RunEvent.@Nullable OutcomeReached outcome;
    public RunEvent.@Nullable RunCompleted completed;
    public String startedAt = "";
    public @Nullable String endedAt;
    /** The run that it is chained to. */
    @Nullable
    String next;

    EvidenceRun(String id, @Nullable String parent, RunEvent.@Nullable RunLinked link) {
        this.id = id;
        this.parent = parent;
        this.link = link;
    }

    void add(RunEvent event, String time) {
        if (event instanceof RunEvent.RunStarted first) {
            started = first;
            startedAt = time;
        } else if (event instanceof RunEvent.InputsResolved resolved) {
            inputs.putAll(resolved.values());
            inputsFrom.putAll(resolved.from());
        } else if (event instanceof RunEvent.OutcomeReached reached) {
            outcome = outcome == null ? reached : outcome;
        } else if (event instanceof RunEvent.RunCompleted last) {
            completed = last;
            endedAt = time;
        } else if (event instanceof RunEvent.RunLinked linked && linked.kind().equals("chain")) {
            next = linked.child();
        }
    }
}

package dev.gert.projection;

import dev.gert.event.RunEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one loop of one run. */
public final class EvidenceLoop {
    public final String run;
    /** Its address. */
    public final String step;

    private final List<RunEvent.IterationStarted> turns = new ArrayList<>();
    /** Null while it goes round, or where it failed before its end. */
    public RunEvent.@Nullable IterationEnded ended;

    EvidenceLoop(String run, String step) {
        this.run = run;
        this.step = step;
    }

    void turn(RunEvent.IterationStarted turn) {
        turns.add(turn);
    }

    public List<RunEvent.IterationStarted> turns() {
        return turns;
    }
}

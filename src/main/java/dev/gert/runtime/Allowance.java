package dev.gert.runtime;

import dev.gert.engine.EngineEffect;
import dev.gert.engine.RunState;
import dev.gert.engine.RunTree;
import dev.gert.event.RunEvent;
import dev.gert.model.Step;
import dev.gert.plan.PlanStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The time of a step that invokes a runbook, shared by the commands of that runbook; waits for people
 * don't count (formats.md, "timeout").
 */
final class Allowance {
    private final Map<String, Long> spentMicros = new HashMap<>();

    /** The most that a command of that run may take, in milliseconds; what cleans up has all the time it says. */
    long left(RunTree tree, String run, EngineEffect.Place place) {
        long least = Long.MAX_VALUE;
        if (place.address().contains(".finally[")) {
            return least;
        }
        String at = run;
        while (true) {
            RunEvent.RunLinked link = tree.link(at);
            RunState parent = tree.parent(at);
            if (link == null || parent == null) {
                return least;
            }
            PlanStep step = parent.plan().step(link.step());
            Long timeout = step != null && step.step() instanceof Step.InvokeStep invoke
                    ? invoke.common().timeoutMillis()
                    : null;
            if (timeout != null && link.kind().equals("invoke")) {
                long spent = spentMicros.getOrDefault(at, 0L) / 1000;
                least = Math.min(least, Math.max(1, timeout - spent));
            }
            at = parent.run();
        }
    }

    /** Counts what a command took against the step that its run belongs to, and those around it. */
    void spend(RunTree tree, String run, List<RunEvent> events) {
        long micros = 0;
        for (RunEvent event : events) {
            if (event instanceof RunEvent.StepCompleted completed) {
                micros += completed.durationMicros();
            }
        }
        String at = run;
        while (tree.link(at) != null) {
            spentMicros.merge(at, micros, Long::sum);
            RunState parent = tree.parent(at);
            at = parent == null ? "" : parent.run();
        }
    }
}

package dev.gert.runtime;

import dev.gert.engine.RunState;
import dev.gert.engine.RunTree;
import dev.gert.engine.port.Clock;
import dev.gert.event.RunEvent;
import dev.gert.model.Step;
import dev.gert.plan.PlanStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The time of a step that invokes a runbook, shared by the commands and the waits of that runbook; those
 * side by side are counted once, and waits for people not at all (formats.md, "timeout").
 */
final class Allowance {
    private final Clock clock;
    /** By the id of the run that a step invoked. */
    private final Map<String, Watch> watches = new HashMap<>();
    /** What is under way, and the runs whose time it takes. */
    private final Map<String, List<Watch>> running = new HashMap<>();

    private static final class Watch {
        int under;
        long since;
        long spent;
    }

    Allowance(Clock clock) {
        this.clock = clock;
    }

    /** The most that something of that run may take, in milliseconds; what cleans up has all the time it says. */
    long left(RunTree tree, String run, String address) {
        long least = Long.MAX_VALUE;
        if (address.contains(".finally[")) {
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
                least = Math.min(least, timeout - spent(at));
            }
            at = parent.run();
        }
    }

    private long spent(String run) {
        Watch watch = watches.get(run);
        if (watch == null) {
            return 0;
        }
        long now = watch.under > 0 ? clock.nanos() - watch.since : 0;
        return (watch.spent + now) / 1_000_000;
    }

    /** Something that takes the time of the step that the run belongs to, and of those around it, begins. */
    void begin(RunTree tree, String run, String key) {
        List<Watch> taken = new ArrayList<>();
        String at = run;
        while (tree.link(at) != null) {
            Watch watch = watches.computeIfAbsent(at, id -> new Watch());
            if (watch.under++ == 0) {
                watch.since = clock.nanos();
            }
            taken.add(watch);
            RunState parent = tree.parent(at);
            at = parent == null ? "" : parent.run();
        }
        running.put(key, taken);
    }

    /** It is over; what never began is not counted. */
    void end(String key) {
        List<Watch> taken = running.remove(key);
        if (taken == null) {
            return;
        }
        for (Watch watch : taken) {
            if (--watch.under == 0) {
                watch.spent += clock.nanos() - watch.since;
            }
        }
    }
}

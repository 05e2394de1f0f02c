package dev.gert.runtime;

import dev.gert.engine.RunState;
import dev.gert.engine.RunTree;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.model.Branch;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Redactor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hears when a branch has taken longer than its {@code budget}: a warning, never a stop (formats.md, section 1). */
final class Budgets {
    private record Watched(String run, String arm, Branch branch, Instant since) {}

    private final List<Watched> watched = new ArrayList<>();

    /** The warning that is due after this record, or null. {@code tree}: after it. {@code redactor}: of the record's run. */
    RunEvent.@Nullable Warning hear(RunTree tree, Envelope envelope, Supplier<Redactor> redactor) {
        RunEvent event = envelope.event();
        RunState state = tree.runs().get(envelope.run());
        if (event instanceof RunEvent.BranchTaken taken && state != null) {
            PlanStep step = state.plan().step(taken.step());
            for (PlanArm arm : step == null ? List.<PlanArm>of() : step.arms()) {
                if (arm.address(taken.step()).equals(taken.arm())
                        && arm.branch().budgetMillis() != null) {
                    watched.add(new Watched(envelope.run(), taken.arm(), arm.branch(), Instant.parse(envelope.time())));
                }
            }
            return null;
        }
        String address = event.step();
        if (watched.isEmpty() || address == null) {
            return null;
        }
        for (Watched each : watched) {
            Long budget = each.branch.budgetMillis();
            if (budget == null || !isWithin(tree, envelope.run(), address, each)) {
                continue;
            }
            long taken =
                    Duration.between(each.since, Instant.parse(envelope.time())).toMillis();
            if (taken > budget) {
                watched.remove(each);
                String message =
                        "the branch `" + each.branch.label() + "` takes longer than its budget of " + said(budget);
                return new RunEvent.Warning(redactor.get().safe(message), each.arm);
            }
        }
        return null;
    }

    /** Whether the step is the branch's, or a run's that a step of the branch waits for. */
    private static boolean isWithin(RunTree tree, String run, String address, Watched each) {
        String at = run;
        String step = address;
        while (!at.equals(each.run)) {
            RunEvent.RunLinked link = tree.link(at);
            RunState parent = tree.parent(at);
            if (link == null
                    || parent == null
                    || parent.completed() != null && parent.run().equals(each.run)) {
                return false;
            }
            step = link.step();
            at = parent.run();
        }
        return step.startsWith(each.arm + ".steps[");
    }

    private static String said(long millis) {
        if (millis % 60_000 == 0) {
            return millis / 60_000 + " min";
        }
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}

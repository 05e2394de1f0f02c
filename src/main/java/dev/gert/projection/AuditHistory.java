package dev.gert.projection;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.policy.Captured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the journal says of one run, found by the addresses of declared nodes. */
final class AuditHistory {
    final EvidenceRun run;
    private final Map<String, List<EvidenceAttempt>> attempts = new LinkedHashMap<>();
    private final List<EvidenceAttempt> inOrder = new ArrayList<>();
    private final Map<String, List<RunEvent>> branches = new LinkedHashMap<>();
    private final Map<String, EvidenceLoop> loops = new LinkedHashMap<>();
    private final List<RunEvent.NodeFailed> failures = new ArrayList<>();

    AuditHistory(Evidence evidence, EvidenceRun run) {
        this.run = run;
        for (EvidenceAttempt attempt : evidence.attempts()) {
            if (attempt.run.equals(run.id)) {
                inOrder.add(attempt);
                of(attempts, Plan.withoutIterations(attempt.started.step())).add(attempt);
            }
        }
        for (Envelope branch : evidence.branches()) {
            if (branch.run().equals(run.id)) {
                RunEvent event = branch.event();
                String arm = event instanceof RunEvent.BranchTaken taken
                        ? taken.arm()
                        : ((RunEvent.BranchSkipped) event).arm();
                of(branches, Plan.withoutIterations(arm)).add(event);
            }
        }
        for (EvidenceLoop loop : evidence.loops()) {
            if (loop.run.equals(run.id)) {
                loops.put(Plan.withoutIterations(loop.step), loop);
            }
        }
        for (Envelope failure : evidence.failures()) {
            if (failure.run().equals(run.id) && failure.event() instanceof RunEvent.NodeFailed failed) {
                failures.add(failed);
            }
        }
    }

    private static <T> List<T> of(Map<String, List<T>> map, String address) {
        return map.computeIfAbsent(address, key -> new ArrayList<>());
    }

    List<EvidenceAttempt> attempts(String address) {
        return attempts.getOrDefault(address, List.of());
    }

    List<EvidenceAttempt> attempts() {
        return inOrder;
    }

    List<RunEvent> branch(String address) {
        return branches.getOrDefault(address, List.of());
    }

    @Nullable
    EvidenceLoop loop(String address) {
        return loops.get(address);
    }

    /** The newest attempt at each place of the run: its status is the place's. */
    List<EvidenceAttempt> newest() {
        Map<String, EvidenceAttempt> newest = new LinkedHashMap<>();
        for (EvidenceAttempt attempt : inOrder) {
            newest.put(attempt.started.step(), attempt);
        }
        return new ArrayList<>(newest.values());
    }

    /** The values of these names when {@code before} began, as far as the journal shows them. */
    Map<String, String> values(List<String> names, EvidenceAttempt before) {
        return valuesAfter(names, inOrder.subList(0, inOrder.indexOf(before)));
    }

    /** The same after these attempts. */
    Map<String, String> valuesAfter(List<String> names, List<EvidenceAttempt> attempts) {
        Map<String, Captured> known = new LinkedHashMap<>(run.inputs);
        for (EvidenceAttempt attempt : attempts) {
            if (attempt.completed != null) {
                known.putAll(attempt.completed.captures());
            }
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            Captured value = known.get(name);
            if (value != null) {
                values.put(name, value.shown().text());
            }
        }
        return values;
    }

    /** Why nothing more was begun. */
    String end() {
        RunEvent.OutcomeReached outcome = run.outcome;
        if (outcome != null) {
            return "the run ended at `" + outcome.step() + "` with outcome " + outcome.state();
        }
        for (EvidenceAttempt attempt : newest()) {
            String status = attempt.status();
            if (List.of("failed", "timed_out", "blocked", "denied").contains(status) && attempt.probeOf() == null) {
                return "the run ended at `" + attempt.started.step() + "`, which "
                        + switch (status) {
                            case "failed" -> "failed";
                            case "timed_out" -> "ran out of time";
                            case "blocked" -> "was blocked";
                            default -> "was denied";
                        };
            }
        }
        if (!failures.isEmpty()) {
            return "the run ended at `" + failures.get(0).step() + "`: "
                    + failures.get(0).reason().text();
        }
        return run.completed == null ? "the run has not come to it" : "the run ended before it";
    }
}

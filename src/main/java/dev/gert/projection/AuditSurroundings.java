package dev.gert.projection;

import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.policy.Policy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run is held against, beside its journal: what is there today, or what was there then.
 *
 * @param plan of the first run's runbook as it is now; null: it is gone or broken
 * @param policy today's, where there is no plan; null: it can't be read
 * @param changed the files that the runbook leads to and that are no longer what they were
 * @param judges whether the plan's policy is asked about each command again
 * @param people who may approve; null: there is no roster
 * @param files looks at the files of the run's folder
 */
public record AuditSurroundings(
        @Nullable Plan plan,
        @Nullable Policy policy,
        List<String> changed,
        boolean judges,
        @Nullable Set<String> people,
        Files files) {
    /** A look at one file. */
    @FunctionalInterface
    public interface Files {
        /** What is wrong with the file, or null: it is as it was written. */
        @Nullable
        String fault(RunEvent.OutputFile file);

        /** The same of an approval request, whose digest is that of formats.md, "Approvals". */
        default @Nullable String fault(RunEvent.RequestFile request) {
            return null;
        }
    }
}

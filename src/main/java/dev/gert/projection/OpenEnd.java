package dev.gert.projection;

import java.util.List;

/**
 * Where a dry-run can't tell how a run would go on.
 *
 * @param run the run concerned
 * @param step the address of the step or loop
 * @param names what it depends on
 * @param ways those that are open
 */
public record OpenEnd(String run, String runbook, String step, List<String> names, List<RunPlan.Arm> ways) {
    public OpenEnd {
        names = List.copyOf(names);
        ways = List.copyOf(ways);
    }
}

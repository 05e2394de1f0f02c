package dev.gert.projection;

import java.util.List;

/**
 * What a run did, held against what was declared (cli.md, {@code gert audit}).
 *
 * @param actor who began it
 * @param startedAt RFC 3339, as in the journal
 */
public record Audit(
        String run,
        String mode,
        String actor,
        String host,
        String startedAt,
        List<AuditRun> runs,
        List<AuditFinding> findings) {
    public Audit {
        runs = List.copyOf(runs);
        findings = List.copyOf(findings);
    }

    /** How many things were declared that came to that state. */
    public int count(String state) {
        int count = 0;
        for (AuditRun each : runs) {
            for (AuditItem item : each.items()) {
                count += item.state().equals(state) ? 1 : 0;
            }
        }
        return count;
    }

    /** How many things were declared. */
    public int declared() {
        int count = 0;
        for (AuditRun each : runs) {
            count += each.items().size();
        }
        return count;
    }
}

package dev.gert.projection;

import java.util.List;

/**
 * One run of a folder as an auditor sees it.
 *
 * @param by how another run led to it, empty for the first
 * @param outcome what it came to, empty while it goes on
 * @param compared whether the runbook is still the one that ran; otherwise there are no items
 */
public record AuditRun(
        String id, String runbook, String file, String by, String outcome, boolean compared, List<AuditItem> items) {
    public AuditRun {
        items = List.copyOf(items);
    }
}

package dev.gert.policy;

/**
 * How people decide (formats.md, section 3, {@code approvals}). A layer that says nothing says the
 * defaults, or adding one that says more would widen.
 *
 * @param timeoutMillis how long a request can be decided on
 * @param acknowledge whether the requester's own yes on the terminal meets a rule of one person
 * @param allowSelf whether the requester counts among the people of a rule
 * @param local whether an OS user's decision counts
 * @param ssh whether a signed decision counts
 */
public record ApprovalTerms(long timeoutMillis, boolean acknowledge, boolean allowSelf, boolean local, boolean ssh) {
    /** 30 minutes, acknowledge, not oneself, both methods. */
    public static final ApprovalTerms USUAL = new ApprovalTerms(30 * 60_000L, true, false, true, true);

    /** What both let through. */
    ApprovalTerms meet(ApprovalTerms other) {
        return new ApprovalTerms(
                Math.min(timeoutMillis, other.timeoutMillis),
                acknowledge && other.acknowledge,
                allowSelf && other.allowSelf,
                local && other.local,
                ssh && other.ssh);
    }
}

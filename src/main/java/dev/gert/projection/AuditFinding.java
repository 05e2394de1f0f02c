package dev.gert.projection;

/**
 * What an auditor has to ask somebody about.
 *
 * @param kind a stable word: {@code policy}, {@code evidence}, {@code output}, {@code nobody}, {@code approver},
 *     {@code approval}, {@code elevation}, {@code in_doubt}, {@code interrupted}, {@code leaked}, {@code unfinished},
 *     {@code changed}, {@code undeclared}, {@code journal}, {@code left_out}, {@code accepted}, {@code retried}
 * @param run the run concerned
 * @param step the address concerned, empty where it is the run's
 * @param id of that step, as people call it
 * @param then the rule by which the run went, empty where no rule is concerned
 * @param now the rule of today
 */
public record AuditFinding(String kind, String run, String step, String id, String message, String then, String now) {
    /** Of a run as a whole. */
    public static AuditFinding of(String kind, String run, String message) {
        return new AuditFinding(kind, run, "", "", message, "", "");
    }
}

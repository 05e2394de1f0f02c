package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Step;
import dev.gert.policy.Decision;
import dev.gert.policy.Need;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Roster;
import dev.gert.policy.Tally;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether people could approve what a runbook wants (formats.md, "Approvals"): of {@code gert validate} alone,
 * because a run asks, or is blocked, at the step itself.
 */
public final class ApprovalCheck {
    private final Set<String> said = new HashSet<>();
    private final List<Need> rulesOfFiles = new ArrayList<>();
    private List<PolicyLayer> files = List.of();

    /** Says what is wrong; what a policy or roster has wrong is said with the first of its runbooks. */
    public void check(Plan plan, Diagnostics diagnostics) {
        Policy policy = plan.policy();
        files(policy, diagnostics);
        List<Need> rules = new ArrayList<>(rulesOfFiles);
        for (PolicyLayer layer : policy.layers()) {
            for (Need need : layer.isPolicyFile() ? List.<Need>of() : Policy.rules(layer)) {
                rules.add(need);
                impossible(need, policy, policy.span(need.rule()), diagnostics);
            }
        }
        RuleFindings findings = new RuleFindings(policy, diagnostics);
        for (PlanStep node : plan.steps()) {
            Step.Approvals own = node.step().common().approvals();
            for (Need need : StepNeeds.of(node.step(), node.tool())) {
                rules.add(need);
                Span span = own == null && node.tool() != null
                        ? node.tool().action().span()
                        : own == null ? null : own.span();
                impossible(need, policy, span, diagnostics);
            }
            OpenCommands.Asked asked = plan.asked(node);
            if (own == null && asked != null && asked.decision() instanceof Decision.NeedsApproval needs) {
                field(node, needs, findings);
            }
        }
        Roster roster = policy.roster();
        if (roster != null) {
            unnamed(roster, rules, diagnostics);
        }
    }

    /** Asked once of the same files: a repository's runbooks have the same. */
    private void files(Policy policy, Diagnostics diagnostics) {
        List<PolicyLayer> now = new ArrayList<>();
        for (PolicyLayer layer : policy.layers()) {
            if (layer.isPolicyFile()) {
                now.add(layer);
            }
        }
        if (now.equals(files)) {
            return;
        }
        files = now;
        rulesOfFiles.clear();
        for (PolicyLayer layer : now) {
            for (Need need : Policy.rules(layer)) {
                rulesOfFiles.add(need);
                impossible(need, policy, policy.span(need.rule()), diagnostics);
            }
        }
    }

    /** The design document's check: whoever reads the step has to see that it asks. */
    private static void field(PlanStep node, Decision.NeedsApproval needs, RuleFindings findings) {
        for (Need need : needs.needs()) {
            if (need.rule().rule().startsWith("require_approval_for")) {
                findings.error(
                        Code.P016,
                        node.step().common().idSpan(),
                        "`" + node.step().id() + "` needs the approval of " + need.who() + ", and has no `approvals`",
                        need.rule(),
                        "say so where the step is read: `approvals: {min: " + need.people() + "}`");
                return;
            }
        }
    }

    private void impossible(Need need, Policy policy, @Nullable Span span, Diagnostics diagnostics) {
        Tally tally = new Tally(List.of(need), policy.terms(), policy.roster());
        Tally.Never never = tally.impossible(null, policy.exchange() != null, true);
        if (never == null || !said.add("P013 " + need.rule().describe())) {
            return;
        }
        if (policy.roster() == null) {
            diagnostics.warning(
                    Code.P013,
                    span,
                    "nobody can give this approval: " + never.why(),
                    "a step under it is blocked; name people in `approvals.roster`, or a folder in `approvals.exchange`");
        } else {
            diagnostics.error(
                    Code.P013,
                    span,
                    "nobody can give this approval of " + need.who() + ": " + never.why(),
                    "",
                    "the roster is " + policy.roster().file());
        }
    }

    /** A role of no rule is a rule's role misspelt. */
    private void unnamed(Roster roster, List<Need> rules, Diagnostics diagnostics) {
        Set<String> named = new HashSet<>();
        for (Need rule : rules) {
            named.addAll(rule.roles());
        }
        for (Roster.Person person : roster.people()) {
            for (String role : person.roles()) {
                if (!named.contains(role) && said.add("P014 " + role)) {
                    diagnostics.error(
                            Code.P014,
                            person.span(),
                            "no rule asks for the role `" + role + "` of " + person.name(),
                            "",
                            named.isEmpty()
                                    ? "take it out, or name it in a `require_approval_for` rule"
                                    : "the rules ask for " + String.join(", ", new TreeSet<>(named)));
                }
            }
        }
    }
}

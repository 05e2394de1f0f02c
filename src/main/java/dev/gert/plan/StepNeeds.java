package dev.gert.plan;

import dev.gert.model.Step;
import dev.gert.policy.Decision;
import dev.gert.policy.Need;
import dev.gert.policy.RulePlace;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The approvals that a step and its tool ask for by themselves: they make policy's answer stricter, never wider. */
public final class StepNeeds {
    private StepNeeds() {}

    /** In the order in which they are written; empty where the step asks for none. */
    public static List<Need> of(Step step, @Nullable PlanTool tool) {
        List<Need> needs = new ArrayList<>();
        Step.Approvals own = step.common().approvals();
        if (own != null) {
            needs.add(need("`approvals` of the step", own.span(), own.min(), own.roles()));
        }
        if (tool != null && tool.action().approvers() > 0) {
            Span span = tool.action().span();
            needs.add(need(
                    "`requires_approval` of the action", span, tool.action().approvers(), List.of()));
        }
        return needs;
    }

    /** {@code decision} with these needs as well. */
    public static Decision and(Decision decision, List<Need> needs) {
        Decision stricter = decision;
        for (Need need : needs) {
            if (stricter instanceof Decision.NeedsApproval more) {
                stricter = more.and(need);
            } else if (stricter instanceof Decision.Allow) {
                stricter = new Decision.NeedsApproval(List.of(need));
            }
        }
        return stricter;
    }

    private static Need need(String key, Span span, int people, List<String> roles) {
        String who = new Need(new RulePlace("", "", 0), people, roles).who();
        RulePlace rule = new RulePlace(
                key + ", " + who, span.source().name(), span.position().line());
        return new Need(rule, people, roles);
    }
}

package dev.gert.plan;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Branch;
import dev.gert.model.Node;
import dev.gert.model.Runbook;
import dev.gert.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runbook and policy → plan and static findings (design.md). */
public final class Planner {
    private final Map<String, PlanNode> nodes = new LinkedHashMap<>();

    private Planner() {}

    /** The plan; null when there were errors, all of which are in {@code diagnostics}. */
    public static @Nullable Plan plan(Runbook runbook, Policy policy, Diagnostics diagnostics) {
        Diagnostics own = new Diagnostics();
        Planner planner = new Planner();
        List<PlanNode> roots = planner.place(runbook.nodes(), null);
        Set<String> names = new NameCheck(runbook, own).check(planner.nodes.values());
        new PolicyCheck(runbook, policy, own).check(planner.nodes.values());
        diagnostics.addAll(own);
        return own.hasErrors() ? null : new Plan(runbook, policy, roots, planner.nodes, names);
    }

    private List<PlanNode> place(List<Node> children, @Nullable PlanArm arm) {
        List<PlanNode> placed = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            Node.StepNode child = (Node.StepNode) children.get(i);
            String id = child.step().id();
            String address = arm == null ? id : arm.address() + ".steps[" + i + "]";
            PlanNode node = new PlanNode(address, child.step(), arm);
            // A second step of one id is an error that NameCheck reports; both must be seen by the checks.
            nodes.put(nodes.containsKey(address) ? address + "#" + nodes.size() : address, node);
            placed.add(node);
            if (arm != null) {
                arm.add(node);
            }
            for (int b = 0; b < child.branches().size(); b++) {
                Branch branch = child.branches().get(b);
                PlanArm below = new PlanArm(address + ".branches[" + b + "]", branch, node);
                node.add(below);
                place(branch.nodes(), below);
            }
        }
        return placed;
    }
}

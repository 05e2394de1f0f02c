package dev.gert.plan;

import dev.gert.model.Runbook;
import dev.gert.policy.Policy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A runbook that was checked and may run: only a {@link Planner} that found no error makes one. */
public final class Plan {
    private final Runbook runbook;
    private final Policy policy;
    private final List<PlanNode> roots;
    private final Map<String, PlanNode> nodes;
    private final Set<String> names;

    Plan(Runbook runbook, Policy policy, List<PlanNode> roots, Map<String, PlanNode> nodes, Set<String> names) {
        this.runbook = runbook;
        this.policy = policy;
        this.roots = Collections.unmodifiableList(roots);
        this.nodes = Collections.unmodifiableMap(nodes);
        this.names = Collections.unmodifiableSet(names);
    }

    public Runbook runbook() {
        return runbook;
    }

    public Policy policy() {
        return policy;
    }

    /** The top level, in order. */
    public List<PlanNode> roots() {
        return roots;
    }

    /** Every node by its address, in document order. */
    public Map<String, PlanNode> nodes() {
        return nodes;
    }

    /** Every declared name: vars, inputs and captures. */
    public Set<String> names() {
        return names;
    }

    /** The node with that address, or null. */
    public @Nullable PlanNode node(String address) {
        return nodes.get(address);
    }

    /** The node of the step with that id, or null. */
    public @Nullable PlanNode byId(String id) {
        for (PlanNode node : nodes.values()) {
            if (node.step().id().equals(id)) {
                return node;
            }
        }
        return null;
    }

    /** What comes after a node whose arms are done: its next sibling, else what comes after the arm it stands in; null: the end. */
    public @Nullable PlanNode after(PlanNode node) {
        PlanNode at = node;
        while (true) {
            PlanArm arm = at.arm();
            List<PlanNode> siblings = arm == null ? roots : arm.nodes();
            int next = siblings.indexOf(at) + 1;
            if (next < siblings.size()) {
                return siblings.get(next);
            }
            if (arm == null) {
                return null;
            }
            at = arm.owner();
        }
    }
}

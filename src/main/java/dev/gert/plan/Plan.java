package dev.gert.plan;

import dev.gert.expr.NameUse;
import dev.gert.expr.Template;
import dev.gert.model.Import;
import dev.gert.model.Runbook;
import dev.gert.model.ToolFile;
import dev.gert.policy.Policy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A runbook that was checked and may run: only a {@link Planner} that found no error makes one. */
public final class Plan {
    private final Runbook runbook;
    private final Policy policy;
    private final PlanBlock root;
    private final Map<String, PlanNode> nodes;
    private final List<PlanStep> steps;
    private final Set<String> names;
    private final Surroundings surroundings;
    private final IdentityHashMap<PlanStep, OpenCommands.Asked> asked;

    Plan(
            Runbook runbook,
            Policy policy,
            PlanBlock root,
            Map<String, PlanNode> nodes,
            Set<String> names,
            Surroundings surroundings,
            IdentityHashMap<PlanStep, OpenCommands.Asked> asked) {
        this.runbook = runbook;
        this.policy = policy;
        this.root = root;
        this.nodes = Collections.unmodifiableMap(nodes);
        this.names = Collections.unmodifiableSet(names);
        this.surroundings = surroundings;
        this.asked = asked;
        List<PlanStep> found = new ArrayList<>();
        for (PlanNode node : nodes.values()) {
            if (node instanceof PlanStep step && !step.isProbe()) {
                found.add(step);
            }
        }
        this.steps = Collections.unmodifiableList(found);
    }

    public Runbook runbook() {
        return runbook;
    }

    public Policy policy() {
        return policy;
    }

    /** What policy said of a step with all but the runbook's vars open; null of one that policy is not asked about. */
    OpenCommands.@Nullable Asked asked(PlanStep node) {
        return asked.get(node);
    }

    /** The runbook's own list of nodes. */
    public PlanBlock root() {
        return root;
    }

    /** Every step, in document order. */
    public List<PlanStep> steps() {
        return steps;
    }

    /** Every node, the probes of preconditions included, by its address, in document order. */
    public Map<String, PlanNode> nodes() {
        return nodes;
    }

    /** Every declared name: vars, inputs, captures, choices, items of lists. */
    public Set<String> names() {
        return names;
    }

    /** The step or probe with that address, with or without numbers of iterations; or null. */
    public @Nullable PlanStep step(String address) {
        return node(address) instanceof PlanStep step ? step : null;
    }

    /** The node with that address, with or without numbers of iterations; or null. */
    public @Nullable PlanNode node(String address) {
        return nodes.get(withoutIterations(address));
    }

    /** The step with that id, or null. */
    public @Nullable PlanStep byId(String id) {
        for (PlanStep step : steps) {
            if (step.step().id().equals(id)) {
                return step;
            }
        }
        return null;
    }

    /** Whether a template can be made of nothing but literal text, vars, and inputs that have a pattern. */
    public boolean isFixed(Template template) {
        for (NameUse use : template.names()) {
            if (!NameCheck.isFixed(runbook, use.name())) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text is the alias of an import. */
    public boolean isImport(String text) {
        for (Import declared : runbook.imports()) {
            if (declared.alias().equals(text)) {
                return true;
            }
        }
        return false;
    }

    /** What of the runbook this version can't bring about, or null when it can run. */
    public @Nullable String lacking() {
        for (PlanStep step : steps) {
            String lacks = StepCheck.lacking(step.step());
            if (lacks != null) {
                return "`" + step.step().id() + "`: " + lacks + " can't be run by this version of gert";
            }
        }
        return null;
    }

    /** The runbook behind a reference, as {@link Surroundings#runbook} has it. */
    public Surroundings.Link link(String reference) {
        return surroundings.runbook(reference);
    }

    /** The tools that the runbook declares. */
    public List<ToolFile> tools() {
        List<ToolFile> tools = new ArrayList<>();
        for (Import declared : runbook.tools()) {
            ToolFile tool = surroundings.tool(declared);
            if (tool != null) {
                tools.add(tool);
            }
        }
        return tools;
    }

    /** Whether exit codes pass by themselves ({@code compatibility: upstream}). */
    public boolean upstream() {
        return surroundings.upstream();
    }

    /** {@code a.iterate#2.steps[0]} → {@code a.iterate.steps[0]}. */
    public static String withoutIterations(String address) {
        if (address.indexOf('#') < 0) {
            return address;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '#') {
                while (i + 1 < address.length() && address.charAt(i + 1) >= '0' && address.charAt(i + 1) <= '9') {
                    i++;
                }
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}

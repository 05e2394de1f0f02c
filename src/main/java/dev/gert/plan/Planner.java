package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Severity;
import dev.gert.expr.Template;
import dev.gert.model.Branch;
import dev.gert.model.Effect;
import dev.gert.model.Node;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.policy.Policy;
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
    public static @Nullable Plan plan(
            Runbook runbook, Policy policy, Surroundings surroundings, Diagnostics diagnostics) {
        return plan(runbook, policy, surroundings, diagnostics, Asked.FOR_A_RUN);
    }

    /** The same, to be looked at and not to be run: that policy denies a command is no reason for null. */
    public static @Nullable Plan sketch(
            Runbook runbook, Policy policy, Surroundings surroundings, Diagnostics diagnostics) {
        return plan(runbook, policy, surroundings, diagnostics, Asked.TO_BE_LOOKED_AT);
    }

    /** The same, for checks that come after: whatever policy has against it is no reason for null. */
    public static @Nullable Plan examined(
            Runbook runbook, Policy policy, Surroundings surroundings, Diagnostics diagnostics) {
        return plan(runbook, policy, surroundings, diagnostics, Asked.TO_BE_CHECKED);
    }

    /** What a plan is wanted for. */
    private enum Asked {
        FOR_A_RUN,
        TO_BE_LOOKED_AT,
        TO_BE_CHECKED
    }

    private static @Nullable Plan plan(
            Runbook runbook, Policy policy, Surroundings surroundings, Diagnostics diagnostics, Asked wanted) {
        Diagnostics own = new Diagnostics();
        Planner planner = new Planner();
        PlanBlock root = new PlanBlock(PlanBlock.Kind.ROOT, "", null);
        planner.place(runbook.nodes(), root, "");
        new ToolCheck(runbook, surroundings, own).check(planner.nodes.values());
        Set<String> names = new NameCheck(runbook, own).check(planner.nodes.values());
        Verdicts verdicts = new Verdicts(root);
        new FlowCheck(runbook, verdicts, own).check(root);
        new ArmCheck(verdicts, own).check(planner.nodes.values());
        new LinkCheck(runbook, surroundings, own).check(planner.nodes.values());
        new StepCheck(own).check(planner.nodes.values());
        Diagnostics asked = new Diagnostics();
        PolicyCheck check = new PolicyCheck(runbook, policy, asked);
        check.check(planner.nodes.values());
        boolean broken = own.hasErrors()
                || switch (wanted) {
                    case FOR_A_RUN -> asked.hasErrors();
                    case TO_BE_LOOKED_AT -> saysMoreThanDenied(asked);
                    case TO_BE_CHECKED -> false;
                };
        own.addAll(asked);
        boolean whole = !diagnostics.hasErrors() && !own.hasErrors();
        new EndCheck(runbook, verdicts, own).check(root, whole);
        if (whole) {
            new UseCheck(runbook, own).check(planner.nodes.values());
        }
        diagnostics.addAll(own);
        return broken ? null : new Plan(runbook, policy, root, planner.nodes, names, surroundings, check.said());
    }

    private static boolean saysMoreThanDenied(Diagnostics asked) {
        for (Diagnostic finding : asked.sorted()) {
            boolean denied = finding.code() == Code.P001 || finding.code() == Code.P008;
            if (finding.severity() == Severity.ERROR && !denied) {
                return true;
            }
        }
        return false;
    }

    private void place(List<Node> children, PlanBlock block, String blockAddress) {
        for (int i = 0; i < children.size(); i++) {
            Node child = children.get(i);
            String address = blockAddress.isEmpty() ? top(child, i) : blockAddress + "[" + i + "]";
            if (child instanceof Node.StepNode step) {
                block.add(step(step, address, block, i));
            } else if (child instanceof Node.ParallelNode parallel) {
                block.add(parallel(parallel, address, block, i));
            } else {
                PlanLoop loop = new PlanLoop(address, child, block, i);
                nodes.put(address, loop);
                PlanBlock body = new PlanBlock(PlanBlock.Kind.BODY, ".iterate.steps", loop);
                loop.body(body);
                List<Node> repeated =
                        child instanceof Node.UntilNode until ? until.nodes() : ((Node.EachNode) child).nodes();
                place(repeated, body, address + ".iterate.steps");
                block.add(loop);
            }
        }
    }

    private static String top(Node node, int index) {
        return node instanceof Node.StepNode step ? step.step().id() : "tree[" + index + "]";
    }

    private PlanStep step(Node.StepNode node, String address, PlanBlock block, int index) {
        PlanStep step = new PlanStep(address, node.step(), block, index, false);
        Step.Work work = node.step().work();
        Step.Precondition check = work == null ? null : work.precondition();
        if (check != null) {
            PlanStep probe =
                    new PlanStep(address + PlanStep.PROBE, probe(node.step().common(), check), block, index, true);
            step.probe(probe);
            put(probe.address(), probe);
        }
        put(address, step);
        for (int b = 0; b < node.branches().size(); b++) {
            Branch branch = node.branches().get(b);
            PlanArm below = new PlanArm(b, branch, step);
            step.add(below);
            place(branch.nodes(), below, below.address() + ".steps");
        }
        if (!node.finallyNodes().isEmpty()) {
            PlanBlock after = new PlanBlock(PlanBlock.Kind.FINALLY, ".finally", step);
            step.finallyBlock(after);
            place(node.finallyNodes(), after, address + ".finally");
        }
        return step;
    }

    /** A second step of one id is an error that NameCheck reports; both must be seen by the checks. */
    private void put(String address, PlanStep step) {
        nodes.put(nodes.containsKey(address) ? address + "#" + nodes.size() : address, step);
    }

    /** A precondition's command is a step to the gateway: a read, as far as that is believed. */
    private static Step probe(Step.Common of, Step.Precondition check) {
        Step.Common common = new Step.Common(
                of.id() + PlanStep.PROBE,
                check.span(),
                Template.literal(""),
                Template.literal(""),
                null,
                of.timeoutMillis(),
                0,
                List.of(),
                List.of(),
                null,
                null);
        Step.Work work = new Step.Work(Effect.READ, check.span(), null, null, null, List.of(), null);
        return new Step.CliStep(common, work, check.argv(), check.argvSpans(), false, null, List.of(), null, false);
    }

    private PlanParallel parallel(Node.ParallelNode node, String address, PlanBlock block, int index) {
        PlanParallel parallel = new PlanParallel(address, node, block, index);
        nodes.put(address, parallel);
        for (int i = 0; i < node.arms().size(); i++) {
            String suffix = ".parallel.branches[" + i + "].steps";
            PlanBlock side = new PlanBlock(PlanBlock.Kind.SIDE, suffix, parallel);
            parallel.add(side);
            place(node.arms().get(i).nodes(), side, address + suffix);
        }
        return parallel;
    }
}

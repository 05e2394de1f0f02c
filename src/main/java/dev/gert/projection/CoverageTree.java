package dev.gert.projection;

import dev.gert.expr.Condition;
import dev.gert.model.Node;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanBlock;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanParallel;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Redactor;
import dev.gert.projection.CoverageNode.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays what was reached over a plan's tree: Plan and names by site → CoverageNodes. */
final class CoverageTree {
    private final Redactor redactor;
    private final Map<String, List<String>> by;
    private final Map<String, List<String>> from;
    private final Map<String, List<CoverageSite>> checks = new HashMap<>();
    private final Set<String> leaves = new HashSet<>();

    private CoverageTree(Plan plan, CoverageSites sites, Map<String, List<String>> by, Map<String, List<String>> from) {
        this.redactor = plan.policy().redactor();
        this.by = by;
        this.from = from;
        for (CoverageSite site : sites.arms) {
            leaves.add(site.path());
        }
        for (CoverageSite site : sites.reported) {
            checks.computeIfAbsent(owner(site), p -> new ArrayList<>()).add(site);
        }
    }

    /** The nodes of a list, and whether a run can come out at its end. */
    private record Laid(List<CoverageNode> nodes, boolean goesOn) {}

    static List<CoverageNode> of(
            Plan plan, CoverageSites sites, Map<String, List<String>> by, Map<String, List<String>> from) {
        return new CoverageTree(plan, sites, by, from).block(plan.root(), true).nodes();
    }

    /** The address of the node that shows a site which is not counted. */
    private static String owner(CoverageSite site) {
        String path = site.path();
        return switch (site.type()) {
            case CoverageSite.CHOICE -> path.substring(0, path.lastIndexOf(".choices.options["));
            case CoverageSite.GATE_STOPPED -> path.substring(0, path.lastIndexOf(".gate.stop_if["));
            case CoverageSite.PRECONDITION_SUCCEEDED, CoverageSite.PRECONDITION_FAILED ->
                path.substring(0, path.length() - PlanStep.PROBE.length());
            default -> path;
        };
    }

    /** {@code live}: whether a run can come to the list. */
    private Laid block(PlanBlock block, boolean live) {
        List<CoverageNode> nodes = new ArrayList<>();
        boolean goesOn = live;
        for (PlanNode node : block.nodes()) {
            Laid laid = node instanceof PlanStep step
                    ? step(step, goesOn)
                    : node instanceof PlanLoop loop ? loop(loop, goesOn) : parallel((PlanParallel) node, goesOn);
            nodes.addAll(laid.nodes());
            goesOn = laid.goesOn();
        }
        return new Laid(nodes, goesOn);
    }

    private Laid step(PlanStep node, boolean live) {
        Step step = node.step();
        String address = node.address();
        List<CoverageNode> below = new ArrayList<>();
        Step.Precondition check = step.work() == null ? null : step.work().precondition();
        boolean goesOn = live
                && (step.common().when() != null
                        || check != null && check.skipIfSucceeds()
                        || step instanceof Step.InvokeStep invoke
                                && invoke.gate().skipsErrors());
        told(node, below, CoverageSite.NO_ARM_MATCHED);
        boolean asked = live;
        List<Outcome> outcomes = step.common().outcomes();
        for (int i = 0; i < outcomes.size(); i++) {
            below.add(outcome(CoverageSite.outcomePath(address, i), outcomes.get(i), asked));
            asked &= !always(outcomes.get(i).when());
        }
        for (PlanArm arm : node.arms()) {
            Laid laid = block(arm, asked);
            below.add(arm(arm, laid.nodes(), asked));
            goesOn |= laid.goesOn();
            asked &= !always(arm.branch().condition());
        }
        for (CoverageSite site : checks.getOrDefault(address, List.of())) {
            if (site.type().equals(CoverageSite.NO_ARM_MATCHED)) {
                below.add(told(site, ""));
            }
        }
        PlanBlock last = node.finallyBlock();
        if (last != null) {
            List<CoverageNode> nodes = block(last, live).nodes();
            below.add(plain("finally", "finally", "", address + ".finally", nodes));
        }
        String title = step.common().title().source();
        String key = CoverageSite.key(address, ReachedSites.RAN);
        CoverageNode self = made("step", step.id(), title, address, key, state(key, false, live), below);
        return new Laid(List.of(self), goesOn || asked);
    }

    private static boolean always(@Nullable Condition condition) {
        return condition == null || condition.source().isBlank();
    }

    private CoverageNode outcome(String path, Outcome outcome, boolean live) {
        String label = outcome.label().source();
        String title = outcome.state().word() + (label.isEmpty() ? "" : " \"" + label + "\"");
        String when = outcome.when() == null ? "" : outcome.when().source();
        return made("outcome", title, when, path, path, state(path, true, live), List.of());
    }

    private CoverageNode arm(PlanArm arm, List<CoverageNode> nodes, boolean live) {
        String path = arm.address();
        State state = state(path, leaves.contains(path), live);
        return made(
                CoverageSite.BRANCH,
                arm.branch().label(),
                arm.branch().condition().source(),
                path,
                path,
                state,
                nodes);
    }

    private Laid loop(PlanLoop node, boolean live) {
        Node.UntilNode until = node.until();
        Node.EachNode each = node.each();
        Laid body = block(node.body(), live);
        List<CoverageNode> below = new ArrayList<>();
        told(node, below, "");
        below.addAll(body.nodes());
        String detail = until != null
                ? "until " + until.until().source() + ", at most " + until.max()
                : each == null ? "" : "over " + each.over().source() + " as " + each.as();
        CoverageNode self = plain("iterate", "iterate", detail, node.address(), below);
        return new Laid(List.of(self), until == null ? live : body.goesOn());
    }

    private Laid parallel(PlanParallel node, boolean live) {
        List<CoverageNode> below = new ArrayList<>();
        boolean goesOn = live;
        for (int i = 0; i < node.sides().size(); i++) {
            Laid side = block(node.sides().get(i), live);
            String path = CoverageSite.sidePath(node.address(), i);
            String label = node.node().arms().get(i).label();
            String key = CoverageSite.key(path, CoverageSite.PARALLEL_ARM);
            below.add(made(CoverageSite.PARALLEL_ARM, label, "", path, key, state(key, false, live), side.nodes()));
            goesOn &= side.goesOn();
        }
        return new Laid(List.of(plain("parallel", "parallel", "", node.address(), below)), goesOn);
    }

    /** What is told of a node and not counted, but for sites of type {@code later}. */
    private void told(PlanNode node, List<CoverageNode> below, String later) {
        String lead = node instanceof PlanStep step ? step.step().id() + ": " : "";
        for (CoverageSite site : checks.getOrDefault(node.address(), List.of())) {
            if (!site.type().equals(later)) {
                below.add(told(site, lead));
            }
        }
    }

    /** Under its node a site need not say whose it is. */
    private CoverageNode told(CoverageSite site, String lead) {
        String key = site.key();
        String label = site.label();
        boolean names = !lead.isEmpty() && label.startsWith(lead);
        State state = by.containsKey(key) ? State.REACHED : State.NOT_REACHED;
        String title = names ? label.substring(lead.length()) : site.type();
        return made(site.type(), title, "", site.path(), key, state, List.of());
    }

    /** A node that is there for those below it. */
    private CoverageNode plain(String kind, String title, String detail, String path, List<CoverageNode> below) {
        State state = State.NOT_REACHED;
        for (CoverageNode child : below) {
            state = child.state() == State.COVERED || child.state() == State.REACHED ? State.REACHED : state;
        }
        return made(kind, title, detail, path, path, state, below);
    }

    private State state(String key, boolean counted, boolean live) {
        if (by.containsKey(key)) {
            return counted ? State.COVERED : State.REACHED;
        }
        return !counted ? State.NOT_REACHED : live ? State.UNCOVERED : State.UNREACHABLE;
    }

    private CoverageNode made(
            String kind,
            String title,
            String detail,
            String path,
            String key,
            State state,
            List<CoverageNode> children) {
        return new CoverageNode(
                kind,
                redactor.safe(CoverageSites.oneLine(title)).text(),
                redactor.safe(CoverageSites.oneLine(detail)).text(),
                path,
                state,
                by.getOrDefault(key, List.of()),
                from.getOrDefault(key, List.of()),
                children);
    }
}

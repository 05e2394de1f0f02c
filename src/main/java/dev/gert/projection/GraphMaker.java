package dev.gert.projection;

import dev.gert.expr.Condition;
import dev.gert.expr.Template;
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
import dev.gert.projection.RunbookGraph.Edge;
import dev.gert.projection.RunbookGraph.EdgeKind;
import dev.gert.projection.RunbookGraph.Group;
import dev.gert.projection.RunbookGraph.Kind;
import dev.gert.projection.RunbookGraph.Vertex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws a plan's tree (formats.md, section 1): Plan → RunbookGraph. */
public final class GraphMaker {
    private final Redactor redactor;
    private final List<Vertex> vertices = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private GraphMaker(Plan plan) {
        this.redactor = plan.policy().redactor();
    }

    /** Where a run comes from on its way to the next vertex. */
    private record Loose(String from, EdgeKind kind, String label, String condition, String site) {
        static Loose of(String from, String label) {
            return new Loose(from, EdgeKind.FLOW, label, "", "");
        }
    }

    public static RunbookGraph of(Plan plan) {
        GraphMaker maker = new GraphMaker(plan);
        String name = plan.runbook().name();
        String start = maker.vertex("start", Kind.START, "", List.of(name), null);
        List<Loose> ends = maker.block(plan.root(), List.of(Loose.of(start, "")), null);
        if (!ends.isEmpty()) {
            maker.enter(ends, maker.vertex("completed", Kind.COMPLETED, "", List.of("completed"), null));
        }
        return new RunbookGraph(name, plan.runbook().source().name(), maker.vertices, maker.groups, maker.edges);
    }

    private List<Loose> block(PlanBlock block, List<Loose> from, @Nullable String group) {
        List<Loose> ends = from;
        for (PlanNode node : block.nodes()) {
            if (node instanceof PlanStep step) {
                ends = step(step, ends, group);
            } else if (node instanceof PlanLoop loop) {
                ends = loop(loop, ends, group);
            } else {
                ends = parallel((PlanParallel) node, ends, group);
            }
        }
        return ends;
    }

    private List<Loose> step(PlanStep node, List<Loose> from, @Nullable String group) {
        Step step = node.step();
        String address = node.address();
        List<Loose> ends = new ArrayList<>();
        List<Loose> into = from;
        Condition when = step.common().when();
        if (when != null) {
            String asked = vertex("when_" + address, Kind.WHEN, address, List.of("when " + when.source()), group);
            enter(into, asked);
            into = List.of(Loose.of(asked, "yes"));
            ends.add(Loose.of(asked, "no: skipped"));
        }
        Step.Precondition check = step.work() == null ? null : step.work().precondition();
        if (check != null) {
            String asked = vertex(
                    "pre_" + address, Kind.PRECONDITION, address, List.of("precondition", words(check.argv())), group);
            enter(into, asked);
            if (check.skipIfSucceeds()) {
                ends.add(Loose.of(asked, "succeeds: skipped"));
                into = List.of(Loose.of(asked, "fails"));
            } else {
                String message = check.message().source();
                List<String> lines = message.isEmpty() ? List.of("failed") : List.of("failed", message);
                String failed = vertex("failed_" + address, Kind.FAILED, address, lines, group);
                enter(List.of(Loose.of(asked, "fails")), failed);
                into = List.of(Loose.of(asked, "succeeds"));
            }
        }
        String self = vertex("step_" + address, kind(step), address, lines(node), group, address);
        enter(into, self);
        boolean goesOn = outcomes(node, self, group);
        boolean decides = !step.common().outcomes().isEmpty();
        for (PlanArm arm : node.arms()) {
            if (!goesOn) {
                break;
            }
            String condition = arm.branch().condition().source();
            ends.addAll(block(
                    arm,
                    List.of(new Loose(self, EdgeKind.FLOW, arm.branch().label(), condition, arm.address())),
                    group));
            decides = true;
            goesOn = !condition.isBlank();
        }
        if (goesOn) {
            ends.add(Loose.of(self, decides ? "otherwise" : ""));
        }
        PlanBlock last = node.finallyBlock();
        if (last != null) {
            String around = group("finally_" + address, "finally", address, "finally", group);
            block(last, List.of(new Loose(self, EdgeKind.FINALLY, "finally", "", "")), around);
        }
        return ends;
    }

    /** Whether a run can go on after the step's outcomes. */
    private boolean outcomes(PlanStep node, String self, @Nullable String group) {
        String address = node.address();
        if (node.step() instanceof Step.InvokeStep invoke) {
            for (Outcome.State stop : invoke.gate().stopIf()) {
                String end = vertex(
                        "stop_" + address + "_" + stop.word(),
                        Kind.OUTCOME,
                        address,
                        List.of(stop.word(), "of the invoked runbook"),
                        group);
                edge(self, end, EdgeKind.FLOW, "gate.stop_if " + stop.word(), "");
            }
        }
        List<Outcome> outcomes = node.step().common().outcomes();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            List<String> lines = new ArrayList<>(List.of(outcome.state().word()));
            if (!outcome.label().source().isEmpty()) {
                lines.add(outcome.label().source());
            }
            String path = CoverageSite.outcomePath(address, i);
            String end = vertex("outcome_" + address + "_" + i, Kind.OUTCOME, address, lines, group, path);
            Condition when = outcome.when();
            boolean always = when == null || when.source().isBlank();
            edge(self, end, EdgeKind.FLOW, "", when == null ? "" : when.source());
            Outcome.NextRunbook next = outcome.next();
            if (next != null) {
                String file = next.file().source();
                edge(
                        end,
                        vertex("next_" + address + "_" + i, Kind.RUNBOOK, address, List.of(file), group),
                        EdgeKind.NEXT,
                        "next_runbook",
                        "");
            }
            if (always) {
                return false;
            }
        }
        return true;
    }

    private List<Loose> loop(PlanLoop node, List<Loose> from, @Nullable String group) {
        String address = node.address();
        Node.UntilNode until = node.until();
        Node.EachNode each = node.each();
        String title = until != null
                ? "iterate until " + until.until().source() + ", at most " + until.max()
                : each == null ? "iterate" : "iterate over " + each.over().source() + " as " + each.as();
        String around = group("iterate_" + address, "iterate", address, title, group);
        String head = vertex(
                "head_" + address, Kind.ITERATE, address, List.of(until == null ? "next item" : "next turn"), around);
        enter(from, head);
        List<Loose> ends = block(node.body(), List.of(Loose.of(head, "")), around);
        for (Loose end : ends) {
            edge(end.from(), head, EdgeKind.AGAIN, end.label(), end.condition(), end.site());
        }
        return ends.isEmpty() && until != null ? List.of() : List.of(Loose.of(head, "done"));
    }

    private List<Loose> parallel(PlanParallel node, List<Loose> from, @Nullable String group) {
        String address = node.address();
        String title = "parallel, at most " + node.node().maxConcurrent() + " at a time"
                + (node.node().failFast() ? ", the first failure ends all" : "");
        String around = group("parallel_" + address, "parallel", address, title, group);
        String fork = vertex("fork_" + address, Kind.FORK, address, List.of("fork"), around);
        enter(from, fork);
        List<Loose> ends = new ArrayList<>();
        for (int i = 0; i < node.sides().size(); i++) {
            String label = node.node().arms().get(i).label();
            ends.addAll(block(node.sides().get(i), List.of(Loose.of(fork, label)), around));
        }
        if (ends.isEmpty()) {
            return ends;
        }
        String join = vertex("join_" + address, Kind.JOIN, address, List.of("join"), around);
        enter(ends, join);
        return List.of(Loose.of(join, ""));
    }

    private List<String> lines(PlanStep node) {
        Step step = node.step();
        List<String> lines = new ArrayList<>(List.of(step.id()));
        if (!step.common().title().source().isEmpty()) {
            lines.add(step.common().title().source());
        }
        if (step instanceof Step.CliStep cli) {
            lines.add(words(cli.argv()));
        } else if (step instanceof Step.ToolStep tool) {
            lines.add(tool.tool() + ":" + tool.action());
        } else if (step instanceof Step.InvokeStep invoke) {
            lines.add(invoke.runbook().source());
        } else if (step instanceof Step.XtsStep xts) {
            lines.add("xts " + xts.mode().name().toLowerCase(Locale.ROOT));
        } else if (step instanceof Step.AwsStep aws) {
            lines.add(aws.service().value().source() + ":"
                    + aws.operation().value().source());
        }
        return lines;
    }

    private static String words(List<Template> argv) {
        StringBuilder line = new StringBuilder();
        for (Template word : argv) {
            line.append(line.length() == 0 ? "" : " ").append(word.source());
        }
        return line.toString();
    }

    private static Kind kind(Step step) {
        return Kind.valueOf(step.type().toUpperCase(Locale.ROOT));
    }

    private void enter(List<Loose> from, String to) {
        for (Loose each : from) {
            edge(each.from(), to, each.kind(), each.label(), each.condition(), each.site());
        }
    }

    private void edge(String from, String to, EdgeKind kind, String label, String condition) {
        edge(from, to, kind, label, condition, "");
    }

    private void edge(String from, String to, EdgeKind kind, String label, String condition, String site) {
        edges.add(new Edge(from, to, kind, safe(label), safe(condition), site));
    }

    private String vertex(String name, Kind kind, String address, List<String> lines, @Nullable String group) {
        return vertex(name, kind, address, lines, group, "");
    }

    private String vertex(
            String name, Kind kind, String address, List<String> lines, @Nullable String group, String site) {
        String id = id(name);
        List<String> shown = new ArrayList<>();
        for (String line : lines) {
            shown.add(safe(line));
        }
        vertices.add(new Vertex(id, kind, address, shown, group, site));
        return id;
    }

    private String group(String name, String kind, String address, String title, @Nullable String group) {
        String id = id(name);
        groups.add(new Group(id, kind, address, safe(title), group));
        return id;
    }

    private String safe(String text) {
        return redactor.safe(text).text();
    }

    /** {@code step_a.branches[0].steps[1]} → {@code step_a_branches_0_steps_1}; never one that is there already. */
    private String id(String name) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (plain) {
                id.append(c);
            } else if (c != ']') {
                id.append('_');
            }
        }
        String made = id.toString();
        for (int i = 2; !ids.add(made); i++) {
            made = id + "__" + i;
        }
        return made;
    }
}

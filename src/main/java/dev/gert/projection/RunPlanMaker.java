package dev.gert.projection;

import dev.gert.expr.Condition;
import dev.gert.expr.Lookup;
import dev.gert.expr.Part;
import dev.gert.expr.Scope;
import dev.gert.expr.Template;
import dev.gert.expr.Truth;
import dev.gert.json.JsonValue;
import dev.gert.model.Node;
import dev.gert.model.Outcome;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.plan.OpenCommands;
import dev.gert.plan.OpenWords;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanBlock;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanParallel;
import dev.gert.plan.PlanStep;
import dev.gert.plan.StepNeeds;
import dev.gert.plan.Surroundings;
import dev.gert.policy.Decision;
import dev.gert.policy.Need;
import dev.gert.policy.OpenWord;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Redactor;
import dev.gert.policy.Roster;
import dev.gert.policy.RulePlace;
import dev.gert.policy.Tally;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plan × known values → what a run may do (cli.md, {@code gert plan}). */
public final class RunPlanMaker {
    /** Runbooks that lead to each other in many ways are not written out for ever. */
    private static final int MOST_LINKED = 50;

    private final Plan plan;
    private final Map<String, String> values;
    private final Map<String, String> from;
    private final Redactor redactor;
    private final Scope scope;
    private final OpenCommands commands;
    private final Set<String> written;
    private final List<RunPlan.Way> ways = new ArrayList<>();

    private RunPlanMaker(Plan plan, Map<String, String> values, Map<String, String> from, Set<String> written) {
        this.plan = plan;
        this.values = values;
        this.from = from;
        this.written = written;
        this.redactor = plan.policy().redactor();
        Set<String> sensitive = sensitive(plan);
        this.scope = name -> {
            String value = sensitive.contains(name) ? null : values.get(name);
            return value == null ? new Lookup.Open() : new Lookup.Known(JsonValue.text(value));
        };
        this.commands = new OpenCommands(plan.policy(), scope);
    }

    /**
     * {@code values}: of vars and inputs, as far as they are known; {@code from}: where each came from.
     * Sensitive ones are taken for unknown.
     */
    public static RunPlan of(Plan plan, Map<String, String> values, Map<String, String> from) {
        return new RunPlanMaker(plan, values, from, new HashSet<>()).make();
    }

    /**
     * The ways that are open at a node whose own command, if it has one, is behind it: one for every
     * outcome and arm, and one for going on without them.
     *
     * @param begun whether the node is behind the run; else it is open whether it is done at all
     */
    public static List<RunPlan.Arm> ahead(Plan plan, Map<String, String> values, PlanNode node, boolean begun) {
        return new RunPlanMaker(plan, values, Map.of(), new HashSet<>()).ways(node, begun);
    }

    private List<RunPlan.Arm> ways(PlanNode node, boolean begun) {
        List<RunPlan.Arm> ways = new ArrayList<>();
        if (node instanceof PlanStep step && begun) {
            if (decided(step, ways)) {
                return ways;
            }
            ways.add(new RunPlan.Arm("otherwise", "", after(node)));
        } else if (node instanceof PlanStep step) {
            RunPlan.StepItem item = step(step);
            ways.add(new RunPlan.Arm("it runs", item.when(), List.of(item)));
            ways.add(new RunPlan.Arm("it is left out", "", after(node)));
        } else if (node instanceof PlanLoop loop) {
            ways.add(new RunPlan.Arm(begun ? "another turn" : "for each item", "", items(loop.body())));
            ways.add(new RunPlan.Arm("done", "", after(node)));
        }
        return ways;
    }

    /** The outcomes and arms of a step that are not ruled out; whether the last of them is certain. */
    private boolean decided(PlanStep step, List<RunPlan.Arm> ways) {
        RunPlan.StepItem item = step(step);
        List<Outcome> outcomes = step.step().common().outcomes();
        int before = item.ends().size() - outcomes.size();
        for (int i = 0; i < item.ends().size(); i++) {
            Condition when = i < before ? null : outcomes.get(i - before).when();
            Truth truth = when == null ? new Truth.True() : when.test(scope);
            if (!(truth instanceof Truth.False)) {
                RunPlan.End end = item.ends().get(i);
                RunPlan.End bare = new RunPlan.End(end.state(), end.label(), "", end.next());
                ways.add(new RunPlan.Arm("", end.when(), List.of(new RunPlan.EndItem(bare))));
            }
            if (i >= before && truth instanceof Truth.True) {
                return true;
            }
        }
        for (int i = 0; i < step.arms().size(); i++) {
            Truth truth = step.arms().get(i).branch().condition().test(scope);
            if (!(truth instanceof Truth.False)) {
                ways.add(item.arms().get(i));
            }
            if (truth instanceof Truth.True) {
                return true;
            }
        }
        return false;
    }

    /** What follows a node and whatever it stands in. */
    private List<RunPlan.Item> after(PlanNode node) {
        List<RunPlan.Item> items = new ArrayList<>();
        PlanNode at = node;
        while (at != null) {
            PlanBlock block = at.block();
            for (int i = at.index() + 1; i < block.nodes().size(); i++) {
                items.addAll(items(block.nodes().subList(i, i + 1)));
            }
            at = block.owner();
        }
        return items;
    }

    private static Set<String> sensitive(Plan plan) {
        Set<String> names = new HashSet<>();
        for (Runbook.Input input : plan.runbook().inputs()) {
            if (input.sensitive()) {
                names.add(input.name());
            }
        }
        return names;
    }

    private RunPlan make() {
        List<RunPlan.Value> known = new ArrayList<>();
        Set<String> sensitive = sensitive(plan);
        values.forEach((name, value) -> known.add(
                new RunPlan.Value(name, sensitive.contains(name) ? "***" : safe(value), from.getOrDefault(name, ""))));
        List<String> asked = new ArrayList<>();
        for (Runbook.Input input : plan.runbook().inputs()) {
            if (!values.containsKey(input.name()) && input.required()) {
                asked.add(input.name());
            }
        }
        List<String> layers = new ArrayList<>();
        for (PolicyLayer layer : plan.policy().layers()) {
            layers.add(layer.file());
        }
        List<RunPlan.Item> items = items(plan.root());
        for (RunbookGraph.Vertex vertex : GraphMaker.of(plan).vertices()) {
            if (vertex.kind() == RunbookGraph.Kind.COMPLETED) {
                ways.add(new RunPlan.Way("completed", "", "", List.of(), ""));
            }
        }
        Runbook runbook = plan.runbook();
        return new RunPlan(
                runbook.name(),
                runbook.source().name(),
                new PlanFacts(this::shown, this::safe).of(runbook),
                layers,
                known,
                asked,
                items,
                ways,
                plan.lacking());
    }

    private List<RunPlan.Item> items(PlanBlock block) {
        return items(block.nodes());
    }

    private List<RunPlan.Item> items(List<PlanNode> nodes) {
        List<RunPlan.Item> items = new ArrayList<>();
        for (PlanNode node : nodes) {
            if (node instanceof PlanStep step) {
                items.add(step(step));
            } else if (node instanceof PlanLoop loop) {
                items.add(new RunPlan.LoopItem(loop.address(), how(loop), items(loop.body())));
            } else if (node instanceof PlanParallel parallel) {
                List<RunPlan.Arm> sides = new ArrayList<>();
                for (int i = 0; i < parallel.sides().size(); i++) {
                    String label = parallel.node().arms().get(i).label();
                    sides.add(new RunPlan.Arm(
                            safe(label), "", items(parallel.sides().get(i))));
                }
                items.add(new RunPlan.ParallelItem(parallel.address(), sides));
            }
        }
        return items;
    }

    private String how(PlanLoop loop) {
        Node.UntilNode until = loop.until();
        Node.EachNode each = loop.each();
        return until != null
                ? "until " + safe(until.until().source()) + ", at most " + until.max()
                : each == null ? "" : "over " + shown(each.over()) + " as " + each.as();
    }

    private RunPlan.StepItem step(PlanStep node) {
        Step step = node.step();
        Step.Common common = step.common();
        List<RunPlan.End> ends = new ArrayList<>();
        if (step instanceof Step.InvokeStep invoke) {
            for (Outcome.State stop : invoke.gate().stopIf()) {
                String when = "gate.stop_if " + stop.word();
                ends.add(new RunPlan.End(stop.word(), "", when, null));
                ways.add(new RunPlan.Way(stop.word(), "", step.id(), around(node), when));
            }
        }
        for (Outcome outcome : common.outcomes()) {
            Outcome.NextRunbook next = outcome.next();
            RunPlan.Linked linked = next == null ? null : linked(next.file(), next.inputs());
            String when = outcome.when() == null ? "" : safe(outcome.when().source());
            String label = shown(outcome.label());
            ends.add(new RunPlan.End(outcome.state().word(), label, when, linked));
            ways.add(new RunPlan.Way(outcome.state().word(), label, step.id(), around(node), when));
        }
        List<RunPlan.Arm> arms = new ArrayList<>();
        for (PlanArm arm : node.arms()) {
            String condition = safe(arm.branch().condition().source());
            arms.add(new RunPlan.Arm(safe(arm.branch().label()), condition, items(arm)));
        }
        OpenCommands.Asked asked = commands.of(node);
        Decision ruled = asked == null ? null : decision(node, asked.decision());
        PlanStep probe = node.probe();
        OpenCommands.Asked probed = probe == null ? null : commands.of(probe);
        Step.Precondition check = step.work() == null ? null : step.work().precondition();
        PlanBlock last = node.finallyBlock();
        RunPlan.Linked invoked =
                step instanceof Step.InvokeStep invoke ? linked(invoke.runbook(), invoke.inputs()) : null;
        return new RunPlan.StepItem(
                node.address(),
                step.id(),
                step.type(),
                shown(common.title()),
                common.when() == null ? "" : safe(common.when().source()),
                command(step),
                asked == null ? null : asked.effect().word(),
                new PlanFacts(this::shown, this::safe).of(node),
                ruled == null ? null : ruling(ruled),
                check == null || probed == null
                        ? null
                        : new RunPlan.Precondition(
                                words(check.argv()), check.skipIfSucceeds(), ruling(probed.decision())),
                needs(node, ruled),
                invoked,
                ends,
                arms,
                last == null ? List.of() : items(last));
    }

    /** The labels of the arms and parallel branches around a step, from the outermost. */
    private List<String> around(PlanStep node) {
        List<String> labels = new ArrayList<>();
        PlanBlock at = node.block();
        PlanNode owner = at.owner();
        while (owner != null) {
            if (at instanceof PlanArm arm) {
                labels.add(0, safe(arm.branch().label()));
            } else if (owner instanceof PlanParallel parallel) {
                labels.add(
                        0,
                        safe(parallel.node()
                                .arms()
                                .get(parallel.sides().indexOf(at))
                                .label()));
            }
            at = owner.block();
            owner = at.owner();
        }
        return labels;
    }

    /** Made stricter by what the step and its tool ask for themselves, as the gateway does. */
    private Decision decision(PlanStep node, Decision decision) {
        if (node.step() instanceof Step.CliStep cli) {
            for (Step.EnvironmentEntry entry : cli.environment()) {
                RulePlace rule = plan.policy().deniesEnvironment(entry.name());
                if (rule != null) {
                    return new Decision.Deny(rule, "the step sets the environment variable " + entry.name());
                }
            }
        }
        return StepNeeds.and(decision, StepNeeds.of(node.step(), node.tool()));
    }

    private RunPlan.Ruling ruling(Decision decision) {
        String reason = decision instanceof Decision.Deny deny
                ? deny.reason()
                : decision instanceof Decision.Undetermined open ? open.reason() : "";
        return new RunPlan.Ruling(decision.word(), safe(decision.rule().describe()), safe(reason));
    }

    /** Whose yes is wanted, and who there is to give it. */
    private RunPlan.Need approval(List<Need> needs) {
        Policy policy = plan.policy();
        String who = safe(Need.who(needs));
        Tally.Never never =
                new Tally(needs, policy.terms(), policy.roster()).impossible(null, policy.exchange() != null, true);
        if (never != null) {
            return new RunPlan.Need("approval", who + ": nobody can give it, for " + safe(never.why()), true);
        }
        Roster roster = policy.roster();
        if (roster == null) {
            return new RunPlan.Need("approval", who);
        }
        Set<String> names = new TreeSet<>();
        for (Need need : Need.least(needs)) {
            roster.holding(need.roles()).forEach(person -> names.add(person.name()));
        }
        return new RunPlan.Need("approval", who + ": " + safe(String.join(", ", names)));
    }

    private List<RunPlan.Need> needs(PlanStep node, @Nullable Decision ruled) {
        Step step = node.step();
        List<RunPlan.Need> needs = new ArrayList<>();
        List<Need> wanted =
                ruled instanceof Decision.NeedsApproval more ? more.needs() : StepNeeds.of(step, node.tool());
        if (!wanted.isEmpty()) {
            needs.add(approval(wanted));
        }
        Step.Elevation elevation = step.work() == null ? null : step.work().elevation();
        if (elevation != null) {
            needs.add(new RunPlan.Need("elevation", shown(elevation.role()) + " on " + shown(elevation.scope())));
        }
        if (step instanceof Step.ManualStep manual) {
            for (Step.RequiredEvidence evidence : manual.requiredEvidence()) {
                needs.add(new RunPlan.Need(
                        "evidence",
                        safe(evidence.name()) + " (" + evidence.kind().word() + ")"));
            }
            Step.Choices choices = manual.choices();
            if (choices != null) {
                List<String> options = new ArrayList<>();
                for (Step.Option option : choices.options()) {
                    options.add(option.value());
                }
                needs.add(new RunPlan.Need("choice", choices.variable() + ": " + safe(String.join(", ", options))));
            }
        }
        return needs;
    }

    private RunPlan.Linked linked(Template reference, List<Step.Argument> inputs) {
        String shown = shown(reference);
        if (!(OpenWords.of(reference, scope) instanceof OpenWord.Known known)) {
            return new RunPlan.Linked(shown, null, "which one is known during the run");
        }
        if (!(plan.link(known.text()) instanceof Surroundings.Link.Found found)) {
            return new RunPlan.Linked(shown, null, "it can't run");
        }
        String file = found.plan().runbook().source().name();
        if (!written.add(file)) {
            return new RunPlan.Linked(shown, null, "its plan stands above");
        }
        if (written.size() > MOST_LINKED) {
            return new RunPlan.Linked(shown, null, "too many runbooks to show; see `gert plan " + file + "`");
        }
        Map<String, String> handed = new LinkedHashMap<>();
        Map<String, String> source = new LinkedHashMap<>();
        for (Runbook.Variable variable : found.plan().runbook().vars()) {
            handed.put(variable.name(), variable.value());
            source.put(variable.name(), "meta.vars");
        }
        for (Step.Argument input : inputs) {
            if (OpenWords.of(input.value(), scope) instanceof OpenWord.Known value) {
                handed.put(input.name(), value.text());
            } else {
                handed.remove(input.name());
            }
            source.put(input.name(), "parent");
        }
        return new RunPlan.Linked(shown, new RunPlanMaker(found.plan(), handed, source, written).make(), "");
    }

    private List<String> command(Step step) {
        if (step instanceof Step.CliStep cli) {
            return words(cli.argv());
        }
        List<String> words = new ArrayList<>();
        if (step instanceof Step.ToolStep tool) {
            words.add(tool.tool() + ":" + tool.action());
            arguments(tool.args(), words);
        } else if (step instanceof Step.InvokeStep invoke) {
            words.add(shown(invoke.runbook()));
            arguments(invoke.inputs(), words);
        } else if (step instanceof Step.XtsStep xts) {
            words.add("xts:" + xts.mode().name().toLowerCase(Locale.ROOT));
            arguments(xts.texts(), words);
        } else if (step instanceof Step.AwsStep aws) {
            words.add(shown(aws.service().value()) + ":" + shown(aws.operation().value()));
        }
        return words;
    }

    private void arguments(List<Step.Argument> arguments, List<String> words) {
        for (Step.Argument argument : arguments) {
            words.add(argument.name() + "=" + shown(argument.value()));
        }
    }

    private List<String> words(List<Template> argv) {
        List<String> words = new ArrayList<>();
        for (Template word : argv) {
            words.add(shown(word));
        }
        return words;
    }

    /** With the values that are known; what is open stays as it was written. */
    private String shown(Template template) {
        StringBuilder text = new StringBuilder();
        for (Part part : template.parts(scope)) {
            text.append(part instanceof Part.Known known ? known.text() : ((Part.Open) part).source());
        }
        return safe(text.toString());
    }

    private String safe(@Nullable String text) {
        return text == null ? "" : redactor.safe(text).text();
    }
}

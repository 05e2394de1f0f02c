package dev.gert.cli;

import dev.gert.dispatch.replay.DryDispatcher;
import dev.gert.engine.Decider;
import dev.gert.engine.RunState;
import dev.gert.engine.RunTree;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.Programs;
import dev.gert.event.RunEvent;
import dev.gert.expr.NameUse;
import dev.gert.plan.BuiltIns;
import dev.gert.plan.NodeNames;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.policy.Redaction;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.Gateway;
import dev.gert.runtime.RunParts;
import dev.gert.scenario.LinkedInputs;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the runs of a dry-run are made of: the decider that stops at what is not known, and a gateway to nothing. */
final class DryRunParts implements RunParts {
    private final Wiring wiring;
    private final Programs programs;
    private final Clock clock;
    private final RunTree tree;
    private final @Nullable Dispatcher reads;
    private final SessionParts like;
    private final DerivedIds ids = new DerivedIds();
    private final Set<String> executed = new LinkedHashSet<>();

    /** {@code reads}: what runs believed reads; null: nothing does. {@code like}: whose first records these have. */
    DryRunParts(
            Wiring wiring,
            Programs programs,
            Clock clock,
            RunTree tree,
            @Nullable Dispatcher reads,
            SessionParts like) {
        this.wiring = wiring;
        this.programs = programs;
        this.clock = clock;
        this.tree = tree;
        this.reads = reads;
        this.like = like;
    }

    /** The steps that were really run, each as run and address with a blank between. */
    Set<String> executed() {
        return executed;
    }

    Decider decider(Plan plan) {
        return Decider.dry(plan, wiring.redaction(plan), ids::token);
    }

    @Override
    public boolean sideBySide() {
        return false;
    }

    @Override
    public Parts parts(Plan plan, String run) {
        Redaction redactor = wiring.redaction(plan);
        Gateway gateway = new Gateway(
                plan.policy(),
                redactor,
                wiring.redaction()::hide,
                programs,
                new DryDispatcher(plan),
                wiring.projectRoot(),
                clock,
                ids,
                run,
                () -> "");
        if (reads != null) {
            gateway.readsBy(reads, order -> isKnown(plan, order));
        }
        return new Parts(decider(plan), gateway, redactor);
    }

    /** A command that every word of is known, and that a dispatcher of commands alone can run. */
    private boolean isKnown(Plan plan, Dispatcher.Order order) {
        PlanStep node = plan.step(order.step());
        RunState state = tree.runs().get(order.run());
        if (order.interactive() || order.call() != null || node == null || state == null) {
            return false;
        }
        for (NameUse use : NodeNames.before(node)) {
            String name = use.name();
            boolean made = name.equals(BuiltIns.IDEMPOTENCY_TOKEN) || name.equals(BuiltIns.ITERATION);
            boolean item = !state.values().containsKey(name) && order.step().contains(".iterate#");
            if (!made && !item && !state.values().containsKey(name)) {
                return false;
            }
            if (item && !isItem(plan, order.step(), name)) {
                return false;
            }
        }
        executed.add(order.run() + " " + order.step());
        return true;
    }

    /** Whether a loop around the step calls its items so: where its body runs, they are known. */
    private static boolean isItem(Plan plan, String address, String name) {
        for (int at = address.indexOf(".iterate#"); at >= 0; at = address.indexOf(".iterate#", at + 1)) {
            boolean named = plan.node(address.substring(0, at)) instanceof PlanLoop loop
                    && loop.each() != null
                    && loop.each().as().equals(name);
            if (named) {
                return true;
            }
        }
        return false;
    }

    @Override
    public RunEvent.RunStarted started(Plan plan) {
        return like.started(plan);
    }

    /** Nobody is asked: what has no value is left out. */
    @Override
    public Inputs inputs(Plan plan, Map<String, Captured> given) {
        return new LinkedInputs(plan, wiring.redaction(plan), wiring.redaction()::hide).of(given, false);
    }
}

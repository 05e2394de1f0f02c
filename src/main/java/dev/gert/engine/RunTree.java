package dev.gert.engine;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.model.Step;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanParallel;
import dev.gert.plan.PlanStep;
import dev.gert.plan.Surroundings;
import dev.gert.source.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runs of one folder: the first, and those that it led to. The fold of all its records. */
public final class RunTree {
    private final RunState root;
    private final Map<String, RunState> runs = new LinkedHashMap<>();
    private final Map<String, RunEvent.RunLinked> links = new LinkedHashMap<>();
    private final Map<String, RunState> parents = new LinkedHashMap<>();
    private String rootId = "";
    private int dispatches;
    private boolean narrowed;
    private boolean otherPolicy;
    private Set<String> accepted = Set.of();

    public RunTree(Plan plan) {
        this.root = new RunState(plan);
    }

    /** Today's policy was met with the one that the runs began under, so no digest of it is that of then. */
    public RunTree narrowed(boolean so) {
        narrowed = so;
        return this;
    }

    /** The files that were changed since a run began with them, and that a person accepted. */
    public RunTree accepting(Set<String> files) {
        accepted = Set.copyOf(files);
        return this;
    }

    /** Whether a run that another led to began under another policy than that of its plan. */
    public boolean otherPolicy() {
        return otherPolicy;
    }

    /**
     * Takes in one record of any of the runs.
     *
     * @throws IllegalRecordException when no run of these plans can have written it at this point
     */
    public void evolve(Envelope record) {
        if (rootId.isEmpty()) {
            rootId = record.run();
            runs.put(rootId, root);
        }
        RunState state = runs.get(record.run());
        if (state == null) {
            throw new IllegalRecordException("no run led to " + record.run());
        }
        RunEvent event = record.event();
        if (event instanceof RunEvent.RunStarted started && state != root) {
            String then = started.runbook().sha256();
            boolean same = then.isEmpty()
                    || then.equals(state.plan().runbook().source().sha256());
            if (!same && !accepted.contains(started.runbook().file())) {
                throw new IllegalRecordException(started.runbook().file() + " is not what the run went on with");
            }
            String policy = started.policySha256();
            otherPolicy |= !policy.isEmpty()
                    && !narrowed
                    && !policy.equals(Sha256.hex(state.plan().policy().canonical()));
        }
        if (event instanceof RunEvent.RunResumed) {
            for (RunState each : runs.values()) {
                each.evolve(record);
            }
            return;
        }
        state.evolve(record);
        if (event instanceof RunEvent.Dispatched) {
            dispatches++;
        } else if (event instanceof RunEvent.RunLinked linked) {
            link(state, linked);
        } else if (event instanceof RunEvent.StepRetried) {
            reopen(record.run());
        }
    }

    /** Steps that waited for the run, or for one that led to it, wait again. */
    private void reopen(String run) {
        RunEvent.RunLinked link = links.get(run);
        RunState parent = parents.get(run);
        if (link == null || parent == null) {
            return;
        }
        if (link.kind().equals("invoke")) {
            parent.waitAgain(link.step());
        }
        reopen(parent.run());
    }

    /**
     * The step that can be made again, by its id or address: one that the run ended with an error because of.
     * Null where there is none; of several with that name the last.
     */
    public @Nullable Doubtful failed(String named) {
        Doubtful found = null;
        for (Map.Entry<String, RunState> each : runs.entrySet()) {
            RunState state = each.getValue();
            for (String address : state.begun().keySet()) {
                PlanStep node = state.plan().step(address);
                if (node == null || node.isProbe()) {
                    continue;
                }
                boolean meant = address.equals(named) || node.step().id().equals(named);
                if (meant && state.isFailure(address) && state.phase(address) != StepPhase.PASSED) {
                    found = new Doubtful(each.getKey(), state, new EngineEffect.Place(node, address));
                }
            }
        }
        return found;
    }

    /** Why that step can't be made again, or null: it can. */
    public @Nullable String obstacle(Doubtful step) {
        String address = step.place().address();
        StepPhase phase = step.state().phase(address);
        if (phase == StepPhase.DENIED) {
            return "somebody said no, and one no is final";
        }
        if (step.place().node().step() instanceof Step.InvokeStep
                && step.state().child(address) != null) {
            return "it failed because a step of the runbook that it invoked did: that one can be made again";
        }
        for (PlanNode node = step.place().node();
                node != null;
                node = node.block().owner()) {
            boolean ended = node instanceof PlanParallel sides
                    && (sides.node().failFast() || step.state().outcome() != null);
            if (ended) {
                return "it stands in a parallel whose other branches were ended";
            }
        }
        for (RunState state = step.state(); state != null; state = waiting(state)) {
            if (state.next() != null) {
                return "another runbook went on where its run ended";
            }
            RunState parent = waiting(state);
            if (parent != null && !parent.isFailure(first(state).step())) {
                return "the run went on after it";
            }
        }
        return null;
    }

    /** The record of the step that led to the run, or to the one that it goes on from. */
    private RunEvent.RunLinked first(RunState run) {
        RunEvent.RunLinked link = Objects.requireNonNull(links.get(run.run()));
        return link.kind().equals("invoke") ? link : first(Objects.requireNonNull(parents.get(run.run())));
    }

    /** The run of which a step waits for this one, or for one that led to it; or null. */
    private @Nullable RunState waiting(RunState run) {
        RunEvent.RunLinked link = links.get(run.run());
        RunState parent = parents.get(run.run());
        return link == null || parent == null || link.kind().equals("invoke") ? parent : waiting(parent);
    }

    private void link(RunState parent, RunEvent.RunLinked linked) {
        Surroundings.Link link = parent.plan().link(linked.reference());
        if (!(link instanceof Surroundings.Link.Found found)) {
            throw new IllegalRecordException(
                    "the runbook `" + linked.reference() + "` " + ((Surroundings.Link.Missing) link).reason());
        }
        RunState child = new RunState(found.plan());
        runs.put(linked.child(), child);
        links.put(linked.child(), linked);
        parents.put(linked.child(), parent);
        parent.adopt(linked.child(), child);
    }

    public RunState root() {
        return root;
    }

    /** Every run by its id, in the order in which they were begun. */
    public Map<String, RunState> runs() {
        return runs;
    }

    /** The record that led to the run with that id; null for the first. */
    public RunEvent.@Nullable RunLinked link(String run) {
        return links.get(run);
    }

    /** The run that led to the run with that id; null for the first. */
    public @Nullable RunState parent(String run) {
        return parents.get(run);
    }

    /** The id of the next run that one of these leads to. */
    public String nextId() {
        return rootId + "." + (runs.size() + 1);
    }

    /** How many dispatches the runs have made. */
    public int dispatches() {
        return dispatches;
    }

    /** How the last run of the chain ended; null while it goes on. */
    public RunEvent.@Nullable RunCompleted completed() {
        return Children.last(root).completed();
    }

    /** A step of any of the runs that may have had its effect and of which nobody said so yet, or null. */
    public @Nullable Doubtful inDoubt() {
        for (Map.Entry<String, RunState> each : runs.entrySet()) {
            EngineEffect.Place place = each.getValue().inDoubt();
            if (place != null) {
                return new Doubtful(each.getKey(), each.getValue(), place);
            }
        }
        return null;
    }

    /** A step of which nobody knows what came of it. */
    public record Doubtful(String run, RunState state, EngineEffect.Place place) {}
}

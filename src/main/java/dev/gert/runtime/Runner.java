package dev.gert.runtime;

import dev.gert.engine.EngineEffect;
import dev.gert.engine.IllegalRecordException;
import dev.gert.engine.RunState;
import dev.gert.engine.RunTree;
import dev.gert.engine.Session;
import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Ids;
import dev.gert.engine.port.JournalWriter;
import dev.gert.engine.port.Operator;
import dev.gert.engine.port.RunListener;
import dev.gert.engine.port.UnrecordedException;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.plan.Surroundings;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * The loop (design.md): decide, append the intent, perform, append the result, evolve, notify. Real
 * runs, replays and unit tests differ only in the parts that they hand in. One thread decides and
 * writes; what takes time side by side is done on others.
 */
public final class Runner {
    private final RunTree tree;
    private final RunParts makes;
    private final JournalWriter journal;
    private final Ids ids;
    private final String run;
    private final StopSignal stop;
    private final List<RunListener> listeners;
    private final People people;
    private final Pauses pauses;
    private final Allowance allowance;
    private final Budgets budgets = new Budgets();

    private final Map<String, RunParts.Parts> parts = new HashMap<>();
    private final Set<String> waited = new HashSet<>();
    private final Set<String> busy = new HashSet<>();
    /** What can't be gone on with in this session, in the order in which that was found. */
    private final Map<String, RunEnd> parked = new LinkedHashMap<>();

    private final LinkedBlockingQueue<Work> done = new LinkedBlockingQueue<>();

    public Runner(
            RunTree tree,
            RunParts makes,
            Approver approver,
            Operator operator,
            JournalWriter journal,
            Ids ids,
            Clock clock,
            String run,
            StopSignal stop,
            List<RunListener> listeners) {
        this.tree = tree;
        this.makes = makes;
        this.journal = journal;
        this.ids = ids;
        this.run = run;
        this.stop = stop;
        this.listeners = List.copyOf(listeners);
        this.people = new People(approver, operator);
        this.pauses = new Pauses(clock, stop);
        this.allowance = new Allowance(clock);
    }

    /**
     * Begins with {@code opening} (the first records of a new run, or the one that says that a run is
     * resumed) and goes on until the run or the session is over.
     */
    public RunEnd run(List<RunEvent> opening) {
        try {
            for (RunEvent event : opening) {
                append(run, event);
            }
            return loop();
        } catch (UnrecordedException e) {
            return new RunEnd.Unrecorded(e.getMessage() == null ? "the journal can't be written" : e.getMessage());
        }
    }

    private RunEnd loop() {
        while (true) {
            Work work = done.poll();
            if (work != null) {
                take(work);
                continue;
            }
            RunEvent.RunCompleted completed = tree.completed();
            if (completed != null && busy.isEmpty()) {
                return new RunEnd.Completed(completed.outcome(), worst(completed), completed.reason());
            }
            String signal = stop.raised();
            if (signal != null) {
                if (busy.isEmpty()) {
                    return interrupted(signal);
                }
                take(await());
                continue;
            }
            if (isOpening()) {
                continue;
            }
            List<Ahead> ahead = ahead();
            if (!ahead.isEmpty()) {
                perform(ahead.get(0), makes.sideBySide() && (ahead.size() > 1 || !busy.isEmpty()));
            } else if (!busy.isEmpty()) {
                take(await());
            } else if (!parked.isEmpty()) {
                if (stop.raised() == null) {
                    return left();
                }
            } else {
                throw new IllegalStateException("nothing is to be done, and the run is not over");
            }
        }
    }

    /** The worst of a chain: a cleaning step that failed in an earlier run is not forgotten. */
    private int worst(RunEvent.RunCompleted last) {
        int worst = last.exitCode();
        for (RunState state : tree.runs().values()) {
            RunEvent.RunCompleted ended = state.completed();
            boolean chained = state.next() != null;
            worst = ended != null && chained ? Math.max(worst, ended.exitCode()) : worst;
        }
        return worst;
    }

    /** Whether a run that another led to had no inputs yet, and was given them, or was left. */
    private boolean isOpening() {
        for (Map.Entry<String, RunState> each : tree.runs().entrySet()) {
            String id = each.getKey();
            RunState state = each.getValue();
            if (state.isReady() || state.completed() != null || parked.containsKey(id)) {
                continue;
            }
            RunEvent.RunLinked link = tree.link(id);
            RunState parent = tree.parent(id);
            boolean waits = link != null && link.kind().equals("chain");
            // What goes on where a run ended begins after that run's last record.
            if (parent != null && !(waits && parent.completed() == null)) {
                open(id, state);
                return true;
            }
        }
        return false;
    }

    private List<Ahead> ahead() {
        List<Ahead> ahead = new ArrayList<>();
        for (Map.Entry<String, RunState> each : new ArrayList<>(tree.runs().entrySet())) {
            String id = each.getKey();
            RunState state = each.getValue();
            if (parked.containsKey(id)) {
                continue;
            }
            RunParts.Parts made = parts.computeIfAbsent(id, i -> makes.parts(state.plan(), id));
            for (EngineEffect effect : made.decider().decide(state, session(id))) {
                ahead.add(new Ahead(id, state, made, effect));
            }
        }
        return ahead;
    }

    /** The first records of a run that another led to. */
    private void open(String id, RunState state) {
        RunEvent.RunLinked link = tree.link(id);
        if (link == null) {
            throw new IllegalStateException("the first run has no inputs");
        }
        for (Map.Entry<String, Captured> input : link.inputs().entrySet()) {
            if (input.getValue().raw() == null) {
                parked.put(
                        id,
                        new RunEnd.Pending(
                                link.step(),
                                link.step(),
                                "hands on `" + input.getKey()
                                        + "`, which was redacted in the journal, so its value is gone"));
                return;
            }
        }
        RunParts.Inputs inputs = makes.inputs(state.plan(), link.inputs());
        if (inputs instanceof RunParts.Inputs.Resolved resolved) {
            if (state.run().isEmpty()) {
                append(id, makes.started(state.plan()));
            }
            append(id, resolved.inputs());
        } else if (inputs instanceof RunParts.Inputs.Pending pending) {
            parked.put(
                    id, new RunEnd.Pending(link.step(), state.plan().runbook().name(), pending.reason()));
        } else if (inputs instanceof RunParts.Inputs.Wrong wrong) {
            if (state.run().isEmpty()) {
                append(id, makes.started(state.plan()));
            }
            append(id, new RunEvent.RunCompleted("error", 1, redactor(id).get().safe(wrong.reason())));
        } else {
            parked.put(
                    id, new RunEnd.Pending(link.step(), state.plan().runbook().name(), "was not answered"));
        }
    }

    private Session session(String id) {
        return new Session() {
            @Override
            public boolean busy(String address) {
                String key = key(id, address);
                return busy.contains(key) || parked.containsKey(key);
            }

            @Override
            public boolean waited(String address, int attempt) {
                return waited.contains(key(id, address) + "#" + attempt);
            }
        };
    }

    private static String key(String id, String address) {
        return id + " " + address;
    }

    private void perform(Ahead ahead, boolean beside) {
        EngineEffect effect = ahead.effect();
        if (effect instanceof EngineEffect.Append record) {
            for (RunEvent event : record.events()) {
                append(ahead.run(), event);
            }
        } else if (effect instanceof EngineEffect.Admit admit) {
            for (RunEvent event : ahead.parts().gateway().admit(admit)) {
                append(ahead.run(), event);
            }
        } else if (effect instanceof EngineEffect.Dispatch dispatch) {
            dispatch(ahead, dispatch, beside);
        } else if (effect instanceof EngineEffect.Approve approve) {
            String address = approve.place().address();
            RunEvent.AwaitingApproval awaiting = people.request(ahead, approve);
            append(ahead.run(), awaiting);
            start(ahead.run(), address, beside, () -> people.approve(ahead, approve, awaiting));
        } else if (effect instanceof EngineEffect.Operate operate) {
            String address = operate.place().address();
            append(ahead.run(), new RunEvent.AwaitingInput(address, operate.attempt(), operate.instructions()));
            start(ahead.run(), address, beside, () -> people.operate(ahead, operate));
        } else if (effect instanceof EngineEffect.Wait wait) {
            String address = wait.place().address();
            waited.add(key(ahead.run(), address) + "#" + wait.attempt());
            long millis = Math.min(wait.millis(), Math.max(0, allowance.left(tree, ahead.run(), address)));
            allowance.begin(tree, ahead.run(), key(ahead.run(), address));
            start(ahead.run(), address, beside, () -> pauses.pass(ahead.run(), address, millis));
        } else if (effect instanceof EngineEffect.Simulate simulate) {
            append(ahead.run(), ahead.parts().gateway().simulate(simulate));
        } else if (effect instanceof EngineEffect.Link link) {
            link(ahead, link);
        } else if (effect instanceof EngineEffect.Lost lost) {
            park(
                    ahead.run(),
                    new RunEnd.Pending(
                            lost.place().address(),
                            lost.place().node().step().id(),
                            "reads `" + lost.name() + "`, which was redacted in the journal, so its value is gone;"
                                    + " start the run again"));
        } else if (effect instanceof EngineEffect.Unknown unknown) {
            String names = String.join(", ", unknown.names());
            park(ahead.run(), new RunEnd.Pending(unknown.address(), unknown.address(), "depends on " + names));
        } else if (effect instanceof EngineEffect.Doubt doubt) {
            String address = doubt.place().address();
            park(
                    ahead.run(),
                    new RunEnd.InDoubt(
                            address,
                            doubt.place().node().step().id(),
                            ahead.state().pid(address)));
        }
    }

    private void dispatch(Ahead ahead, EngineEffect.Dispatch dispatch, boolean beside) {
        String address = dispatch.place().address();
        String obstacle = ahead.parts().gateway().obstacle(dispatch);
        if (!obstacle.isEmpty()) {
            park(
                    ahead.run(),
                    new RunEnd.Pending(
                            address, dispatch.place().node().step().id(), "wants the terminal, and " + obstacle));
            return;
        }
        long most = allowance.left(tree, ahead.run(), address);
        if (most <= 0) {
            append(ahead.run(), late(ahead, address, dispatch.attempt()));
            return;
        }
        Gateway.Begun begun = ahead.parts()
                .gateway()
                .begin(dispatch, tree.dispatches() + 1, most, event -> append(ahead.run(), event));
        allowance.begin(tree, ahead.run(), key(ahead.run(), address));
        start(ahead.run(), address, beside, () -> {
            try (begun) {
                return new Work(ahead.run(), address, begun.perform(), null, null);
            }
        });
    }

    private RunEvent late(Ahead ahead, String address, int attempt) {
        return new RunEvent.StepCompleted(
                address,
                attempt,
                StepStatus.TIMED_OUT,
                null,
                Map.of(),
                ahead.parts().redactor().get().safe("the time of the step that invoked this runbook was over"),
                0);
    }

    /** Does it here when nothing else is to be done meanwhile, and on a thread of its own otherwise. */
    private void start(String id, String address, boolean beside, Supplier<Work> work) {
        if (!beside) {
            take(work.get());
            return;
        }
        busy.add(key(id, address));
        Thread thread = new Thread(
                () -> {
                    Work result;
                    try {
                        result = work.get();
                    } catch (RuntimeException | Error e) {
                        // Whoever waits for it would wait for ever.
                        result = new Work(id, address, List.of(), null, e);
                    }
                    done.add(result);
                },
                "step " + address);
        thread.setDaemon(true);
        thread.start();
    }

    private Work await() {
        while (true) {
            try {
                return done.take();
            } catch (InterruptedException e) {
                // what is under way has to be recorded all the same
            }
        }
    }

    private void take(Work work) {
        busy.remove(key(work.run(), work.address()));
        allowance.end(key(work.run(), work.address()));
        if (work.error() instanceof RuntimeException error) {
            throw error;
        } else if (work.error() instanceof Error error) {
            throw error;
        }
        for (RunEvent event : work.events()) {
            append(work.run(), event);
        }
        RunEnd left = work.left();
        if (left != null) {
            park(work.run(), left);
        }
    }

    private void park(String id, RunEnd end) {
        String address = end instanceof RunEnd.Pending pending
                ? pending.step()
                : end instanceof RunEnd.InDoubt doubt ? doubt.step() : "";
        parked.put(key(id, address), end);
    }

    /** The session is left because of the worst of what can't be gone on with. */
    private RunEnd left() {
        RunEnd worst = null;
        String owner = run;
        for (Map.Entry<String, RunEnd> each : parked.entrySet()) {
            if (worst == null || each.getValue() instanceof RunEnd.InDoubt && !(worst instanceof RunEnd.InDoubt)) {
                worst = each.getValue();
                int space = each.getKey().indexOf(' ');
                owner = space < 0 ? run : each.getKey().substring(0, space);
            }
        }
        if (worst instanceof RunEnd.InDoubt doubt) {
            append(owner, new RunEvent.RunPaused(doubt.step(), "in doubt"));
            return doubt;
        }
        RunEnd.Pending pending = (RunEnd.Pending) Objects.requireNonNull(worst);
        append(owner, new RunEvent.RunPaused(pending.step(), pending.reason()));
        return pending;
    }

    private void link(Ahead ahead, EngineEffect.Link link) {
        String address = link.place().address();
        RunState state = ahead.state();
        Surroundings.Link found = state.plan().link(link.reference());
        String reason = found instanceof Surroundings.Link.Missing missing ? missing.reason() : null;
        if (link.importsOnly() && !state.plan().isImport(link.reference())) {
            reason = "is not one of the runbook's imports, and a captured value can name nothing else";
        }
        boolean chain = link.last() != null;
        if (redactor(ahead.run()).get().safe(link.reference()).redacted()) {
            reason = "has a name that is redacted, and the record has to show it";
        }
        if (reason != null) {
            String said = "the runbook `" + link.reference() + "` " + reason;
            append(
                    ahead.run(),
                    chain
                            ? new RunEvent.NodeFailed(
                                    address, redactor(ahead.run()).get().safe(said))
                            : new RunEvent.StepCompleted(
                                    address,
                                    link.attempt(),
                                    StepStatus.FAILED,
                                    null,
                                    Map.of(),
                                    redactor(ahead.run()).get().safe(said),
                                    0));
            return;
        }
        append(
                ahead.run(),
                new RunEvent.RunLinked(
                        address,
                        link.attempt(),
                        chain ? "chain" : "invoke",
                        tree.nextId(),
                        link.reference(),
                        link.inputs()));
        RunEvent.RunCompleted last = link.last();
        if (last != null) {
            append(ahead.run(), last);
        }
    }

    private Supplier<Redactor> redactor(String id) {
        RunState state = Objects.requireNonNull(tree.runs().get(id));
        return parts.computeIfAbsent(id, i -> makes.parts(state.plan(), id)).redactor();
    }

    /** What a signal left: a step that changes things and was ended in the middle is in doubt, and that weighs more. */
    private RunEnd interrupted(String signal) {
        RunTree.Doubtful doubtful = tree.inDoubt();
        if (doubtful == null) {
            append(run, new RunEvent.RunInterrupted(signal));
            return new RunEnd.Interrupted(signal);
        }
        String address = doubtful.place().address();
        long pid = doubtful.state().pid(address);
        append(
                doubtful.run(),
                new RunEvent.StepInDoubt(address, doubtful.state().attempt(address), pid));
        append(run, new RunEvent.RunInterrupted(signal));
        return new RunEnd.InDoubt(address, doubtful.place().node().step().id(), pid);
    }

    private void append(String id, RunEvent event) {
        String step = event.step();
        String span = step == null ? null : ids.span(id, step, event.attempt());
        Envelope envelope = journal.append(id, span, event);
        try {
            tree.evolve(envelope);
        } catch (IllegalRecordException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        for (RunListener listener : listeners) {
            listener.recorded(envelope);
        }
        RunEvent.Warning late = budgets.hear(tree, envelope, () -> redactor(id).get());
        if (late != null) {
            append(id, late);
        }
    }
}

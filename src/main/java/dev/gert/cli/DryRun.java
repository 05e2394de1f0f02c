package dev.gert.cli;

import dev.gert.dispatch.cli.CliDispatcher;
import dev.gert.dispatch.replay.DryDispatcher;
import dev.gert.dispatch.replay.SimulatedOperator;
import dev.gert.engine.EngineEffect;
import dev.gert.engine.RunState;
import dev.gert.engine.RunTree;
import dev.gert.engine.Session;
import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Programs;
import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanNode;
import dev.gert.policy.SafeText;
import dev.gert.projection.OpenEnd;
import dev.gert.projection.RunPlanMaker;
import dev.gert.render.DryRunJson;
import dev.gert.render.DryRunText;
import dev.gert.runtime.ChildEnvironment;
import dev.gert.runtime.CommandPath;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.RunEnd;
import dev.gert.runtime.Runner;
import dev.gert.runtime.Signals;
import dev.gert.runtime.Spawner;
import dev.gert.runtime.StopSignal;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.MemoryJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code gert run --mode dry-run}: the loop of a real run with a dispatcher that runs nothing, or with
 * {@code --dry-run-reads} the believed reads (design.md). Nobody is asked, nothing is written.
 */
final class DryRun {
    private static final String RUN = "dry-run";

    private final Wiring wiring;
    private final Arguments arguments;
    private final Plan plan;
    private final SystemClock clock;
    private final LeftOut left;

    DryRun(Wiring wiring, Arguments arguments, Plan plan, SystemClock clock, LeftOut left) {
        this.wiring = wiring;
        this.arguments = arguments;
        this.plan = plan;
        this.clock = clock;
        this.left = left;
    }

    /** {@code started}: the first record of the run; gives the exit code. */
    int go(RunEvent started) {
        RunInputs inputs = new RunInputs(wiring, arguments, plan).leaving(left);
        RunEvent.InputsResolved resolved = inputs.withoutAsking();
        if (resolved == null) {
            return inputs.exitCode();
        }
        if (!arguments.flag("--dry-run-reads")) {
            return rehearse((RunEvent.RunStarted) started, resolved, null);
        }
        Path folder;
        try {
            folder = Files.createTempDirectory("gert-dry-run-");
        } catch (IOException e) {
            wiring.io()
                    .error("no folder for what the reads print can be made: " + e.getMessage(), "nothing was executed");
            return 6;
        }
        try {
            return rehearse((RunEvent.RunStarted) started, resolved, folder);
        } finally {
            delete(folder);
        }
    }

    /** {@code folder}: for what the reads print; null when nothing is executed. */
    private int rehearse(RunEvent.RunStarted started, RunEvent.InputsResolved inputs, @Nullable Path folder) {
        CommandPath path = wiring.commandPath();
        ProgramFinder finder = new ProgramFinder(path, wiring.projectRoot());
        Programs programs = name -> name.indexOf('<') < 0 ? finder.find(name) : new Programs.Found.NotSought();
        RunTree tree = new RunTree(plan);
        MemoryJournal journal = new MemoryJournal();
        StopSignal stop = wiring.stop();
        boolean json = arguments.choice("--output").equals("json");
        List<RunListener> listeners = json ? List.of(new JsonView(wiring.io())) : List.of();
        List<RunEvent> opening = new ArrayList<>(List.of(started));
        if (left.said() != null) {
            opening.add(left.said());
        }
        opening.add(inputs);
        RunEnd end;
        DryRunParts parts;
        try (Spawner spawner = new Spawner(new ChildEnvironment(
                wiring.environment(), path.text(), name -> plan.policy().withholdsEnvironment(name) != null))) {
            Signals.on(signal -> {
                stop.raise(signal);
                spawner.interruptAll();
            });
            CliDispatcher reads =
                    folder == null ? null : new CliDispatcher(spawner, finder, folder, order -> null, null);
            SessionParts like =
                    new SessionParts(wiring, programs, new DryDispatcher(plan), clock, false, started, new HashSet<>());
            parts = new DryRunParts(wiring, programs, clock, tree, reads, like);
            end = new Runner(
                            tree,
                            parts,
                            (question, request) -> new Approver.Answer.Granted("nobody", "simulated"),
                            new SimulatedOperator(Map.of()),
                            journal,
                            new DerivedIds(),
                            new NoWaiting(clock),
                            RUN,
                            stop,
                            listeners)
                    .run(opening);
        }
        List<OpenEnd> ends = ends(tree, parts);
        int code = exitCode(end, journal.records());
        Io io = wiring.io();
        if (json) {
            io.out(DryRunJson.render(ends, code));
        } else {
            io.out()
                    .print(DryRunText.render(
                            journal.records(),
                            ends,
                            folder != null,
                            parts.executed(),
                            arguments.verbose(),
                            io.facts().unicode()));
        }
        return io.verdict(code);
    }

    private static int exitCode(RunEnd end, List<Envelope> records) {
        for (Envelope record : records) {
            if (record.event() instanceof RunEvent.StepBlocked) {
                return 4;
            }
        }
        return end instanceof RunEnd.Pending ? Cli.OK : end.exitCode();
    }

    private static List<OpenEnd> ends(RunTree tree, DryRunParts parts) {
        List<OpenEnd> ends = new ArrayList<>();
        for (Map.Entry<String, RunState> each : tree.runs().entrySet()) {
            RunState state = each.getValue();
            if (!state.isReady() || state.completed() != null) {
                continue;
            }
            for (EngineEffect effect : parts.decider(state.plan()).decide(state, Session.idle())) {
                PlanNode node = effect instanceof EngineEffect.Unknown unknown
                        ? state.plan().node(unknown.address())
                        : null;
                if (node != null && effect instanceof EngineEffect.Unknown unknown) {
                    boolean begun = node instanceof PlanLoop loop
                            ? loop.until() != null
                            : state.phase(unknown.address()).isFinal();
                    ends.add(new OpenEnd(
                            each.getKey(),
                            state.plan().runbook().name(),
                            unknown.address(),
                            unknown.names(),
                            RunPlanMaker.ahead(state.plan(), known(state), node, begun)));
                }
            }
        }
        return ends;
    }

    /** The values that may be shown. */
    private static Map<String, String> known(RunState state) {
        Map<String, String> known = new LinkedHashMap<>();
        state.values().forEach((name, value) -> {
            SafeText shown = value.shown();
            if (!shown.redacted()) {
                known.put(name, shown.text());
            }
        });
        return known;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = new ArrayList<>(files.toList());
            for (int i = all.size() - 1; i >= 0; i--) {
                Files.deleteIfExists(all.get(i));
            }
        } catch (IOException e) {
            // it is in the system's folder for such files, which is emptied by others
        }
    }

    /** The time as it is; nothing is waited for. */
    private record NoWaiting(Clock clock) implements Clock {
        @Override
        public long epochMicros() {
            return clock.epochMicros();
        }

        @Override
        public long nanos() {
            return clock.nanos();
        }

        @Override
        public void sleep(long millis, BooleanSupplier cut) {
            // a dry-run waits for nothing
        }
    }
}

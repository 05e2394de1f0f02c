package dev.gert.engine;

import dev.gert.decode.RunbookDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.JournalWriter;
import dev.gert.engine.port.Operator;
import dev.gert.engine.port.Programs;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.model.Runbook;
import dev.gert.plan.Plan;
import dev.gert.plan.Planner;
import dev.gert.plan.Surroundings;
import dev.gert.policy.Captured;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Redactor;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.Gateway;
import dev.gert.runtime.RunEnd;
import dev.gert.runtime.RunParts;
import dev.gert.runtime.Runner;
import dev.gert.runtime.StopSignal;
import dev.gert.source.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run over parts in memory: what the dispatcher is given is written down, and answers are scripted. */
public final class EngineFixture {
    public final Plan plan;
    public final List<Envelope> records = new ArrayList<>();
    public final List<String> performed = new ArrayList<>();
    public StopSignal stop = new StopSignal();
    public Function<Dispatcher.Order, Dispatcher.Result> result =
            order -> new Dispatcher.Result.Exited(0, "", "", null, null);
    public Function<Approver.Question, Approver.Answer> approver =
            q -> new Approver.Answer.Granted("ann", "acknowledge");
    public Function<Operator.Task, Operator.Answer> operator = t -> new Operator.Answer.Done();
    public final Map<String, Captured> inputs = new LinkedHashMap<>();
    /** The journal throws instead of writing this many-th record; -1: never. */
    public int dieBefore = -1;

    /** A crash: the process is gone at this point. */
    public static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private EngineFixture(Plan plan) {
        this.plan = plan;
    }

    public static EngineFixture of(String runbook, @Nullable String policy) {
        return of(runbook, policy, Surroundings.none());
    }

    public static EngineFixture of(String runbook, @Nullable String policy, Surroundings surroundings) {
        Diagnostics diagnostics = new Diagnostics();
        Runbook decoded = RunbookDecoder.decode(Source.of("x.runbook.yaml", runbook), diagnostics);
        PolicyLayer layer = policy == null
                ? PolicyLayer.builtInFloor()
                : PolicyLayer.read(Source.of("governance.yaml", policy), diagnostics);
        Plan plan = decoded == null || layer == null
                ? null
                : Planner.plan(decoded, Policy.meet(List.of(layer)), surroundings, diagnostics);
        if (plan == null) {
            throw new AssertionError(diagnostics.sorted().toString());
        }
        return new EngineFixture(plan);
    }

    public RunState fold() {
        return tree().root();
    }

    public RunTree tree() {
        RunTree tree = new RunTree(plan);
        records.forEach(tree::evolve);
        return tree;
    }

    public RunEnd start() {
        plan.runbook().vars().forEach(v -> inputs.putIfAbsent(v.name(), Captured.recorded(v.value(), false)));
        return run(List.of(
                new RunEvent.RunStarted(
                        "x",
                        new RunEvent.FileDigest("x.runbook.yaml", "0"),
                        List.of(),
                        "0",
                        "real",
                        "ann",
                        "ann",
                        "host",
                        null,
                        "0",
                        null,
                        "/",
                        "/",
                        "2026-01-01T00:00:00Z",
                        "2026-01-01T04:00:00Z",
                        List.of()),
                new RunEvent.InputsResolved(inputs, Map.of())));
    }

    /** A new process has no signal pending. */
    public void freshProcess() {
        stop = new StopSignal();
    }

    public RunEnd resume() {
        return run(List.of(new RunEvent.RunResumed("ann", "host", 0)));
    }

    private RunEnd run(List<RunEvent> opening) {
        Redactor redactor = plan.policy().redactor();
        DerivedIds ids = new DerivedIds();
        Clock clock = new Clock() {
            @Override
            public long epochMicros() {
                return 0;
            }

            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public void sleep(long millis, java.util.function.BooleanSupplier cut) {}
        };
        JournalWriter journal = (run, span, event) -> {
            if (records.size() == dieBefore) {
                throw new Died();
            }
            Envelope envelope = new Envelope(records.size(), "2026-01-01T00:00:00.000000Z", run, span, event);
            records.add(envelope);
            return envelope;
        };
        Dispatcher dispatcher = order -> new Dispatcher.Prepared() {
            @Override
            public long pid() {
                return 42;
            }

            @Override
            public Dispatcher.Result perform() {
                performed.add(order.stepId());
                return result.apply(order);
            }

            @Override
            public void close() {}
        };
        RunParts makes = new RunParts() {
            @Override
            public Parts parts(Plan of, String run) {
                return new Parts(
                        new Decider(of, () -> redactor, ids::token, false),
                        new Gateway(
                                of.policy(),
                                () -> redactor,
                                secrets -> {},
                                name -> new Programs.Found.NotSought(),
                                dispatcher,
                                Path.of("/"),
                                clock,
                                ids,
                                run,
                                () -> ""),
                        () -> redactor);
            }

            @Override
            public RunEvent.RunStarted started(Plan of) {
                return new RunEvent.RunStarted(
                        of.runbook().name(),
                        new RunEvent.FileDigest("child", ""),
                        List.of(),
                        "0",
                        "real",
                        "ann",
                        "ann",
                        "host",
                        null,
                        "0",
                        null,
                        "/",
                        "/",
                        null,
                        null,
                        List.of());
            }

            @Override
            public Inputs inputs(Plan of, Map<String, Captured> given) {
                Map<String, Captured> values = new LinkedHashMap<>();
                of.runbook().vars().forEach(v -> values.put(v.name(), Captured.recorded(v.value(), false)));
                values.putAll(given);
                return new Inputs.Resolved(new RunEvent.InputsResolved(values, Map.of()));
            }
        };
        return new Runner(
                        tree(),
                        makes,
                        q -> approver.apply(q),
                        t -> operator.apply(t),
                        journal,
                        ids,
                        clock,
                        "run",
                        stop,
                        List.of())
                .run(opening);
    }

    /** The wire names of the records, with the step and what it came to. */
    public List<String> story() {
        List<String> story = new ArrayList<>();
        for (Envelope record : records) {
            RunEvent event = record.event();
            String line = event.type() == null ? "?" : event.type().wire();
            if (event.step() != null) {
                line += " " + event.step();
            }
            if (event instanceof RunEvent.StepCompleted completed) {
                line += " " + completed.status().word();
            } else if (event instanceof RunEvent.PolicyDecided decided) {
                line += " " + decided.decision();
            } else if (event instanceof RunEvent.RunCompleted completed) {
                line += " " + completed.outcome() + " " + completed.exitCode();
            }
            story.add(line);
        }
        return story;
    }
}

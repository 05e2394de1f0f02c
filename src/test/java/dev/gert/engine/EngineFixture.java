package dev.gert.engine;

import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.JournalWriter;
import dev.gert.engine.port.Operator;
import dev.gert.engine.port.Programs;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.EventCodec;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.plan.Plan;
import dev.gert.plan.Surroundings;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.Gateway;
import dev.gert.runtime.RunEnd;
import dev.gert.runtime.RunParts;
import dev.gert.runtime.Runner;
import dev.gert.runtime.StopSignal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A run over parts in memory: what the dispatcher is given is written down, and answers are scripted. */
public final class EngineFixture {
    public final Plan plan;
    public final List<Envelope> records = new ArrayList<>();
    public final List<String> performed = Collections.synchronizedList(new ArrayList<>());
    public StopSignal stop = new StopSignal();
    public Function<Dispatcher.Order, Dispatcher.Result> result =
            order -> new Dispatcher.Result.Exited(0, "", "", null, null);
    public Function<Approver.Question, Approver.Answer> approver =
            q -> new Approver.Answer.Granted("ann", "acknowledge");
    public Function<Operator.Task, Operator.Answer> operator = t -> new Operator.Answer.Done();
    public final Map<String, Captured> inputs = new LinkedHashMap<>();
    /** What was waited for, in milliseconds. */
    public final List<Long> waits = Collections.synchronizedList(new ArrayList<>());
    /** The time of each dispatch as it was ordered, in milliseconds. */
    public final Map<String, Long> ordered = Collections.synchronizedMap(new LinkedHashMap<>());
    /** Time, which only what is scripted lets pass. */
    public final AtomicLong micros = new AtomicLong();
    /** The journal throws instead of writing this many-th record; -1: never. */
    public int dieBefore = -1;

    private volatile boolean died;

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
        return new EngineFixture(Kin.plan(runbook, Kin.layers(policy), surroundings));
    }

    /** {@code others}: the runbooks that it leads to, by what they are called. */
    public static EngineFixture of(
            String runbook, @Nullable String policy, Map<String, String> others, boolean upstream) {
        return new EngineFixture(Kin.plan(runbook, Kin.layers(policy), others, upstream));
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
                        "",
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
                        List.of(),
                        null,
                        null,
                        List.of()),
                new RunEvent.InputsResolved(inputs, Map.of())));
    }

    /** A new process has no signal pending. */
    public void freshProcess() {
        stop = new StopSignal();
    }

    /** What a new process knows of the run: what the journal's bytes say. */
    public void reread() {
        synchronized (records) {
            for (int i = 0; i < records.size(); i++) {
                Envelope record = records.get(i);
                StringBuilder text = new StringBuilder();
                EventCodec.write(record.event(), JsonWriter.compact(text));
                JsonValue data = ((JsonResult.Ok) JsonReader.read(text.toString())).value();
                EventCodec.Decoded decoded =
                        EventCodec.read(EventCodec.wireType(record.event()), (JsonValue.MapValue) data);
                RunEvent event = ((EventCodec.Decoded.Event) decoded).event();
                records.set(i, new Envelope(record.seq(), record.time(), record.run(), record.span(), event));
            }
        }
    }

    public RunEnd resume() {
        return run(List.of(new RunEvent.RunResumed("ann", "host", 0, null)));
    }

    private RunEnd run(List<RunEvent> opening) {
        AtomicBoolean dead = new AtomicBoolean();
        DerivedIds ids = new DerivedIds();
        Clock clock = new Clock() {
            @Override
            public long epochMicros() {
                return micros.get();
            }

            @Override
            public long nanos() {
                return micros.get() * 1000;
            }

            @Override
            public void sleep(long millis, java.util.function.BooleanSupplier cut) {
                waits.add(millis);
                micros.addAndGet(millis * 1000);
            }
        };
        JournalWriter journal = (run, span, event) -> {
            synchronized (records) {
                if (records.size() == dieBefore) {
                    died = true;
                    dead.set(true);
                    records.notifyAll();
                    throw new Died();
                }
                Envelope envelope = new Envelope(records.size(), time(), run, span, event);
                records.add(envelope);
                records.notifyAll();
                return envelope;
            }
        };
        Dispatcher dispatcher = order -> new Dispatcher.Prepared() {
            @Override
            public long pid() {
                return 42;
            }

            @Override
            public Dispatcher.Result perform() {
                synchronized (records) {
                    if (dead.get()) {
                        throw new Died();
                    }
                    performed.add(order.stepId());
                }
                ordered.put(order.stepId(), order.timeoutMillis());
                return result.apply(order);
            }

            @Override
            public void close() {}
        };
        RunParts makes = new RunParts() {
            @Override
            public Parts parts(Plan of, String run) {
                Redactor redactor = of.policy().redactor();
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
                        "",
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
                        List.of(),
                        null,
                        null,
                        List.of());
            }

            @Override
            public Inputs inputs(Plan of, Map<String, Captured> given) {
                return Kin.inputs(of, given);
            }
        };
        return new Runner(
                        tree(),
                        makes,
                        (q, request) -> approver.apply(q),
                        t -> operator.apply(t),
                        journal,
                        ids,
                        clock,
                        "run",
                        stop,
                        List.of())
                .run(opening);
    }

    private String time() {
        return Instant.EPOCH.plus(micros.get(), ChronoUnit.MICROS).toString();
    }

    /** Waits until a record is there, in a process that did not die; fails rather than to wait for ever. */
    public void await(Predicate<RunEvent> wanted) {
        long guard = System.nanoTime() + 20_000_000_000L;
        synchronized (records) {
            while (!died && records.stream().noneMatch(record -> wanted.test(record.event()))) {
                if (System.nanoTime() > guard) {
                    throw new AssertionError("never recorded; there is " + story());
                }
                try {
                    records.wait(100);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
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

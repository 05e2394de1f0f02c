package dev.gert.scenario;

import dev.gert.engine.Decider;
import dev.gert.engine.RunTree;
import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.Ids;
import dev.gert.engine.port.Operator;
import dev.gert.engine.port.Programs;
import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.plan.BuiltIns;
import dev.gert.plan.Plan;
import dev.gert.policy.Captured;
import dev.gert.policy.Redaction;
import dev.gert.policy.Redactor;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.Gateway;
import dev.gert.runtime.RunEnd;
import dev.gert.runtime.RunParts;
import dev.gert.runtime.Runner;
import dev.gert.runtime.StopSignal;
import dev.gert.source.Sha256;
import dev.gert.source.Source;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A run of the same {@link Runner} as a real one, in memory: no program is looked for, nobody is
 * asked, time stands still, and manual steps are done at once (formats.md, section 4).
 */
final class Rehearsal {
    static final String RUN = "00000000T000000Z-00000000";
    static final String ACTOR = "test";

    /** How words of a rehearsal differ from each other. */
    enum Mode {
        UNIT("test"),
        REPLAY("replay");

        private final String word;

        Mode(String word) {
            this.word = word;
        }
    }

    private final Plan plan;
    private final Path projectRoot;
    private String run = RUN;
    private long micros;
    private RunEvent.@Nullable RunStarted first;
    private List<RunListener> listeners = List.of();

    Rehearsal(Plan plan, Path projectRoot) {
        this.plan = plan;
        this.projectRoot = projectRoot;
    }

    /** The time at which it stands still, in microseconds since the epoch. */
    Rehearsal at(long time) {
        micros = time;
        return this;
    }

    /** Is listened to. */
    Rehearsal heardBy(RunListener listener) {
        listeners = List.of(listener);
        return this;
    }

    /** Begins with that record, under the id of a replay, and is listened to. */
    Rehearsal shown(RunEvent.RunStarted record, List<RunListener> by) {
        run = ScenarioReplay.RUN;
        first = record;
        listeners = by;
        return this;
    }

    /**
     * What came of it.
     *
     * @param records of the run, and of those that it led to, from {@code run_started} on
     * @param redactor of the first run, with all that had to be hidden by its end
     */
    record Came(List<Envelope> records, Redactor redactor, RunEnd end) {}

    Came run(Mode mode, RehearsalInputs inputs, Dispatcher dispatcher, Approver approver, Operator operator) {
        MemoryJournal journal = new MemoryJournal();
        Parts makes = new Parts(mode, inputs, dispatcher);
        Runner runner = new Runner(
                new RunTree(plan),
                makes,
                approver,
                operator,
                journal,
                makes.ids,
                makes.clock,
                run,
                new StopSignal(),
                listeners);
        RunEnd end =
                runner.run(List.of(makes.started(plan), new RunEvent.InputsResolved(inputs.values(), inputs.from())));
        return new Came(journal.records(), makes.redaction.get(), end);
    }

    /** What the runs of a rehearsal are made of. */
    private final class Parts implements RunParts {
        private final Mode mode;
        private final Dispatcher dispatcher;
        private final Clock clock = new StoppedClock(micros);
        private final Ids ids = new DerivedIds();
        private final Redaction redaction = new Redaction(plan.policy().redactor());
        private final Map<String, Captured> given;

        Parts(Mode mode, RehearsalInputs inputs, Dispatcher dispatcher) {
            this.mode = mode;
            this.dispatcher = dispatcher;
            this.given = inputs.values();
            redaction.hide(inputs.secrets());
        }

        @Override
        public boolean sideBySide() {
            return false;
        }

        @Override
        public RunParts.Parts parts(Plan of, String run) {
            redaction.with(of.policy());
            Programs programs = name -> new Programs.Found.NotSought();
            return new RunParts.Parts(
                    mode == Mode.UNIT
                            ? new Decider(of, redaction, ids::token, true)
                            : Decider.replay(of, redaction, ids::token),
                    new Gateway(
                            of.policy(),
                            redaction,
                            redaction::hide,
                            programs,
                            dispatcher,
                            projectRoot,
                            clock,
                            ids,
                            run,
                            () -> ""),
                    redaction);
        }

        @Override
        public Inputs inputs(Plan of, Map<String, Captured> given) {
            return new LinkedInputs(of, redaction.with(of.policy()), redaction::hide).of(given, true);
        }

        @Override
        public RunEvent.RunStarted started(Plan of) {
            RunEvent.RunStarted like = first;
            if (like != null) {
                return of == plan ? like : child(of, like);
            }
            Captured incident = incident();
            return new RunEvent.RunStarted(
                    of.runbook().name(),
                    new RunEvent.FileDigest(of.runbook().source().name(), ""),
                    List.of(),
                    "",
                    mode.word,
                    actor(ACTOR),
                    ACTOR,
                    "",
                    incident == null ? null : incident.shown(),
                    "",
                    null,
                    projectRoot.toString(),
                    projectRoot.toString(),
                    given(BuiltIns.QUERY_START_TIME, query(0)),
                    given(BuiltIns.QUERY_END_TIME, query(4)),
                    List.of(),
                    null,
                    null,
                    List.of());
        }

        private RunEvent.RunStarted child(Plan of, RunEvent.RunStarted like) {
            Source source = of.runbook().source();
            Captured incident = incident();
            return new RunEvent.RunStarted(
                    of.runbook().name(),
                    new RunEvent.FileDigest(source.name(), source.sha256()),
                    like.policies(),
                    Sha256.hex(of.policy().canonical()),
                    like.mode(),
                    actor(like.actor()),
                    like.osUser(),
                    like.host(),
                    incident == null ? like.incident() : incident.shown(),
                    like.gertVersion(),
                    like.jarSha256(),
                    like.projectRoot(),
                    like.cwd(),
                    given(BuiltIns.QUERY_START_TIME, like.queryStart()),
                    given(BuiltIns.QUERY_END_TIME, like.queryEnd()),
                    List.of(),
                    null,
                    null,
                    List.of());
        }

        /** What a scenario says of the whole run holds for every run of it. */
        private @Nullable String given(String name, @Nullable String otherwise) {
            Captured value = plan.names().contains(name) ? null : given.get(name);
            return value == null ? otherwise : value.shown().text();
        }

        private String actor(String otherwise) {
            return Objects.requireNonNullElse(given(BuiltIns.ACTOR, otherwise), otherwise);
        }

        private @Nullable Captured incident() {
            return plan.names().contains(BuiltIns.INCIDENT_ID) ? null : given.get(BuiltIns.INCIDENT_ID);
        }
    }

    /** Without a time, that of the epoch and the hours after it; else now and the hours before. */
    private String query(int hours) {
        long seconds = Math.floorDiv(micros, 1_000_000L) + (micros == 0 ? hours : hours - 4) * 3600L;
        return Instant.ofEpochSecond(seconds).toString();
    }

    private static final class StoppedClock implements Clock {
        private final long micros;

        StoppedClock(long micros) {
            this.micros = micros;
        }

        @Override
        public long epochMicros() {
            return micros;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void sleep(long millis, BooleanSupplier cut) {
            // no time passes
        }
    }
}

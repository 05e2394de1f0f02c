package dev.gert.scenario;

import dev.gert.engine.Decider;
import dev.gert.engine.RunTree;
import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.Ids;
import dev.gert.engine.port.Operator;
import dev.gert.engine.port.Programs;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.model.InputPattern;
import dev.gert.model.Runbook;
import dev.gert.plan.Plan;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import dev.gert.runtime.Gateway;
import dev.gert.runtime.RunParts;
import dev.gert.runtime.Runner;
import dev.gert.runtime.StopSignal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

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

    Rehearsal(Plan plan, Path projectRoot) {
        this.plan = plan;
        this.projectRoot = projectRoot;
    }

    /** The records of the run, and of those that it leads to, from {@code run_started} on. */
    List<Envelope> run(Mode mode, RehearsalInputs inputs, Dispatcher dispatcher, Approver approver, Operator operator) {
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
                RUN,
                new StopSignal(),
                List.of());
        runner.run(List.of(makes.started(plan), new RunEvent.InputsResolved(inputs.values(), inputs.from())));
        return journal.records();
    }

    /** What the runs of a rehearsal are made of. */
    private final class Parts implements RunParts {
        private final Mode mode;
        private final RehearsalInputs inputs;
        private final Dispatcher dispatcher;
        private final Clock clock = new StoppedClock();
        private final Ids ids = new FixedIds();

        Parts(Mode mode, RehearsalInputs inputs, Dispatcher dispatcher) {
            this.mode = mode;
            this.inputs = inputs;
            this.dispatcher = dispatcher;
        }

        @Override
        public boolean sideBySide() {
            return false;
        }

        @Override
        public RunParts.Parts parts(Plan of, String run) {
            Redactor redactor = inputs.redactor();
            Programs programs = name -> new Programs.Found.NotSought();
            return new RunParts.Parts(
                    new Decider(of, () -> redactor, ids::token, mode == Mode.UNIT),
                    new Gateway(
                            of.policy(),
                            () -> redactor,
                            secrets -> {},
                            programs,
                            dispatcher,
                            projectRoot,
                            clock,
                            ids,
                            run,
                            () -> ""),
                    () -> redactor);
        }

        @Override
        public Inputs inputs(Plan of, Map<String, Captured> given) {
            Map<String, Captured> values = new LinkedHashMap<>();
            Map<String, String> from = new LinkedHashMap<>();
            for (Runbook.Variable variable : of.runbook().vars()) {
                Captured value = given.get(variable.name());
                values.put(variable.name(), value == null ? inputs.redactor().capture(variable.value()) : value);
                from.put(variable.name(), value == null ? "meta.vars" : "parent");
            }
            for (Runbook.Input input : of.runbook().inputs()) {
                Captured value = given.get(input.name());
                String otherwise = input.defaultValue();
                if (value == null && otherwise == null && input.required()) {
                    return new Inputs.Wrong(
                            "input `" + input.name() + "` of `" + of.runbook().name() + "` has no value");
                }
                if (value != null || otherwise != null) {
                    Captured used =
                            value == null ? inputs.redactor().capture(Objects.requireNonNull(otherwise)) : value;
                    String raw = used.raw();
                    InputPattern pattern = input.pattern();
                    if (pattern != null && raw != null && !pattern.regex().find(raw)) {
                        return new Inputs.Wrong("the value of `" + input.name() + "` does not match its pattern");
                    }
                    values.put(input.name(), used);
                    from.put(input.name(), value == null ? "default" : "parent");
                }
            }
            return new Inputs.Resolved(new RunEvent.InputsResolved(values, from));
        }

        @Override
        public RunEvent.RunStarted started(Plan of) {
            return new RunEvent.RunStarted(
                    of.runbook().name(),
                    new RunEvent.FileDigest(of.runbook().source().name(), ""),
                    List.of(),
                    "",
                    mode.word,
                    ACTOR,
                    ACTOR,
                    "",
                    null,
                    "",
                    null,
                    projectRoot.toString(),
                    projectRoot.toString(),
                    "1970-01-01T00:00:00Z",
                    "1970-01-01T04:00:00Z",
                    List.of());
        }
    }

    private static final class StoppedClock implements Clock {
        @Override
        public long epochMicros() {
            return 0;
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

    private static final class FixedIds implements Ids {
        @Override
        public String span(String run, String step, int attempt) {
            return "0000000000000000";
        }

        @Override
        public String token(String run, String step) {
            return "token-" + step;
        }
    }
}

package dev.gert.scenario;

import dev.gert.engine.Decider;
import dev.gert.engine.RunState;
import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.Ids;
import dev.gert.engine.port.Operator;
import dev.gert.engine.port.Programs;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.runtime.Gateway;
import dev.gert.runtime.Runner;
import dev.gert.runtime.StopSignal;
import java.nio.file.Path;
import java.util.List;

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

    /** The run's records from {@code run_started} on. */
    List<Envelope> run(Mode mode, RehearsalInputs inputs, Dispatcher dispatcher, Approver approver) {
        MemoryJournal journal = new MemoryJournal();
        Clock clock = new StoppedClock();
        Ids ids = new FixedIds();
        Programs programs = name -> new Programs.Found.NotSought();
        Operator operator = task -> new Operator.Answer.Done();
        Runner runner = new Runner(
                new Decider(plan, inputs.redactor(), ids::token, mode == Mode.UNIT),
                new RunState(plan),
                new Gateway(plan.policy(), inputs.redactor(), programs, dispatcher, projectRoot, clock, ids, RUN),
                approver,
                operator,
                journal,
                inputs.redactor(),
                ids,
                RUN,
                new StopSignal(),
                List.of());
        runner.run(List.of(started(mode), new RunEvent.InputsResolved(inputs.values(), inputs.from())));
        return journal.records();
    }

    private RunEvent started(Mode mode) {
        return new RunEvent.RunStarted(
                plan.runbook().name(),
                new RunEvent.FileDigest(plan.runbook().source().name(), ""),
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
                projectRoot.toString());
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

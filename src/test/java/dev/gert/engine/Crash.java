package dev.gert.engine;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.RunEnd;
import java.util.List;
import java.util.Map;

/** A process that dies before a record, and the ones that go on. */
final class Crash {
    private Crash() {}

    static void at(EngineFixture run, int point) {
        run.dieBefore = point;
        try {
            run.start();
            throw new AssertionError("did not die before record " + point + ": " + run.story());
        } catch (EngineFixture.Died expected) {
            run.dieBefore = -1;
            run.freshProcess();
            run.reread();
        }
    }

    /** Resumes until the run is over or waits for a person; what is in doubt is said not to have run. */
    static RunEnd goOn(EngineFixture run) {
        RunEnd end = run.resume();
        while (end instanceof RunEnd.InDoubt) {
            decide(run, "did_not_run");
            run.freshProcess();
            run.reread();
            end = run.resume();
        }
        return end;
    }

    /** Settles every step that is in doubt. */
    static void decide(EngineFixture run, String verdict) {
        for (Map.Entry<String, RunState> each : run.tree().runs().entrySet()) {
            for (EngineEffect.Place place : each.getValue().open()) {
                String address = place.address();
                if (each.getValue().phase(address) == StepPhase.IN_DOUBT) {
                    run.records.add(new Envelope(
                            run.records.size(),
                            "1970-01-01T00:00:00Z",
                            each.getKey(),
                            null,
                            new RunEvent.StepDecided(address, each.getValue().attempt(address), verdict, "ann", null)));
                }
            }
        }
    }

    /** What the decider would do next. */
    static List<EngineEffect> next(RunState state) {
        return new Decider(state.plan(), () -> state.plan().policy().redactor(), new DerivedIds()::token, false)
                .decide(state, Session.idle());
    }
}

package dev.gert.cli;

import dev.gert.event.RunEvent;
import dev.gert.policy.Captured;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code gert resume}: goes on where a run stopped (cli.md). */
final class ResumeCommand implements Command {
    @Override
    public String name() {
        return "resume";
    }

    @Override
    public String summary() {
        return "goes on where a run stopped";
    }

    @Override
    public String example() {
        return "gert resume latest";
    }

    @Override
    public void declare(Options options) {
        options.positional("RUN", "a run's id, the beginning of one, `latest`, or a folder")
                .texts("--policy", "FILE", "the policy files that the run was started with")
                .text("--reports", "DIR", "the folder that runs are written under (default: reports)");
        options.text("--record", "DIR", "a new folder: the whole run is written there as a scenario when it is over");
        options.flag("--accept-changes", "goes on with changed files, if what was done is the same in them");
        RunCommand.sessionOptions(options);
    }

    @Override
    public int call(Arguments arguments, Io io) {
        SystemClock clock = new SystemClock();
        RunRecording record = RunRecording.of(arguments, io);
        SigningKey key = SigningKey.of(arguments, io);
        EvidencePush keeps = EvidencePush.of(arguments, Project.of(io.cwd()).file());
        OpenRun.Asked asked = new OpenRun.Asked(
                arguments.flag("--accept-changes"), null, "resume " + ShellWord.of(arguments.positional(0)));
        OpenRun.Result result = OpenRun.open(arguments, io, clock, asked);
        if (result instanceof OpenRun.Result.Refused refused) {
            return refused.exitCode();
        }
        OpenRun open = ((OpenRun.Result.Opened) result).run();
        RunEvent.RunCompleted completed = open.tree().completed();
        boolean toSeal = completed != null && key != null && !open.isSealed();
        if (completed != null && !toSeal) {
            io.err("run " + open.run() + " is over: " + completed.outcome());
            return completed.exitCode();
        }
        List<RunEvent> accepted = open.changed().isEmpty()
                ? List.of()
                : List.of(new RunEvent.ChangesAccepted(Wiring.osUser(), open.changed()));
        return goOn(open, accepted, record, key, keeps, arguments, io, clock);
    }

    /** A session of the run, which is over where only its seal is wanted; {@code first}: what is recorded once it has begun. */
    static int goOn(
            OpenRun open,
            List<RunEvent> first,
            @Nullable RunRecording record,
            @Nullable SigningKey key,
            @Nullable EvidencePush keeps,
            Arguments arguments,
            Io io,
            SystemClock clock) {
        String owner = HandoverCommand.to(open.records());
        if (!owner.isEmpty() && !owner.equals(Wiring.osUser())) {
            io.warning(
                    "the run was handed over to " + io.safe(owner) + ", and you are " + Wiring.osUser(),
                    "`gert handover` passes it on");
        }
        Wiring wiring = new Wiring(
                io,
                arguments,
                open.plan().policy().redactor(),
                Project.of(Path.of(open.started().cwd())));
        wiring.redaction(open.plan());
        wiring.openPageIfWanted();
        RunInputs inputs = new RunInputs(wiring, arguments, open.plan());
        boolean over = open.tree().completed() != null;
        Map<String, Captured> secrets =
                over ? Map.of() : inputs.again(open.tree().root().values());
        if (secrets == null) {
            return inputs.exitCode();
        }
        List<RunEvent> opening = new ArrayList<>();
        opening.add(new RunEvent.RunResumed(Wiring.osUser(), Wiring.host(), open.cutBytes(), wiring.traceparent()));
        opening.addAll(first);
        if (open.narrowed()) {
            String said = "the policy was changed since the run began: what both allow is allowed";
            opening.add(new RunEvent.Warning(wiring.redaction().get().safe(said), null));
        }
        if (over) {
            opening.clear();
        }
        return new RunSession(
                        wiring,
                        open.plan(),
                        open.journal(),
                        open.run(),
                        open.folder(),
                        open.records(),
                        List.of(),
                        !arguments.flag("--non-interactive"),
                        clock)
                .supplied(secrets)
                .tree(open.tree())
                .recorded(record)
                .sealed(key)
                .kept(keeps)
                .go(opening);
    }
}

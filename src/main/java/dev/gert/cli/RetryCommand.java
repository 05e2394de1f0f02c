package dev.gert.cli;

import dev.gert.engine.RunState;
import dev.gert.engine.RunTree;
import dev.gert.event.RunEvent;
import dev.gert.plan.PlanStep;
import dev.gert.policy.SafeText;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.Project;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code gert retry}: a step that a run ended because of is made again, and the run goes on (cli.md). */
final class RetryCommand implements Command {
    @Override
    public String name() {
        return "retry";
    }

    @Override
    public String summary() {
        return "makes a failed step again, with a new approval, and goes on from there";
    }

    @Override
    public String example() {
        return "gert retry latest restart --reason 'the disk has room again'";
    }

    @Override
    public void declare(Options options) {
        options.positional("RUN", "a run's id, the beginning of one, `latest`, or a folder")
                .positional("STEP", "the step's id or address")
                .text("--reason", "TEXT", "why, for the record")
                .flag("--accept-changes", "goes on with changed files, if what else was done is the same in them")
                .texts("--policy", "FILE", "the policy files that the run was started with")
                .text("--reports", "DIR", "the folder that runs are written under (default: reports)");
        RunCommand.sessionOptions(options);
    }

    @Override
    public int call(Arguments arguments, Io io) {
        SystemClock clock = new SystemClock();
        String named = arguments.positional(1);
        SigningKey key = SigningKey.of(arguments, io);
        EvidencePush keeps = EvidencePush.of(arguments, Project.of(io.cwd()).file());
        OpenRun.Asked asked = new OpenRun.Asked(
                arguments.flag("--accept-changes"),
                named,
                "retry " + ShellWord.of(arguments.positional(0)) + " " + ShellWord.of(named));
        OpenRun.Result result = OpenRun.open(arguments, io, clock, asked);
        if (result instanceof OpenRun.Result.Refused refused) {
            return refused.exitCode();
        }
        OpenRun open = ((OpenRun.Result.Opened) result).run();
        RunTree.Doubtful step = open.tree().failed(named);
        String problem = problem(open, step, named, arguments);
        if (step == null || problem != null) {
            io.error(String.valueOf(problem), null);
            close(open);
            return Cli.NEGATIVE;
        }
        String reason = arguments.text("--reason");
        SafeText why = reason == null ? null : open.plan().policy().redactor().safe(reason);
        String address = step.place().address();
        open.record(step.run(), new RunEvent.StepRetried(address, step.state().attempt(address), Wiring.osUser(), why));
        if (!open.changed().isEmpty()) {
            open.record(open.run(), new RunEvent.ChangesAccepted(Wiring.osUser(), open.changed()));
        }
        return ResumeCommand.goOn(open, List.of(), null, key, keeps, arguments, io, clock);
    }

    private static @Nullable String problem(
            OpenRun open, RunTree.@Nullable Doubtful step, String named, Arguments arguments) {
        if (open.tree().completed() == null) {
            return "run " + open.run() + " is not over: " + Wiring.command(arguments, "resume " + open.run())
                    + " goes on with it";
        }
        if (step != null) {
            String obstacle = open.tree().obstacle(step);
            return obstacle == null
                    ? null
                    : "`" + step.place().node().step().id() + "` can't be made again: " + obstacle;
        }
        List<String> phases = new ArrayList<>();
        for (RunState state : open.tree().runs().values()) {
            PlanStep node = state.plan().byId(named);
            node = node == null ? state.plan().step(named) : node;
            if (node != null) {
                phases.add(state.phase(node.address())
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' '));
            }
        }
        if (phases.isEmpty()) {
            throw new UsageException("the runbook has no step `" + named + "`", null);
        }
        return "the run did not end because of `" + named + "`: it is " + String.join(", ", phases);
    }

    private static void close(OpenRun open) {
        try {
            open.journal().close();
        } catch (IOException e) {
            // nothing was written
        }
    }
}

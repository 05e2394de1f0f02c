package dev.gert.cli;

import dev.gert.engine.Decider;
import dev.gert.engine.EngineEffect;
import dev.gert.engine.RunState;
import dev.gert.engine.RunTree;
import dev.gert.engine.Session;
import dev.gert.engine.StepPhase;
import dev.gert.event.RunEvent;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Redactor;
import dev.gert.policy.SafeText;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.SystemClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code gert decide}: a person settles a step in doubt (cli.md). */
final class DecideCommand implements Command {
    @Override
    public String name() {
        return "decide";
    }

    @Override
    public String summary() {
        return "settles a step that may or may not have run";
    }

    @Override
    public String example() {
        return "gert decide latest restart --did-run --reason 'the service is up again'";
    }

    @Override
    public void declare(Options options) {
        options.positional("RUN", "a run's id, the beginning of one, `latest`, or a folder")
                .positional("STEP", "the step's id or address")
                .flag("--did-run", "it had its effect: the run goes on after it")
                .flag("--did-not-run", "it had none: it is made again, and policy is asked again")
                .flag("--abort", "the run ends with an error")
                .text("--reason", "TEXT", "why you say so, for the record")
                .texts("--policy", "FILE", "the policy files that the run was started with")
                .text("--reports", "DIR", "the folder that runs are written under (default: reports)");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        String verdict = verdict(arguments);
        OpenRun.Asked asked = new OpenRun.Asked(false, null, "resume " + ShellWord.of(arguments.positional(0)));
        OpenRun.Result result = OpenRun.open(arguments, io, new SystemClock(), asked);
        if (result instanceof OpenRun.Result.Refused refused) {
            return refused.exitCode();
        }
        OpenRun open = ((OpenRun.Result.Opened) result).run();
        RunTree tree = open.tree();
        String named = arguments.positional(1);
        RunTree.Doubtful step = step(tree, named);
        if (step == null) {
            return notInDoubt(tree, named, io);
        }
        RunState state = step.state();
        String address = step.place().address();
        StepPhase phase = state.phase(address);
        Redactor redactor = open.plan().policy().redactor();
        String reason = arguments.text("--reason");
        SafeText why = reason == null ? null : redactor.safe(reason);
        List<RunEvent> events = new ArrayList<>();
        int attempt = state.attempt(address);
        if (phase != StepPhase.IN_DOUBT) {
            events.add(new RunEvent.StepInDoubt(address, attempt, state.pid(address)));
        }
        events.add(new RunEvent.StepDecided(address, attempt, verdict, Wiring.osUser(), why));
        open.recordCut();
        for (RunEvent event : events) {
            open.record(step.run(), event);
        }
        if (verdict.equals("abort")) {
            end(open);
        }
        DerivedFiles files = new DerivedFiles();
        open.records().forEach(files::recorded);
        files.write(open.folder(), open.journal().head(), io);
        try {
            open.journal().close();
        } catch (IOException e) {
            io.error("the decision may not be on disk: " + e.getMessage(), null);
            return 6;
        }
        io.err("recorded: " + io.safe(named) + " " + verdict.replace('_', ' ') + ", says " + Wiring.osUser());
        io.err(
                tree.completed() != null
                        ? "the run is over"
                        : "go on with: " + Wiring.command(arguments, "resume " + open.run()));
        return Cli.OK;
    }

    private static String verdict(Arguments arguments) {
        @Nullable String verdict = null;
        for (String flag : new String[] {"--did-run", "--did-not-run", "--abort"}) {
            if (arguments.flag(flag)) {
                if (verdict != null) {
                    throw new UsageException("only one of `--did-run`, `--did-not-run`, `--abort` can be true", null);
                }
                verdict = flag.substring(2).replace('-', '_');
            }
        }
        if (verdict == null) {
            throw new UsageException("say what happened: `--did-run`, `--did-not-run` or `--abort`", null);
        }
        return verdict;
    }

    /** The step that may have had its effect and that the word names, by id or address; or null. */
    private static RunTree.@Nullable Doubtful step(RunTree tree, String named) {
        for (Map.Entry<String, RunState> each : tree.runs().entrySet()) {
            RunState state = each.getValue();
            for (EngineEffect.Place place : state.open()) {
                boolean meant = place.address().equals(named)
                        || place.node().step().id().equals(named);
                if (meant && state.maybeHadItsEffect(place.address())) {
                    return new RunTree.Doubtful(each.getKey(), state, place);
                }
            }
        }
        return null;
    }

    private static int notInDoubt(RunTree tree, String named, Io io) {
        for (RunState state : tree.runs().values()) {
            PlanStep node = state.plan().byId(named);
            node = node == null ? state.plan().step(named) : node;
            if (node != null) {
                StepPhase phase = state.phase(node.address());
                io.error(
                        "`" + named + "` is not in doubt: it is " + phase.name().toLowerCase(Locale.ROOT), null);
                return Cli.NEGATIVE;
            }
        }
        throw new UsageException("the runbook has no step `" + named + "`", null);
    }

    /** The run's last record, unless something is left to be cleaned up: then `gert resume` goes on with that. */
    private static void end(OpenRun open) {
        RunState root = open.tree().root();
        Redactor redactor = open.plan().policy().redactor();
        Decider decider = new Decider(open.plan(), () -> redactor, new DerivedIds()::token, false);
        List<EngineEffect> effects = decider.decide(root, Session.idle());
        if (effects.size() == 1
                && effects.get(0) instanceof EngineEffect.Append record
                && record.events().get(0) instanceof RunEvent.RunCompleted) {
            open.record(open.run(), record.events().get(0));
        }
    }
}

package dev.gert.cli;

import dev.gert.engine.Decider;
import dev.gert.engine.EngineEffect;
import dev.gert.engine.RunState;
import dev.gert.engine.StepPhase;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.plan.PlanNode;
import dev.gert.policy.Redactor;
import dev.gert.policy.SafeText;
import dev.gert.projection.Evidence;
import dev.gert.render.EvidenceJson;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.SystemClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        OpenRun.Result result = OpenRun.open(arguments, io, new SystemClock());
        if (result instanceof OpenRun.Result.Refused refused) {
            return refused.exitCode();
        }
        OpenRun open = ((OpenRun.Result.Opened) result).run();
        RunState state = open.state(io);
        if (state == null) {
            return RunCommand.REFUSED;
        }
        String named = arguments.positional(1);
        PlanNode node = open.node(named);
        if (node == null) {
            throw new UsageException("the runbook has no step `" + named + "`", null);
        }
        StepPhase phase = state.phase(node);
        if (!state.maybeHadItsEffect(node)) {
            io.error("`" + named + "` is not in doubt: it is " + phase.name().toLowerCase(Locale.ROOT), null);
            return Cli.NEGATIVE;
        }
        Redactor redactor = open.plan().policy().redactor();
        String reason = arguments.text("--reason");
        SafeText why = reason == null ? null : redactor.safe(reason);
        List<RunEvent> events = new ArrayList<>();
        int attempt = state.attempt(node);
        if (phase != StepPhase.IN_DOUBT) {
            events.add(new RunEvent.StepInDoubt(node.address(), attempt, state.pid(node)));
        }
        events.add(new RunEvent.StepDecided(node.address(), attempt, verdict, Wiring.osUser(), why));
        DerivedIds ids = new DerivedIds();
        Evidence evidence = new Evidence();
        open.records().forEach(evidence::add);
        for (RunEvent event : events) {
            append(open, ids, state, evidence, event);
        }
        if (verdict.equals("abort")) {
            end(open, ids, state, evidence, redactor);
        }
        try {
            EvidenceFile.replace(
                    open.folder().resolve("evidence.json"),
                    EvidenceJson.render(evidence, open.journal().head()));
        } catch (IOException e) {
            io.warning("evidence.json could not be written: " + e.getMessage(), null);
        }
        try {
            open.journal().close();
        } catch (IOException e) {
            io.error("the decision may not be on disk: " + e.getMessage(), null);
            return 6;
        }
        io.err("recorded: " + io.safe(named) + " " + verdict.replace('_', ' ') + ", says " + Wiring.osUser());
        io.err(
                verdict.equals("abort")
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

    private static void end(OpenRun open, DerivedIds ids, RunState state, Evidence evidence, Redactor redactor) {
        for (EngineEffect effect : new Decider(open.plan(), redactor, ids::token, false).decide(state)) {
            if (effect instanceof EngineEffect.Append record) {
                for (RunEvent event : record.events()) {
                    append(open, ids, state, evidence, event);
                }
            }
        }
    }

    private static void append(OpenRun open, DerivedIds ids, RunState state, Evidence evidence, RunEvent event) {
        String step = event.step();
        String span = step == null ? null : ids.span(open.run(), step, event.attempt());
        Envelope envelope = open.journal().append(open.run(), span, event);
        state.evolve(envelope);
        evidence.add(envelope);
    }
}

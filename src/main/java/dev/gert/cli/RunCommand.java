package dev.gert.cli;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.event.RunEvent;
import dev.gert.expr.NameUse;
import dev.gert.journal.FileJournal;
import dev.gert.journal.RunFolders;
import dev.gert.plan.BuiltIns;
import dev.gert.plan.NodeNames;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.projection.RunPlan;
import dev.gert.projection.RunPlanMaker;
import dev.gert.render.PlanText;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.ProjectRoot;
import dev.gert.scenario.RunbookLoader;
import dev.gert.scenario.TextFiles;
import dev.gert.source.Sha256;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code gert run}: executes a runbook (cli.md). */
final class RunCommand implements Command {
    static final int REFUSED = 3;
    static final int PENDING = 8;

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "executes a runbook";
    }

    @Override
    public String example() {
        return "gert run runbooks/host-triage.runbook.yaml";
    }

    @Override
    public void declare(Options options) {
        options.positional("RUNBOOK", "the runbook's file")
                .texts("--var", "NAME=VALUE", "the value of a var or input; may be repeated")
                .text("--vars", "FILE", "a YAML map of such values")
                .texts("--policy", "FILE", "a policy file that narrows further; may be repeated")
                .choice(
                        "--mode",
                        "`dry-run` executes nothing, and says what a run would do; `replay` shows a scenario",
                        "real",
                        "dry-run",
                        "replay")
                .flag("--dry-run-reads", "a dry-run that executes the steps that are believed to read only")
                .text("--scenario", "DIR|NAME", "the scenario that `--mode replay` shows")
                .text("--as", "ACTOR", "who the run's actor is (default: the OS user)")
                .text("--incident", "ID", "the incident that the run belongs to")
                .text(
                        "--incident-time",
                        "TIME",
                        "when it happened, such as 2026-11-23T10:15:00Z: `query_end_time` (default: now)")
                .text("--window", "DURATION", "how long before that `query_start_time` is (default: 4h)")
                .text("--reports", "DIR", "the folder that runs are written under (default: reports)")
                .text("--from", "STEP", "the run begins with this step; what stands before it is left out")
                .texts("--skip", "STEP", "the step is left out; may be repeated")
                .text("--reason", "TEXT", "why steps are left out, for the record")
                .text("--record", "DIR", "a new folder: the run is written there as a scenario when it is over")
                .text("--fail-on", "STATES", "outcomes, separated by commas, that end with exit code 1");
        sessionOptions(options);
    }

    static void sessionOptions(Options options) {
        options.text("--answers", "FILE", "inputs, and what manual steps ask people for")
                .text(
                        "--sign",
                        "KEY",
                        "seal the run when it is over, with this SSH key (its file, or the .pub of one in an agent)")
                .flag("--ui", "a page on 127.0.0.1 shows the run and asks what the terminal asks")
                .flag("--non-interactive", "nobody is asked; what needs a person ends with exit code 8");
        EvidencePush.declare(options);
        options.choice("--output", "lines to read, or one event a line as JSON on stdout", "text", "json");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        Path file = Arguments.path(arguments.positional(0));
        String mode = mode(arguments);
        RunRecording record = RunRecording.of(arguments, io);
        SigningKey key = SigningKey.of(arguments, io);
        List<String> failOn = FailOn.states(arguments.text("--fail-on"));
        SystemClock clock = new SystemClock();
        JarDigest jar = JarDigest.begin();
        Diagnostics diagnostics = new Diagnostics();
        List<Path> policies = arguments.files("--policy");
        Path root = ProjectRoot.find(io.cwd());
        RunbookLoader loader = new RunbookLoader(io.cwd(), policies);
        Plan plan = loader.load(file, diagnostics);
        Wiring.print(diagnostics, io);
        if (plan == null) {
            io.err("nothing was executed");
            return Wiring.onlyMissingFiles(diagnostics) ? Cli.USAGE : REFUSED;
        }
        String lacks = plan.lacking();
        if (lacks != null && !mode.equals("replay")) {
            io.error(lacks, "nothing was executed");
            return REFUSED;
        }
        QueryTimes times = QueryTimes.of(arguments, clock.epochMicros());
        EvidencePush keeps = EvidencePush.of(arguments, loader.project().file());
        Wiring wiring = new Wiring(io, arguments, plan.policy().redactor(), loader.project());
        wiring.redaction(plan);
        LeftOut left =
                LeftOut.of(arguments, plan, Wiring.osUser(), wiring.redaction().get());
        if (mode.equals("dry-run")) {
            return new DryRun(wiring, arguments, plan, clock, left)
                    .go(started(arguments, plan, wiring, root, file, "dry-run", jar.hex(), times, linked(loader)));
        }
        String scenario = arguments.text("--scenario");
        if (scenario != null) {
            boolean timed = arguments.text("--incident-time") != null || arguments.text("--window") != null;
            RunEvent.RunStarted first = started(
                    arguments,
                    plan,
                    wiring,
                    root,
                    file,
                    "replay",
                    jar.hex(),
                    timed ? times : Replay.TIMES,
                    linked(loader));
            return new Replay(wiring, plan, clock).go(file, scenario, first, failOn);
        }
        wiring.openPageIfWanted();
        RunInputs inputs = new RunInputs(wiring, arguments, plan).leaving(left);
        RunEvent.InputsResolved resolved = inputs.resolve();
        if (resolved == null) {
            return inputs.exitCode();
        }
        if (arguments.text("--incident") == null && readsIncident(plan)) {
            io.warning("the runbook reads the incident's id, and there is none", "`--incident ID` gives it");
        }
        RunFolders folders = new RunFolders(Wiring.reports(arguments, io, loader.project()));
        List<RunEvent.FileDigest> linked = linked(loader);
        linked.addAll(inputs.programs());
        List<RunEvent> opening = new ArrayList<>();
        opening.add(started(arguments, plan, wiring, root, file, "real", jar.hex(), times, linked));
        if (left.said() != null) {
            opening.add(left.said());
        }
        opening.add(resolved);
        opening.addAll(SameIncident.warn(folders, (RunEvent.RunStarted) opening.get(0), wiring));
        String run = RunFolders.newId(clock.epochMicros());
        FileJournal journal;
        try {
            journal = FileJournal.create(folders.folder(run), clock);
            new PinnedFiles(folders.folder(run)).keep(plan, loader.others());
        } catch (IOException e) {
            io.error(
                    "the run's folder can't be made: " + TextFiles.reason(e),
                    "nothing was executed; `--reports DIR` names another folder");
            return 6;
        }
        RunSession session = new RunSession(
                        wiring,
                        plan,
                        journal,
                        run,
                        folders.folder(run),
                        List.of(),
                        failOn,
                        !arguments.flag("--non-interactive"),
                        clock)
                .recorded(record)
                .sealed(key)
                .kept(keeps);
        if (!arguments.quiet()) {
            session.ahead(inShort(plan, resolved));
        }
        return session.go(opening);
    }

    /** What the run may need, and what of it nobody can give, before anything is executed. */
    private static List<String> inShort(Plan plan, RunEvent.InputsResolved inputs) {
        RunPlan ahead = RunPlanMaker.of(plan, RunInputs.known(inputs), inputs.from());
        List<String> lines = new ArrayList<>();
        lines.add("plan     " + PlanText.inShort(ahead));
        for (String impossible : PlanText.impossible(ahead)) {
            lines.add("blocked  " + impossible);
        }
        return lines;
    }

    private static String mode(Arguments arguments) {
        String mode = arguments.choice("--mode");
        Replay.check(arguments, mode);
        if (arguments.flag("--dry-run-reads") && !mode.equals("dry-run")) {
            throw new UsageException("`--dry-run-reads` belongs to `--mode dry-run`", null);
        }
        boolean leaves =
                arguments.text("--from") != null || !arguments.texts("--skip").isEmpty();
        if (leaves && mode.equals("replay")) {
            throw new UsageException("a replay shows what was recorded, and leaves nothing out", null);
        }
        if (arguments.text("--record") != null && !mode.equals("real")) {
            throw new UsageException("`--record` belongs to `--mode real`", "what did not happen can't be recorded");
        }
        if (arguments.flag("--ui") && (!mode.equals("real") || arguments.flag("--non-interactive"))) {
            throw new UsageException("`--ui` belongs to `--mode real`, where somebody may be asked", null);
        }
        if (arguments.text("--sign") != null && !mode.equals("real")) {
            throw new UsageException("`--sign` belongs to `--mode real`", "only a real run leaves records to seal");
        }
        if (arguments.text("--evidence") != null && !mode.equals("real")) {
            throw new UsageException("`--evidence` belongs to `--mode real`", "only a real run leaves evidence");
        }
        return mode;
    }

    /** The files that the runbook leads to, as they are now: a resumed run goes on with the same. */
    static List<RunEvent.FileDigest> linked(RunbookLoader loader) {
        List<RunEvent.FileDigest> linked = new ArrayList<>();
        for (Source source : loader.others()) {
            linked.add(new RunEvent.FileDigest(source.name(), source.sha256()));
        }
        return linked;
    }

    private static boolean readsIncident(Plan plan) {
        for (PlanStep node : plan.steps()) {
            for (NameUse use : NodeNames.of(node)) {
                boolean incident =
                        use.name().equals(BuiltIns.INCIDENT_ID) || use.name().equals(BuiltIns.ICM_ID);
                if (incident && !plan.names().contains(use.name())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static RunEvent.RunStarted started(
            Arguments arguments,
            Plan plan,
            Wiring wiring,
            Path root,
            Path file,
            String mode,
            @Nullable String jar,
            QueryTimes times,
            List<RunEvent.FileDigest> linked) {
        String incident = arguments.text("--incident");
        String actor = arguments.text("--as");
        return new RunEvent.RunStarted(
                plan.runbook().name(),
                new RunEvent.FileDigest(file.toString(), plan.runbook().source().sha256()),
                SessionParts.layers(plan),
                Sha256.hex(plan.policy().canonical()),
                mode,
                actor == null ? Wiring.osUser() : actor,
                Wiring.osUser(),
                Wiring.host(),
                incident == null ? null : wiring.redaction().get().safe(incident),
                Version.current(),
                jar,
                root.toString(),
                wiring.io().cwd().toString(),
                times.start(),
                times.end(),
                linked,
                SessionParts.roster(plan),
                wiring.traceparent(),
                Pipeline.of(wiring.io()::env, wiring.redaction().get()));
    }
}

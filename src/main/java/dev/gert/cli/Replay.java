package dev.gert.cli;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Severity;
import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.projection.TestFinding;
import dev.gert.render.TestText;
import dev.gert.runtime.RunEnd;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.ScenarioReplay;
import java.nio.file.Path;
import java.util.List;

/** {@code gert run --mode replay}: what a scenario recorded, shown as a run is. Nothing is written: evidence is of real runs. */
final class Replay {
    /** The time of a replay is that of a test, unless a flag says when the incident was. */
    static final QueryTimes TIMES = new QueryTimes("1970-01-01T00:00:00Z", "1970-01-01T04:00:00Z");

    private static final List<String> ANSWERED = List.of("--vars", "--answers");

    private final Wiring wiring;
    private final Plan plan;
    private final SystemClock clock;

    Replay(Wiring wiring, Plan plan, SystemClock clock) {
        this.wiring = wiring;
        this.plan = plan;
        this.clock = clock;
    }

    /** What does not go together. */
    static void check(Arguments arguments, String mode) {
        boolean replay = mode.equals("replay");
        boolean scenario = arguments.text("--scenario") != null;
        if (replay && !scenario) {
            throw new UsageException(
                    "`--mode replay` needs `--scenario`", "`--scenario DIR` or the name of one of the runbook's");
        }
        if (scenario && !replay) {
            throw new UsageException("`--scenario` belongs to `--mode replay`", null);
        }
        if (replay && !arguments.texts("--var").isEmpty()) {
            throw answered("--var");
        }
        for (String option : ANSWERED) {
            if (replay && arguments.text(option) != null) {
                throw answered(option);
            }
        }
    }

    private static UsageException answered(String option) {
        return new UsageException(
                "`" + option + "` does not go with `--mode replay`",
                "the scenario has the answers: values are in its inputs.yaml");
    }

    /** {@code file}: the runbook's. Gives the exit code. */
    int go(Path file, String scenario, RunEvent.RunStarted first, List<String> failOn) {
        Io io = wiring.io();
        ScenarioReplay.Opened opened = ScenarioReplay.open(io.cwd(), plan, file, scenario);
        Diagnostics problems = new Diagnostics();
        opened.diagnostics().forEach(problems::add);
        ScenarioReplay replay = opened.replay();
        add(opened.problems(), replay == null ? Severity.ERROR : Severity.WARNING, problems);
        Wiring.print(problems, io);
        if (replay == null) {
            io.err("nothing was executed");
            return Cli.USAGE;
        }
        RunView view = wiring.view(io.cwd(), plan, clock);
        ScenarioReplay.Came came = replay.run(first, List.of(view));
        view.close();
        Diagnostics findings = new Diagnostics();
        add(came.missed(), Severity.ERROR, findings);
        add(came.unused(), Severity.WARNING, findings);
        Wiring.print(findings, io);
        RunEnd end = came.end();
        boolean unwanted = end instanceof RunEnd.Completed completed && failOn.contains(completed.outcome());
        return unwanted && end.exitCode() == Cli.OK ? Cli.NEGATIVE : end.exitCode();
    }

    private static void add(List<TestFinding> from, Severity severity, Diagnostics to) {
        for (TestFinding finding : from) {
            to.add(TestText.diagnostic(finding, severity));
        }
    }
}

package dev.gert.cli;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.plan.Plan;
import dev.gert.projection.GraphCoverage;
import dev.gert.projection.GraphMaker;
import dev.gert.projection.RunbookCoverage;
import dev.gert.projection.RunbookGraph;
import dev.gert.render.DiagnosticText;
import dev.gert.render.GraphJson;
import dev.gert.render.GraphMermaid;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.CoverageRun;
import dev.gert.scenario.RunbookLoader;
import java.util.List;

/** {@code gert graph}: a runbook's tree as a Mermaid flowchart (cli.md). */
final class GraphCommand implements Command {
    @Override
    public String name() {
        return "graph";
    }

    @Override
    public String summary() {
        return "draws a runbook as a Mermaid flowchart";
    }

    @Override
    public String example() {
        return "gert graph runbooks/host-triage.runbook.yaml";
    }

    @Override
    public void declare(Options options) {
        options.positional("RUNBOOK", "the runbook's file")
                .flag("--coverage", "colours it by what the runbook's scenarios reach")
                .texts("--policy", "FILE", "a policy file that narrows further; may be repeated")
                .choice("--format", "how the graph is written", "mermaid", "json");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        boolean json = arguments.choice("--format").equals("json");
        Diagnostics diagnostics = new Diagnostics();
        RunbookLoader loader = new RunbookLoader(io.cwd(), arguments.files("--policy")).deniedToo();
        Plan plan = loader.load(Arguments.path(arguments.positional(0)), diagnostics);
        if (plan == null) {
            Wiring.print(diagnostics, io);
            return Wiring.onlyMissingFiles(diagnostics) ? Cli.USAGE : Cli.NEGATIVE;
        }
        RunbookGraph graph = GraphMaker.of(plan);
        GraphCoverage coverage = null;
        int code = Cli.OK;
        if (arguments.flag("--coverage")) {
            CoverageRun.Answer answer = new CoverageRun(
                            io.cwd(), arguments.files("--policy"), new SystemClock(), CoverageRun.Options.none())
                    .run(List.of(arguments.positional(0)));
            complain(answer, io);
            code = answer.exitCode();
            if (answer.report().runbooks().isEmpty()) {
                return code;
            }
            coverage = GraphCoverage.of(answer.report().runbooks().get(0));
        }
        io.out().print(json ? GraphJson.render(graph, coverage) : GraphMermaid.render(graph, coverage));
        return io.verdict(code);
    }

    private static void complain(CoverageRun.Answer answer, Io io) {
        boolean unicode = io.facts().unicode();
        io.err().print(DiagnosticText.render(answer.diagnostics(), io.colourOnErr(), unicode));
        for (RunbookCoverage runbook : answer.report().runbooks()) {
            for (String failed : runbook.failed()) {
                io.error("the scenario `" + failed + "` failed and does not count", "`gert test` says why");
            }
        }
    }
}

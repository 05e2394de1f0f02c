package dev.gert.cli;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.plan.Plan;
import dev.gert.projection.GraphMaker;
import dev.gert.projection.RunbookGraph;
import dev.gert.render.GraphJson;
import dev.gert.render.GraphMermaid;
import dev.gert.scenario.RunbookLoader;

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
        io.out().print(json ? GraphJson.render(graph) : GraphMermaid.render(graph));
        return io.verdict(Cli.OK);
    }
}

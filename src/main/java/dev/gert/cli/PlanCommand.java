package dev.gert.cli;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.plan.Plan;
import dev.gert.projection.PlanTally;
import dev.gert.projection.RunPlan;
import dev.gert.projection.RunPlanMaker;
import dev.gert.provider.InputResolver;
import dev.gert.render.PlanJson;
import dev.gert.render.PlanText;
import dev.gert.scenario.RunbookLoader;
import dev.gert.scenario.TextFiles;
import dev.gert.source.Source;
import java.nio.file.Path;

/** {@code gert plan}: what a run may do and what policy says of it, before anything runs (cli.md). */
final class PlanCommand implements Command {
    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String summary() {
        return "shows what a run may do and what policy says of it, before anything runs";
    }

    @Override
    public String example() {
        return "gert plan runbooks/host-triage.runbook.yaml";
    }

    @Override
    public void declare(Options options) {
        options.positional("RUNBOOK", "the runbook's file")
                .texts("--var", "NAME=VALUE", "the value of a var or input; may be repeated")
                .text("--vars", "FILE", "a YAML map of such values")
                .texts("--policy", "FILE", "a policy file that narrows further; may be repeated")
                .choice("--format", "how the plan is written", "text", "json");
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
        Diagnostics wrong = new Diagnostics();
        Path file = arguments.file("--vars");
        Source given =
                file == null ? null : TextFiles.readAny(io.cwd().resolve(file).normalize(), file.toString(), wrong);
        InputResolver resolver = new InputResolver(plan.runbook(), io.env(), new Nobody("a plan asks nobody"), false);
        if (!wrong.hasErrors()
                && resolver.resolve(arguments.texts("--var"), given) instanceof InputResolver.Result.Wrong bad) {
            bad.findings().forEach(wrong::add);
        }
        if (wrong.hasErrors()) {
            Wiring.print(RunInputs.withoutFrames(wrong, plan), io);
            return Cli.USAGE;
        }
        RunPlan shown = RunPlanMaker.of(plan, resolver.known(), resolver.knownFrom());
        boolean unicode = io.facts().unicode();
        String text = json
                ? PlanJson.render(shown)
                : arguments.quiet()
                        ? PlanText.summary(shown) + "\n"
                        : PlanText.render(shown, arguments.verbose(), unicode);
        io.out().print(text);
        return io.verdict(new PlanTally(shown).denied() > 0 ? Cli.NEGATIVE : Cli.OK);
    }
}

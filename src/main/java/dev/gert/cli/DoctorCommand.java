package dev.gert.cli;

import dev.gert.projection.Checkup;
import dev.gert.render.CheckupText;
import dev.gert.scenario.Project;
import java.nio.file.Path;

/** {@code gert doctor}: what is used here, and what is wrong with it (cli.md). It starts no program. */
final class DoctorCommand implements Command {
    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String summary() {
        return "shows what gert uses here, and what is wrong with it";
    }

    @Override
    public String example() {
        return "gert doctor";
    }

    @Override
    public void declare(Options options) {
        options.texts("--policy", "FILE", "a policy file that narrows further; may be repeated")
                .text("--reports", "DIR", "where runs are written")
                .choice("--format", "how it is written", "text", "json");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        Checkup checkup = new Checkup();
        Project project = Project.of(io.cwd());
        new MachineChecks(checkup, io, project).add();
        new ProjectChecks(checkup, io, project, arguments.files("--policy")).add();
        Path named = arguments.file("--reports");
        Path reports =
                named == null ? project.reports() : io.cwd().resolve(named).normalize();
        new ReportsChecks(checkup, reports).add();
        io.out()
                .print(
                        arguments.choice("--format").equals("json")
                                ? CheckupText.json(checkup)
                                : arguments.quiet()
                                        ? CheckupText.summary(checkup) + "\n"
                                        : CheckupText.render(checkup, io.facts().unicode(), io.widthOfOut()));
        return io.verdict(checkup.count(Checkup.Level.ERROR) == 0 ? Cli.OK : Cli.NEGATIVE);
    }
}

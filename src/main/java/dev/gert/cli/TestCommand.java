package dev.gert.cli;

import dev.gert.render.TestJson;
import dev.gert.render.TestText;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.TestRun;

/** {@code gert test}: unit tests and scenarios (cli.md). */
final class TestCommand implements Command {
    @Override
    public String name() {
        return "test";
    }

    @Override
    public String summary() {
        return "runs unit tests and scenarios in memory";
    }

    @Override
    public String example() {
        return "gert test runbooks/host-triage.runbook.yaml";
    }

    @Override
    public void declare(Options options) {
        options.positionals("PATH", "a runbook, a test file, a folder to search, or a glob (default: this folder)", 0)
                .text("--scenario", "DIR|NAME", "only this scenario; a folder needs no PATH")
                .text("--filter", "TEXT", "only tests whose name holds this, or fits it where it is a glob")
                .texts("--policy", "FILE", "a policy file that narrows further; may be repeated")
                .flag("--fail-fast", "stops at the first test that does not pass")
                .flag("--strict", "warnings and unknown names are failures")
                .choice("--format", "how the results are written", "text", "json");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        boolean json = arguments.choice("--format").equals("json");
        TestRun.Options options = new TestRun.Options(
                arguments.text("--scenario"),
                arguments.text("--filter"),
                arguments.flag("--fail-fast"),
                arguments.flag("--strict"));
        TestRun.Answer answer = new TestRun(io.cwd(), arguments.files("--policy"), new SystemClock(), options)
                .run(arguments.positionals());
        if (json) {
            io.out().print(TestJson.render(answer.report(), answer.diagnostics()));
        } else if (!arguments.quiet() || answer.exitCode() != Cli.OK) {
            boolean unicode = io.facts().unicode();
            io.out()
                    .print(TestText.render(
                            answer.report(), answer.diagnostics(), io.colourOnOut(), unicode, io.widthOfOut()));
        }
        return io.verdict(answer.exitCode());
    }
}

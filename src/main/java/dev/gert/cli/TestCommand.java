package dev.gert.cli;

import dev.gert.render.TestJson;
import dev.gert.render.TestJunit;
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
                .text("--parallel", "N", "how many tests are run at a time; the output is the same (default: 1)")
                .text(
                        "--rebase-time",
                        "TIME",
                        "moves the times in recorded answers by the way from TIME, or from the input of that name,"
                                + " to now")
                .flag("--update", "rewrites what failing tests expect, shows the difference, and still fails")
                .choice("--format", "how the results are written", "text", "json", "junit");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        String format = arguments.choice("--format");
        TestRun.Options options = new TestRun.Options(
                arguments.text("--scenario"),
                arguments.text("--filter"),
                arguments.flag("--fail-fast"),
                arguments.flag("--strict"),
                parallel(arguments),
                arguments.text("--rebase-time"),
                arguments.flag("--update"));
        TestRun.Answer answer = new TestRun(io.cwd(), arguments.files("--policy"), new SystemClock(), options)
                .run(arguments.positionals());
        if (format.equals("junit")) {
            io.out().print(TestJunit.render(answer.report(), answer.diagnostics()));
        } else if (format.equals("json")) {
            io.out().print(TestJson.render(answer.report(), answer.diagnostics()));
        } else if (!arguments.quiet() || answer.exitCode() != Cli.OK) {
            boolean unicode = io.facts().unicode();
            io.out()
                    .print(TestText.render(
                            answer.report(), answer.diagnostics(), io.colourOnOut(), unicode, io.widthOfOut()));
        }
        return io.verdict(answer.exitCode());
    }

    private static int parallel(Arguments arguments) {
        String text = arguments.text("--parallel");
        if (text == null) {
            return 1;
        }
        boolean digits = !text.isEmpty() && text.length() <= 3;
        for (int i = 0; i < text.length(); i++) {
            digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        int number = digits ? Integer.parseInt(text) : 0;
        if (number < 1) {
            throw new UsageException(
                    "`" + arguments.source("--parallel") + "` can't be `" + text + "`", "a whole number from 1 to 999");
        }
        return number;
    }
}

package dev.gert.cli;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.render.CoverageHtml;
import dev.gert.render.CoverageJson;
import dev.gert.render.CoverageText;
import dev.gert.render.DiagnosticText;
import dev.gert.render.SuggestionText;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.CoverageFiles;
import dev.gert.scenario.CoverageRun;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** {@code gert coverage}: what scenarios reach of runbooks (cli.md). */
final class CoverageCommand implements Command {
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    @Override
    public String name() {
        return "coverage";
    }

    @Override
    public String summary() {
        return "counts the branches and outcomes that scenarios reach";
    }

    @Override
    public String example() {
        return "gert coverage runbooks --min-branch 100 --min-outcome 100";
    }

    @Override
    public void declare(Options options) {
        options.positionals("PATH", "a runbook, a folder to search, or a glob", 1)
                .text("--min-branch", "N", "the percentage of branches that every runbook must reach")
                .text("--min-outcome", "N", "the same of outcomes")
                .flag("--total", "both hold for the sum of all runbooks instead of each")
                .flag("--include-tests", "unit tests cover too, not scenarios alone")
                .text("--baseline", "FILE", "a coverage report of before (JSON): what changed is shown")
                .flag("--fail-on-decrease", "a percentage below the baseline's is a failure")
                .flag(
                        "--suggest",
                        "prints scenarios and unit tests that reach what is not covered, or what is in the way")
                .texts("--policy", "FILE", "a policy file that narrows further; may be repeated")
                .choice("--format", "how the figures are written", "text", "json", "html");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        String format = arguments.choice("--format");
        CoverageRun.Options options = new CoverageRun.Options(
                percentage("--min-branch", arguments),
                percentage("--min-outcome", arguments),
                arguments.flag("--total"),
                arguments.flag("--include-tests"),
                arguments.file("--baseline"),
                arguments.flag("--fail-on-decrease"),
                arguments.flag("--suggest"));
        if (options.failOnDecrease() && options.baseline() == null) {
            throw new UsageException(
                    "`--fail-on-decrease` has nothing to compare with", "`--baseline FILE` names a report of before");
        }
        CoverageRun.Answer answer = new CoverageRun(io.cwd(), arguments.files("--policy"), new SystemClock(), options)
                .run(arguments.positionals());
        Diagnostics unwritten = new Diagnostics();
        CoverageFiles.write(io.cwd(), arguments.file("--reports"), answer.report(), unwritten);
        boolean unicode = io.facts().unicode();
        io.err().print(DiagnosticText.render(unwritten.sorted(), io.colourOnErr(), unicode, io.widthOfErr()));
        if (format.equals("json")) {
            io.out().print(CoverageJson.render(answer.report(), answer.suggestions(), answer.diagnostics()));
        } else if (format.equals("html")) {
            io.out().print(CoverageHtml.render(answer.report(), answer.diagnostics()));
            io.err().print(DiagnosticText.render(answer.diagnostics(), io.colourOnErr(), unicode, io.widthOfErr()));
            io.err(CoverageText.summary(answer.report()));
        } else if (!arguments.quiet() || answer.exitCode() != Cli.OK) {
            io.out().print(SuggestionText.render(answer.suggestions(), io.colourOnOut(), unicode));
            io.out()
                    .print(CoverageText.render(
                            answer.report(),
                            answer.diagnostics(),
                            arguments.verbose(),
                            io.colourOnOut(),
                            unicode,
                            io.widthOfOut()));
        }
        return io.verdict(answer.exitCode());
    }

    private static @Nullable BigDecimal percentage(String option, Arguments arguments) {
        String written = arguments.text(option);
        if (written == null) {
            return null;
        }
        BigDecimal number = isPlain(written) ? new BigDecimal(written) : null;
        if (number == null || number.compareTo(ALL) > 0) {
            throw new UsageException(
                    "`" + arguments.source(option) + "` can't be `" + written + "`",
                    "a percentage from 0 to 100, such as `80` or `99.5`");
        }
        return number;
    }

    /** Digits, and more digits behind a point: what {@link BigDecimal} reads besides is not how people write them. */
    private static boolean isPlain(String written) {
        boolean point = false;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '.' && !point && i > 0 && i < written.length() - 1) {
                point = true;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return !written.isEmpty() && written.length() < 20;
    }
}

package dev.gert.cli;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Severity;
import dev.gert.diagnostic.Suggestions;
import dev.gert.projection.CoverageReport;
import dev.gert.projection.TestReport;
import dev.gert.render.CoverageJson;
import dev.gert.render.TestJson;
import dev.gert.render.TestJunit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What picocli found wrong with a command line, in the voice of the diagnostics. */
final class Misuse {
    private Misuse() {}

    static UsageException of(ParameterException e, CommandSpec spec, String command) {
        String see = see(command);
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched().get(0), spec, see);
        }
        if (e instanceof MissingParameterException missing) {
            ArgSpec argument = missing.getMissing().get(0);
            return new UsageException("`" + name(argument) + "` needs a value: " + argument.paramLabel(), see);
        }
        if (e instanceof OverwrittenOptionException overwritten) {
            return new UsageException("`" + name(overwritten.getOverwritten()) + "` is given more than once", null);
        }
        if (e instanceof MaxValuesExceededException) {
            String[] parts = String.valueOf(e.getMessage()).split("'", 3); // … option '--strict' should be …
            return new UsageException("`" + (parts.length > 1 ? parts[1] : "an option") + "` takes no value", see);
        }
        return new UsageException("the arguments can't be read: " + e.getMessage(), see);
    }

    private static UsageException unmatched(String word, CommandSpec spec, String see) {
        if (!word.startsWith("-") || word.equals("-")) {
            return new UsageException("`" + word + "` is one argument too many", see);
        }
        int equals = word.indexOf('=');
        String option = equals < 0 ? word : word.substring(0, equals);
        List<String> known = new ArrayList<>();
        for (OptionSpec declared : spec.options()) {
            known.add(declared.longestName());
        }
        String nearest = Suggestions.nearest(option, known);
        return new UsageException(
                "there is no option `" + option + "`", nearest == null ? see : "did you mean `" + nearest + "`?");
    }

    static String see(String command) {
        return "see `gert " + command + " --help`";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** The document of a command that could not begin, in the schema that it would have had; empty for text. */
    static String document(String command, String format, UsageException e) {
        String help = e.help();
        List<Diagnostic> findings = List.of(new Diagnostic(
                Code.E002, Severity.ERROR, e.problem(), null, List.of(), help == null || help.isEmpty() ? null : help));
        if (command.equals("validate")) {
            Findings none = new Findings(findings, List.of(), false, Cli.USAGE);
            String document = none.document(format);
            return document != null ? document : format.equals("github") ? none.lines(format, false, true, 0) : "";
        }
        if (command.equals("test") && format.equals("junit")) {
            return TestJunit.render(new TestReport(List.of(), 0, false), findings);
        }
        if (!format.equals("json")) {
            return "";
        }
        return switch (command) {
            case "test" -> TestJson.render(new TestReport(List.of(), 0, false), findings);
            default -> CoverageJson.render(new CoverageReport(List.of(), List.of(), 0), findings);
        };
    }
}
